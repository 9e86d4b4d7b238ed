using System.Text.Json.Nodes;
using IndustryBrain.Web.Schemas;

namespace IndustryBrain.Web.Forms;

/// <summary>Rows for a table from pasted cells: a first row of column names is recognised in either language, else the columns are taken in order.</summary>
internal static class PastedRows
{
    internal static IReadOnlyList<JsonObject> Read(SchemaNode item, string text)
    {
        var cells = PastedCells.Read(text);
        if (cells.Count == 0) return [];
        var head = cells[0].Select(name => item.Members.FirstOrDefault(m => Names(m, name))).ToList();
        var hasHead = head.Any(column => column is not null) && cells[0].All(c => !NumberEntry.TryRead(c, out _));
        var columns = hasHead ? head : [.. item.Members.Cast<SchemaNode?>()];
        var rows = new List<JsonObject>();
        foreach (var line in hasHead ? cells.Skip(1) : cells)
        {
            var row = new JsonObject();
            for (var i = 0; i < Math.Min(line.Count, columns.Count); i++)
            {
                if (columns[i] is { } column && ScalarValue.Read(column, line[i]) is { } value) row[column.Name] = value;
            }

            if (row.Count > 0) rows.Add(row);
        }

        return rows;
    }

    // "数量（t）" and "Quantity (t)" name the column "数量" / "Quantity".
    private static bool Names(SchemaNode column, string text)
    {
        var name = text.Split('(', '（')[0].Trim();
        return string.Equals(name, column.Name, StringComparison.OrdinalIgnoreCase) || name == column.Title.Zh || string.Equals(name, column.Title.En, StringComparison.OrdinalIgnoreCase);
    }
}
