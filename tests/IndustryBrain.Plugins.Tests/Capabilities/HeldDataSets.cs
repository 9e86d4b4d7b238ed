using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.DataSets;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Tests.Capabilities;

/// <summary>Data sets of organizations in memory; a cursor is a place among the rows.</summary>
internal sealed class HeldDataSets : IDataSetStore
{
    private readonly ConcurrentDictionary<(string Organization, string Name), (DataSetSchema Schema, List<JsonElement> Rows, HashSet<string> Ids)> _sets = new();

    public void Add(string organization, string name, string schema, params string[] rows) =>
        _sets[(organization, name)] = (JsonSerializer.Deserialize<DataSetSchema>(schema, JsonSerializerOptions.Web)!, [.. rows.Select(r => JsonElement.Parse(r))], []);

    public ValueTask<Result<DataSetSchema>> DescribeAsync(DataSetScope scope, string name, CancellationToken cancellationToken) =>
        new(_sets.TryGetValue((scope.Organization, name), out var set) ? set.Schema : CapabilityFailures.NoDataSet(name));

    public ValueTask<Result<DataSetPage>> ReadAsync(DataSetScope scope, string name, DataSetQuery query, int maxRows, int maxBytes, CancellationToken cancellationToken)
    {
        if (!_sets.TryGetValue((scope.Organization, name), out var set))
            return new(CapabilityFailures.NoDataSet(name));
        if (DataSetRows.Refuse(set.Schema, query) is { } refused)
            return new(refused);
        var from = 0;
        if (query.Cursor is not null && !int.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out from))
            return new(DataSetRows.BadCursor());
        var found = set.Rows.Index().Skip(from).Where(r => DataSetRows.Meets(set.Schema, r.Item, query)).ToList();
        var most = Math.Min(query.Limit ?? maxRows, maxRows);
        return new(new DataSetPage([.. found.Take(most).Select(r => DataSetRows.Pick(r.Item, query.Columns))], found.Count > most ? found[most].Index.ToString(CultureInfo.InvariantCulture) : null));
    }

    public ValueTask<Result<DataSetChange>> AppendAsync(DataSetScope scope, string name, IReadOnlyList<JsonElement> rows, string id, CancellationToken cancellationToken) => new(Write(scope, name, rows, set =>
    {
        if (!set.Ids.Add(id))
            return false;
        set.Rows.AddRange(rows);
        return true;
    }));

    public ValueTask<Result<DataSetChange>> ReplaceAsync(DataSetScope scope, string name, IReadOnlyList<JsonElement> rows, CancellationToken cancellationToken) => new(Write(scope, name, rows, set =>
    {
        set.Rows.Clear();
        set.Rows.AddRange(rows);
        return true;
    }));

    private Result<DataSetChange> Write(DataSetScope scope, string name, IReadOnlyList<JsonElement> rows, Func<(DataSetSchema Schema, List<JsonElement> Rows, HashSet<string> Ids), bool> write) =>
        !_sets.TryGetValue((scope.Organization, name), out var set) ? CapabilityFailures.NoDataSet(name)
        : DataSetRows.Refuse(set.Schema, rows) is { } refused ? refused
        : new DataSetChange(rows.Count, write(set));
}
