using System.Globalization;
using System.Text.Json;
using IndustryBrain.Host.Texts;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.DataSets;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace IndustryBrain.Host.Pages.DataSets;

/// <summary>One data set: a page of its rows, columns, versions, and who may use it.</summary>
public sealed partial class DataSetPage
{
    private readonly HashSet<string> _roles = [];
    private List<EditedColumn> _columns = [];
    private string _description = "";

    /// <summary>Name of the data set.</summary>
    [Parameter] public string Name { get; set; } = "";

    /// <summary>The version that is shown; null for the newest.</summary>
    [SupplyParameterFromQuery] public string? Version { get; set; }

    /// <summary>Where the page of rows begins; null for the first one.</summary>
    [SupplyParameterFromQuery] public string? Cursor { get; set; }

    [Inject] private OrganizationDataSets Store { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc />
    protected override string Reads => Permission.ReadData;

    /// <inheritdoc />
    protected override object Key => (Name, Version, Cursor);

    private static IReadOnlyList<Crumb> Crumbs => [new(DataText.Data.ToString(), "/data")];

    internal static string AddressOf(string name) => $"/data/{Uri.EscapeDataString(name)}";

    /// <inheritdoc />
    protected override async Task<Result<DataSetData>> LoadAsync(CancellationToken ct)
    {
        IReadOnlyCollection<string> own = [.. await Accessor.ListAsync(ct)];
        return (await Store.GetAsync(Caller, own, Name, ct)).TryGet(out var set, out var failure) && (await Store.RowsAsync(Caller, own, Name, int.TryParse(Version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null, string.IsNullOrEmpty(Cursor) ? null : Cursor, ct)).TryGet(out var page, out failure)
            ? new DataSetData(set, page)
            : failure;
    }

    /// <inheritdoc />
    protected override void OnLoaded()
    {
        if (Data is null) return;
        _columns = [.. Data.Set.Columns.Select(c => new EditedColumn(c.Name) { Type = c.Type, IsRequired = c.IsRequired })];
        _description = Data.Set.Description;
        _roles.Clear();
        _roles.UnionWith(Data.Set.Roles);
    }

    private static string CellOf(JsonElement row, DataSetColumn column) => row.TryGetProperty(column.Name, out var cell) ? cell.ToString() : "";

    private async Task UploadAsync(InputFileChangeEventArgs e)
    {
        if (await ActAsync(Permission.ManageData, async () => (await ChosenFile.UploadAsync(Store, Caller, Name, e.File, false, Left)).Failure)) Navigation.NavigateTo(AddressOf(Name));
    }

    private async Task ChangeAsync()
    {
        if (await ActAsync(Permission.ManageData, async () => (await Store.ChangeColumnsAsync(Caller, Name, [.. _columns.Select(c => new DataSetColumn(c.Name, c.Type, c.IsRequired))], Left)).Failure)) Navigation.NavigateTo(AddressOf(Name));
    }

    private Task DescribeAsync() => ActAsync(Permission.ManageData, async () => (await Store.DescribeAsync(Caller, Name, _description, [.. _roles], Left)).Failure);

    private async Task DeleteAsync()
    {
        if (await RefusalAsync(Permission.ManageData) is null && await Store.DeleteAsync(Caller, Name, Left) is null) Navigation.NavigateTo("/data");
        else await ReloadAsync();
    }

    private sealed class EditedColumn(string name)
    {
        public string Name => name;

        public DataSetColumnType Type { get; set; }

        public bool IsRequired { get; set; }
    }
}

/// <summary>What the page of a data set shows.</summary>
/// <param name="Set">The data set.</param>
/// <param name="Page">A page of its rows.</param>
public sealed record DataSetData(DataSetView Set, DataSetRowsView Page);

/// <summary>What the page of data sets shows.</summary>
/// <param name="Sets">The data sets by name.</param>
public sealed record DataSetsData(IReadOnlyList<DataSetView> Sets);
