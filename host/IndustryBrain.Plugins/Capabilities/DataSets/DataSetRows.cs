using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities.DataSets;

/// <summary>What the rows of a data set must be like, and which of them a query means: the same in every store.</summary>
internal static class DataSetRows
{
    /// <summary>IB1137 when a query does not fit the data set.</summary>
    public static Failure? Refuse(DataSetSchema schema, DataSetQuery query)
    {
        if (query.Limit < 1)
        {
            return CapabilityFailures.RequestInvalid("limit", new("应至少为 1", "it must be 1 at least"));
        }

        if ((query.Columns ?? []).FirstOrDefault(c => Column(schema, c) is null) is { } unknown)
        {
            return NoColumn(unknown);
        }

        foreach (var filter in query.Filters ?? [])
        {
            if (Column(schema, filter.Column) is not { } column)
            {
                return NoColumn(filter.Column);
            }

            if (!Fits(column.Type, filter.Value) || (filter.Comparison == DataSetComparison.StartsWith && column.Type != DataSetColumnType.Text))
            {
                return CapabilityFailures.RequestInvalid(filter.Column, new("比较的值或方式不符合该列", "what it is compared with, or how, does not fit the column"));
            }
        }

        return null;
    }

    /// <summary>IB1137 when rows do not fit the data set: it names the first place.</summary>
    public static Failure? Refuse(DataSetSchema schema, IReadOnlyList<JsonElement> rows)
    {
        foreach (var (index, row) in rows.Index())
        {
            if (Misfit(schema, row) is { } column)
            {
                return CapabilityFailures.RequestInvalid(column.Length == 0 ? $"rows[{index}]" : $"rows[{index}].{column}", new("不符合该列", "it does not fit the column"));
            }
        }

        return null;
    }

    /// <summary>What is said of a cursor that no page has given.</summary>
    public static Failure BadCursor() => CapabilityFailures.RequestInvalid("cursor", new("应为上一页给出的值", "it must be what the page before has given"));

    /// <summary>True when a row meets all conditions of a query that fits the schema.</summary>
    public static bool Meets(DataSetSchema schema, JsonElement row, DataSetQuery query) => (query.Filters ?? []).All(f => Meets(Column(schema, f.Column)!.Type, row, f));

    /// <summary>The row with the columns that are wanted.</summary>
    public static JsonElement Pick(JsonElement row, IReadOnlyList<string>? columns)
    {
        if (columns is null)
        {
            return row;
        }

        var picked = new JsonObject();
        foreach (var cell in row.EnumerateObject().Where(c => columns.Contains(c.Name)))
        {
            picked[cell.Name] = JsonValue.Create(cell.Value);
        }

        return JsonSerializer.SerializeToElement(picked);
    }

    /// <summary>The first column that a row does not fit, empty when it is no row at all; null when it fits.</summary>
    public static string? Misfit(DataSetSchema schema, JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            return "";
        }

        foreach (var column in schema.Columns)
        {
            var isThere = row.TryGetProperty(column.Name, out var cell) && cell.ValueKind != JsonValueKind.Null;
            if (isThere ? !Fits(column.Type, cell) : column.IsRequired)
            {
                return column.Name;
            }
        }

        return row.EnumerateObject().Select(c => c.Name).FirstOrDefault(n => Column(schema, n) is null);
    }

    private static DataSetColumn? Column(DataSetSchema schema, string name) => schema.Columns.FirstOrDefault(c => c.Name == name);

    private static Failure NoColumn(string name) => CapabilityFailures.RequestInvalid(name.Length > 100 ? name[..100] : name, new("没有这一列", "there is no such column"));

    private static bool Meets(DataSetColumnType type, JsonElement row, DataSetFilter filter)
    {
        if (!row.TryGetProperty(filter.Column, out var cell) || cell.ValueKind == JsonValueKind.Null)
        {
            return filter.Comparison == DataSetComparison.NotEqual;
        }

        if (filter.Comparison == DataSetComparison.StartsWith)
        {
            return cell.GetString()!.StartsWith(filter.Value.GetString()!, StringComparison.Ordinal);
        }

        var order = Compare(type, cell, filter.Value);
        return filter.Comparison switch
        {
            DataSetComparison.Equal => order == 0,
            DataSetComparison.NotEqual => order != 0,
            DataSetComparison.Less => order < 0,
            DataSetComparison.LessOrEqual => order <= 0,
            DataSetComparison.Greater => order > 0,
            _ => order >= 0,
        };
    }

    // Days sort as they are written; moments by what they mean.
    private static int Compare(DataSetColumnType type, JsonElement cell, JsonElement value) => type switch
    {
        DataSetColumnType.Number => cell.GetDouble().CompareTo(value.GetDouble()),
        DataSetColumnType.Boolean => cell.GetBoolean().CompareTo(value.GetBoolean()),
        DataSetColumnType.DateTime => cell.GetDateTimeOffset().CompareTo(value.GetDateTimeOffset()),
        _ => string.CompareOrdinal(cell.GetString(), value.GetString()),
    };

    private static bool Fits(DataSetColumnType type, JsonElement cell) => type switch
    {
        DataSetColumnType.Number => cell.ValueKind == JsonValueKind.Number && double.IsFinite(cell.GetDouble()),
        DataSetColumnType.Boolean => cell.ValueKind is JsonValueKind.True or JsonValueKind.False,
        DataSetColumnType.Text => cell.ValueKind == JsonValueKind.String,
        DataSetColumnType.Date => cell.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(cell.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => cell.ValueKind == JsonValueKind.String && cell.TryGetDateTimeOffset(out _),
    };
}
