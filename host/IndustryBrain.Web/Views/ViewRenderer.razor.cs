using System.Text.Encodings.Web;
using System.Text.Json;
using IndustryBrain.Sdk.Views;
using IndustryBrain.Web.Browser;
using IndustryBrain.Web.Data;
using IndustryBrain.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Web.Views;

/// <summary>Shows the output of an application as its declared view; what is not there yet is left out and appears when it comes.</summary>
public sealed partial class ViewRenderer : ComponentBase
{
    // In letters; a Chinese character is as wide as two.
    private const int LongestFigure = 14;
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The declared view.</summary>
    [Parameter, EditorRequired] public View View { get; set; } = null!;

    /// <summary>The output its pointers point into.</summary>
    [Parameter, EditorRequired] public JsonElement Data { get; set; }

    /// <summary>First part of the names of downloaded files.</summary>
    [Parameter] public string FileName { get; set; } = "result";

    /// <summary>False leaves out the heading with the download of all data.</summary>
    [Parameter] public bool ShowHeading { get; set; } = true;

    [Inject] private BrowserScript Browser { get; set; } = null!;

    private static bool IsLong(string text) => text.Sum(c => c >= '\u2E80' ? 2 : 1) > LongestFigure;

    private bool HasValues(ViewElement element) => element switch
    {
        KpiTiles kpis => kpis.Items.Any(i => JsonPointer.TryFind(Data, i.Value, out _)),
        Chart chart => ChartReading.Read(chart, Data) is not null,
        Table table => JsonPointer.TryFind(Data, table.Rows, out var rows) && rows.ValueKind == JsonValueKind.Array,
        FieldList list => list.Fields.Any(f => JsonPointer.TryFind(Data, f.Value, out _)),
        Board board => JsonPointer.TryFind(Data, board.Rows, out var cards) && cards.ValueKind == JsonValueKind.Array,
        _ => false,
    };

    // A large figure is read at a glance: what stands behind the point of five digits is in the table.
    private static string? FigureFormat(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && Math.Abs(value.GetDouble()) is >= 10_000 and < 1e15 ? "#,0" : null;

    private string? UnitOf(KpiTile item) =>
        UnitText.Of(JsonPointer.TryFind(Data, item.UnitPointer, out var unit) && unit.ValueKind == JsonValueKind.String ? unit.GetString() : item.Unit);

    // Each file is named by what it holds, so that none is taken for another.
    private string FileOf(Sdk.LocalizedText title) =>
        $"{FileName}-{string.Concat(title.ToString().Select(c => char.IsLetterOrDigit(c) ? c : '-')).Trim('-').ToLowerInvariant()}";

    private async Task DownloadJsonAsync() =>
        await Browser.DownloadAsync($"{FileName}.json", "application/json", JsonSerializer.Serialize(Data, Readable));
}
