using System.Text;
using System.Text.Json;
using IndustryBrain.Host.Texts;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using IndustryBrain.Web.Browser;
using IndustryBrain.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Scenarios;

/// <summary>One scenario: run it, see what it did, see how it is made.</summary>
public sealed partial class ScenarioPage
{
    private const int RunsShown = 50;
    private Failure? _publishFailure;

    /// <summary>The scenario.</summary>
    [Parameter] public string DefinitionId { get; set; } = "";

    [SupplyParameterFromQuery(Name = "tab")] private string? TabParameter { get; set; }

    [SupplyParameterFromQuery(Name = "from")] private Guid? FromRun { get; set; }

    [SupplyParameterFromQuery(Name = "environment")] private string? Environment { get; set; }

    [Inject] private ScenarioLibrary Library { get; set; } = null!;

    [Inject] private RunCoordinator Runs { get; set; } = null!;

    [Inject] private FileStore Files { get; set; } = null!;

    [Inject] private BrowserScript Browser { get; set; } = null!;

    /// <inheritdoc />
    protected override object Key => (DefinitionId, FromRun, Environment);

    private static IReadOnlyList<Crumb> Crumbs => [new(PageText.Scenarios.ToString(), "/scenarios")];

    private string Tab => TabParameter is "history" or "definition" ? TabParameter : "run";

    private string Path => $"/scenarios/{Uri.EscapeDataString(DefinitionId)}";

    private string HistoryHref => $"/runs?scenario={Uri.EscapeDataString(DefinitionId)}";

    /// <inheritdoc />
    protected override string Reads => Permission.ReadScenarios;

    /// <inheritdoc />
    protected override async Task<Result<ScenarioData>> LoadAsync(CancellationToken ct)
    {
        if (!(await Library.FindAsync(Caller, DefinitionId, Environment == ScenarioEnvironments.Test ? ScenarioEnvironments.Test : ScenarioEnvironments.Production, ct)).TryGet(out var details, out var failure)) return failure;
        var page = await Runs.ListAsync(Caller, new RunFilter { DefinitionId = DefinitionId, PageSize = RunsShown }, ct);
        JsonElement? input = FromRun is { } id && (await Runs.GetAsync(Caller, id, ct)).TryGet(out var run, out _) ? run.Input : null;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var value in details.Samples.Select(s => s.Input).Concat(input is { } given ? [given] : []))
        {
            foreach (var file in FilesIn(value))
            {
                if (!names.ContainsKey(file) && (await Files.FindAsync(Caller, file, ct)).TryGet(out var stored, out _)) names[file] = stored.Name;
            }
        }

        return new ScenarioData(details, page.Items, page.Total, input, names);
    }

    /// <inheritdoc />
    protected override bool KeepsNothing(object? oldKey) => true;

    private static IEnumerable<string> FilesIn(JsonElement input) => input.ValueKind != JsonValueKind.Object
        ? []
        : input.EnumerateObject()
            .Where(m => m.Value.ValueKind == JsonValueKind.Object && m.Value.TryGetProperty("file", out var id) && id.ValueKind == JsonValueKind.String)
            .Select(m => m.Value.GetProperty("file").GetString()!);

    private string TabHref(string tab) => tab == "run" ? Path : $"{Path}?tab={tab}";

    private static string Standing(ScenarioDetails details) =>
        details.IsPublished ? PageText.PublishedVersion.Fill(details.Version)
        : details.Scenario.RetractedVersion is { } gone && details.Environment == ScenarioEnvironments.Production ? VersionText.RetractedVersion.Fill(gone)
        : details.Scenario.DraftVersion is null ? VersionText.Version.Fill(details.Version)
        : PageText.Draft.Fill(details.Version);

    private async Task PublishAsync()
    {
        _publishFailure = await RefusalAsync(Permission.PublishScenarios) ?? (await Library.PublishAsync(Caller, DefinitionId, Left)).Failure;
        if (_publishFailure is not null) return;
        await ReloadAsync();
    }

    private async Task ExportAsync()
    {
        var result = await RefusalAsync(Permission.ReadScenarios) is { } refusal ? refusal : await Library.ExportAsync(Caller, DefinitionId, Left);
        if (result.TryGet(out var bytes, out var failure)) await Browser.DownloadAsync($"{DefinitionId}.json", "application/json", Encoding.UTF8.GetString(bytes), Left);
        else _publishFailure = failure;
    }
}
