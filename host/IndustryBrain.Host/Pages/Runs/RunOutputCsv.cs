using System.Text.Json;
using IndustryBrain.Web.Data;

namespace IndustryBrain.Host.Pages.Runs;

/// <summary>The outputs of a run as one table: arrays side by side, one row an element; single values in the first row.</summary>
internal static class RunOutputCsv
{
    internal static string Write(JsonElement output)
    {
        var columns = new List<(string Head, IReadOnlyList<object?> Cells)>();
        if (output.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in output.EnumerateObject()) Add(columns, member.Name, member.Value);
        }

        var rows = columns.Count == 0 ? 0 : columns.Max(c => c.Cells.Count);
        return Csv.Write(
            [.. columns.Select(c => c.Head)],
            Enumerable.Range(0, rows).Select(i => (IReadOnlyList<object?>)[.. columns.Select(c => i < c.Cells.Count ? c.Cells[i] : null)]));
    }

    private static void Add(List<(string Head, IReadOnlyList<object?> Cells)> columns, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array when value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Object) && value.GetArrayLength() > 0:
                foreach (var member in value.EnumerateArray().SelectMany(row => row.EnumerateObject().Select(m => m.Name)).Distinct(StringComparer.Ordinal))
                    columns.Add(($"{name}.{member}", [.. value.EnumerateArray().Select(row => row.TryGetProperty(member, out var cell) ? Cell(cell) : null)]));
                break;
            case JsonValueKind.Array:
                columns.Add((name, [.. value.EnumerateArray().Select(Cell)]));
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject()) Add(columns, $"{name}.{member.Name}", member.Value);
                break;
            default:
                columns.Add((name, [Cell(value)]));
                break;
        }
    }

    private static object? Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => value.GetRawText(),
    };
}
