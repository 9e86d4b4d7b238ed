using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities.DataSets;

/// <summary>The store of a program that keeps no data sets.</summary>
internal sealed class NoDataSets : IDataSetStore
{
    public ValueTask<Result<DataSetSchema>> DescribeAsync(DataSetScope scope, string name, CancellationToken cancellationToken) => new(CapabilityFailures.NoDataSet(name));

    public ValueTask<Result<DataSetPage>> ReadAsync(DataSetScope scope, string name, DataSetQuery query, int maxRows, int maxBytes, CancellationToken cancellationToken) => new(CapabilityFailures.NoDataSet(name));

    public ValueTask<Result<DataSetChange>> AppendAsync(DataSetScope scope, string name, IReadOnlyList<JsonElement> rows, string id, CancellationToken cancellationToken) => new(CapabilityFailures.NoDataSet(name));

    public ValueTask<Result<DataSetChange>> ReplaceAsync(DataSetScope scope, string name, IReadOnlyList<JsonElement> rows, CancellationToken cancellationToken) => new(CapabilityFailures.NoDataSet(name));
}
