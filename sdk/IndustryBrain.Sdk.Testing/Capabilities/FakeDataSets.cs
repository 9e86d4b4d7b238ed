using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.DataSets;
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
            if (DataSetRows.Misfit(table.Schema, row) is { } column)
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

        if (Arguments(request, CapabilityJson.Wire.DataSetArguments) is not { } arguments)
        {
            return new(BadArguments(request));
        }

        if (!DataSetTarget.IsName(arguments.Name))
        {
            return new(CapabilityFailures.DataSetNameInvalid());
        }

        var writes = request.Operation is "append" or "replace";
        var target = DataSetTarget.Of(arguments.Name, writes);
        if (Host.Undeclared(CapabilityNames.DataSets, target) is { } undeclared)
        {
            return new(undeclared);
        }

        if (!_byName.TryGetValue(arguments.Name, out var table) || (writes && !table.IsWritable))
        {
            return new(Host.NotGranted(CapabilityNames.DataSets, target));
        }

        if (StepId.Refuse(arguments.Id) is { } badId)
        {
            return new(badId);
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
        if (DataSetRows.Refuse(table.Schema, query) is { } refused)
        {
            return refused;
        }

        if (query.Cursor is not null && !int.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return DataSetRows.BadCursor();
        }

        var first = query.Cursor is { } cursor ? int.Parse(cursor, CultureInfo.InvariantCulture) : 0;
        var found = table.Rows.Index().Skip(first).Where(r => DataSetRows.Meets(table.Schema, r.Item, query)).Take(Math.Min(query.Limit ?? MostRowsOfAPage, MostRowsOfAPage) + 1).ToList();
        var isLast = found.Count <= Math.Min(query.Limit ?? MostRowsOfAPage, MostRowsOfAPage);
        var page = isLast ? found : found[..^1];
        return Answer(new DataSetPage([.. page.Select(r => DataSetRows.Pick(r.Item, query.Columns))], isLast ? null : found[^1].Index.ToString(CultureInfo.InvariantCulture)), CapabilityJson.Wire.DataSetPage);
    }

    private static Result<CapabilityAnswer> Write(Table table, IReadOnlyList<JsonElement> rows, bool replaces, string? id)
    {
        if (DataSetRows.Refuse(table.Schema, rows) is { } refused)
        {
            return refused;
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

    private sealed record Table(DataSetSchema Schema, bool IsWritable)
    {
        public List<JsonElement> Rows { get; } = [];

        public HashSet<string> Written { get; } = new(StringComparer.Ordinal);
    }
}
