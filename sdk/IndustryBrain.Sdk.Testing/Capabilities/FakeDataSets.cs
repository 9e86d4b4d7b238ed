using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Sdk.Testing.Capabilities;

/// <summary>Named tables in a test, in memory; granted for reading by being added.</summary>
public sealed class FakeDataSets : FakeCapability
{
    private const int MostRowsOfAPage = 1_000;
    private readonly ConcurrentDictionary<string, Table> _byName = new(StringComparer.Ordinal);

    internal FakeDataSets(FakeHost host)
        : base(host)
    {
    }

    /// <summary>Adds a data set.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">Its rows: records, anonymous objects or JSON.</param>
    /// <param name="isWritable">True when components may write to it.</param>
    /// <exception cref="ArgumentException">A row does not fit the columns.</exception>
    public void Add(string name, IReadOnlyList<DataSetColumn> columns, IEnumerable<object>? rows = null, bool isWritable = false)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var table = new Table(new(columns), isWritable);
        foreach (var row in (rows ?? []).Select(FakeHost.ToJson))
        {
            if (Misfit(table.Schema, row) is { } column)
            {
                throw new ArgumentException($"A row of '{name}' does not fit the column '{column}'.", nameof(rows));
            }

            table.Rows.Add(row);
        }

        _byName[name] = table;
    }

    /// <summary>The rows of a data set as they are now; none when there is no such data set.</summary>
    public IReadOnlyList<JsonElement> RowsOf(string name)
    {
        if (!_byName.TryGetValue(name, out var table))
        {
            return [];
        }

        lock (table)
        {
            return [.. table.Rows];
        }
    }

    internal override ValueTask<Result<CapabilityAnswer>> RequestAsync(FakeContext context, CapabilityRequest request, CancellationToken ct)
    {
        if (request.Operation is not ("describe" or "read" or "append" or "replace"))
        {
            return new(Unknown(request));
        }

        if (Arguments(request, CapabilityJson.Wire.DataSetArguments) is not { Name.Length: > 0 } arguments)
        {
            return new(BadArguments(request));
        }

        var writes = request.Operation is "append" or "replace";
        var target = $"{(writes ? "write" : "read")} {arguments.Name}";
        if (Host.Undeclared(CapabilityNames.DataSets, target, Covers) is { } undeclared)
        {
            return new(undeclared);
        }

        if (!_byName.TryGetValue(arguments.Name, out var table) || (writes && !table.IsWritable))
        {
            return new(Host.NotGranted(CapabilityNames.DataSets, target));
        }

        lock (table)
        {
            return new(request.Operation switch
            {
                "describe" => Answer(table.Schema, CapabilityJson.Wire.DataSetSchema),
                "read" => Read(table, arguments.Query ?? new()),
                _ => Write(table, arguments.Rows ?? [], replaces: request.Operation == "replace", request.Operation == "append" ? context.IdOf(arguments.Id) : null),
            });
        }
    }

    private static Result<CapabilityAnswer> Read(Table table, DataSetQuery query)
    {
        var names = table.Schema.Columns.Select(c => c.Name).ToList();
        if ((query.Filters ?? []).Select(f => f.Column).Concat(query.Columns ?? []).FirstOrDefault(c => !names.Contains(c)) is { } unknown)
        {
            return CapabilityFailures.RequestInvalid(unknown, new("没有这一列", "there is no such column"));
        }

        if (query.Cursor is not null && !int.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return CapabilityFailures.RequestInvalid("cursor", new("应为上一页给出的值", "it must be what the page before has given"));
        }

        if (query.Limit < 1)
        {
            return CapabilityFailures.RequestInvalid("limit", new("应至少为 1", "it must be 1 at least"));
        }

        var first = query.Cursor is { } cursor ? int.Parse(cursor, CultureInfo.InvariantCulture) : 0;
        var found = table.Rows.Index().Skip(first).Where(r => (query.Filters ?? []).All(f => Meets(r.Item, f))).Take(Math.Min(query.Limit ?? MostRowsOfAPage, MostRowsOfAPage) + 1).ToList();
        var isLast = found.Count <= Math.Min(query.Limit ?? MostRowsOfAPage, MostRowsOfAPage);
        var page = isLast ? found : found[..^1];
        return Answer(new DataSetPage([.. page.Select(r => Pick(r.Item, query.Columns))], isLast ? null : found[^1].Index.ToString(CultureInfo.InvariantCulture)), CapabilityJson.Wire.DataSetPage);
    }

    private static Result<CapabilityAnswer> Write(Table table, IReadOnlyList<JsonElement> rows, bool replaces, string? id)
    {
        foreach (var (index, row) in rows.Index())
        {
            if (Misfit(table.Schema, row) is { } column)
            {
                return CapabilityFailures.RequestInvalid($"rows[{index}].{column}", new("不符合该列", "it does not fit the column"));
            }
        }

        if (id is not null && !table.Written.Add(id))
        {
            return Answer(new DataSetChange(rows.Count, IsNew: false), CapabilityJson.Wire.DataSetChange);
        }

        if (replaces)
        {
            table.Rows.Clear();
        }

        table.Rows.AddRange(rows);
        return Answer(new DataSetChange(rows.Count, IsNew: true), CapabilityJson.Wire.DataSetChange);
    }

    private static JsonElement Pick(JsonElement row, IReadOnlyList<string>? columns)
    {
        if (columns is null)
        {
            return row;
        }

        var picked = new JsonObject();
        foreach (var cell in row.EnumerateObject().Where(c => columns.Contains(c.Name)))
        {
            picked[cell.Name] = JsonSerializer.SerializeToNode(cell.Value);
        }

        return JsonSerializer.SerializeToElement(picked);
    }

    private static bool Meets(JsonElement row, DataSetFilter filter)
    {
        if (!row.TryGetProperty(filter.Column, out var cell) || cell.ValueKind == JsonValueKind.Null)
        {
            return filter.Comparison == DataSetComparison.NotEqual;
        }

        var order = Compare(cell, filter.Value);
        return filter.Comparison switch
        {
            DataSetComparison.Equal => order == 0,
            DataSetComparison.NotEqual => order != 0,
            DataSetComparison.Less => order < 0,
            DataSetComparison.LessOrEqual => order <= 0,
            DataSetComparison.Greater => order > 0,
            DataSetComparison.GreaterOrEqual => order >= 0,
            _ => cell.ValueKind == JsonValueKind.String && filter.Value.ValueKind == JsonValueKind.String && cell.GetString()!.StartsWith(filter.Value.GetString()!, StringComparison.Ordinal),
        };
    }

    // Null when the two are of different kinds. Days sort as they are written; moments by what they mean.
    private static int? Compare(JsonElement cell, JsonElement value) => (cell.ValueKind, value.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => cell.GetDouble().CompareTo(value.GetDouble()),
        (JsonValueKind.String, JsonValueKind.String) when cell.GetString()!.Length > 10 && cell.TryGetDateTimeOffset(out var a) && value.TryGetDateTimeOffset(out var b) => a.CompareTo(b),
        (JsonValueKind.String, JsonValueKind.String) => string.CompareOrdinal(cell.GetString(), value.GetString()),
        (JsonValueKind.True or JsonValueKind.False, JsonValueKind.True or JsonValueKind.False) => cell.GetBoolean().CompareTo(value.GetBoolean()),
        _ => null,
    };

    // The first column that a row does not fit.
    private static string? Misfit(DataSetSchema schema, JsonElement row)
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

        return row.EnumerateObject().Select(c => c.Name).FirstOrDefault(n => schema.Columns.All(c => c.Name != n));
    }

    private static bool Fits(DataSetColumnType type, JsonElement cell) => type switch
    {
        DataSetColumnType.Number => cell.ValueKind == JsonValueKind.Number && double.IsFinite(cell.GetDouble()),
        DataSetColumnType.Boolean => cell.ValueKind is JsonValueKind.True or JsonValueKind.False,
        DataSetColumnType.Text => cell.ValueKind == JsonValueKind.String,
        DataSetColumnType.Date => cell.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(cell.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => cell.ValueKind == JsonValueKind.String && cell.TryGetDateTimeOffset(out _),
    };

    private static bool Covers(string allowed, string wanted) => allowed == wanted;

    private sealed record Table(DataSetSchema Schema, bool IsWritable)
    {
        public List<JsonElement> Rows { get; } = [];

        public HashSet<string> Written { get; } = new(StringComparer.Ordinal);
    }
}
