using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities.DataSets;

/// <summary>Where the data sets of organizations are kept. IB1194 when there is none of a name.</summary>
public interface IDataSetStore
{
    /// <summary>What the rows look like.</summary>
    ValueTask<Result<DataSetSchema>> DescribeAsync(DataSetScope scope, string name, CancellationToken cancellationToken);

    /// <summary>A page of rows; IB1137 when the query does not fit, IB1195 when the version that it belongs to is gone.</summary>
    /// <param name="scope">Whose it is, and for which run.</param>
    /// <param name="name">Name of the data set.</param>
    /// <param name="query">Which rows.</param>
    /// <param name="maxRows">Rows at most, whatever the query says.</param>
    /// <param name="maxBytes">Bytes at most, but one row at least.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<Result<DataSetPage>> ReadAsync(DataSetScope scope, string name, DataSetQuery query, int maxRows, int maxBytes, CancellationToken cancellationToken);

    /// <summary>Adds rows at the end, all or none; not again when <paramref name="id"/> was added before.</summary>
    ValueTask<Result<DataSetChange>> AppendAsync(DataSetScope scope, string name, IReadOnlyList<JsonElement> rows, string id, CancellationToken cancellationToken);

    /// <summary>Puts rows in place of all.</summary>
    ValueTask<Result<DataSetChange>> ReplaceAsync(DataSetScope scope, string name, IReadOnlyList<JsonElement> rows, CancellationToken cancellationToken);
}
