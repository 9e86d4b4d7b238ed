using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Schemas;

namespace IndustryBrain.Sdk.Capabilities;

/// <summary>Named tables of the organization (<c>datasets</c>), each with the columns that an administrator has given it. A step that is tried again adds its rows once.</summary>
public sealed class DataSetsCapability
{
    private readonly ComponentContext _context;

    internal DataSetsCapability(ComponentContext context) => _context = context;

    /// <summary>What the rows of a data set look like.</summary>
    public ValueTask<Result<DataSetSchema>> DescribeAsync(string name, CancellationToken cancellationToken) => AskAsync("describe", new(name), CapabilityJson.Wire.DataSetSchema, cancellationToken);

    /// <summary>Reads a page of rows.</summary>
    public ValueTask<Result<DataSetPage>> ReadAsync(string name, DataSetQuery query, CancellationToken cancellationToken) => AskAsync("read", new(name, query), CapabilityJson.Wire.DataSetPage, cancellationToken);

    /// <summary>Adds rows at the end, all of them or none.</summary>
    /// <param name="name">Name of the data set.</param>
    /// <param name="rows">Objects with columns as members.</param>
    /// <param name="id">Tells what one step adds apart; null for its order, which must then be the same in each attempt.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<Result<DataSetChange>> AppendAsync(string name, IReadOnlyList<JsonElement> rows, string? id, CancellationToken cancellationToken) =>
        AskAsync("append", new(name, Rows: rows, Id: id), CapabilityJson.Wire.DataSetChange, cancellationToken);

    /// <summary>Adds records at the end, all of them or none.</summary>
    /// <typeparam name="TRow">A record with columns as members.</typeparam>
    public async ValueTask<Result<DataSetChange>> AppendAsync<TRow>(string name, IEnumerable<TRow> rows, CancellationToken cancellationToken)
        where TRow : notnull
    {
        ArgumentNullException.ThrowIfNull(rows);
        var written = new List<JsonElement>();
        foreach (var row in rows)
        {
            if (!ComponentJson.Write(row).TryGet(out var json, out var failure))
            {
                return failure;
            }

            written.Add(json);
        }

        return await AppendAsync(name, written, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts rows in place of all that are there: who reads sees the old ones or the new ones.</summary>
    public ValueTask<Result<DataSetChange>> ReplaceAsync(string name, IReadOnlyList<JsonElement> rows, CancellationToken cancellationToken) =>
        AskAsync("replace", new(name, Rows: rows), CapabilityJson.Wire.DataSetChange, cancellationToken);

    private async ValueTask<Result<TValue>> AskAsync<TValue>(string operation, DataSetArguments arguments, JsonTypeInfo<TValue> type, CancellationToken ct)
        where TValue : class =>
        (await _context.RequestAsync(CapabilityNames.DataSets, operation, arguments, CapabilityJson.Wire.DataSetArguments, type, default, ct).ConfigureAwait(false))
            .TryGet(out var answer, out var failure) ? answer.Value : failure;
}
