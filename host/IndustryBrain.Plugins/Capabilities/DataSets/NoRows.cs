using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities.DataSets;

/// <summary>A data set without a file of rows yet.</summary>
internal sealed class NoRows : IRowReader
{
    public ValueTask DisposeAsync() => default;

    public Failure? Begin(string? cursor) => cursor is null ? null : DataSetRows.BadCursor();

    public IAsyncEnumerable<FileRow> ReadAsync(DataSetSchema schema, CancellationToken ct) => AsyncEnumerable.Empty<FileRow>();

    public string CursorOf(FileRow row) => "";
}
