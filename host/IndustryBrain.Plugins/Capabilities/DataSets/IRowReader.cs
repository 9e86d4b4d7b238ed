using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities.DataSets;

/// <summary>One row of a file.</summary>
/// <param name="Value">The row; null when it cannot be read.</param>
/// <param name="Number">Its line, from 1 where the page begins.</param>
/// <param name="Position">Where it begins.</param>
internal readonly record struct FileRow(JsonElement? Value, long Number, long Position);

/// <summary>The rows of a file as they were when it was opened.</summary>
internal interface IRowReader : IAsyncDisposable
{
    /// <summary>Goes to where a page begins; IB1137 or IB1195 when the cursor is of no use.</summary>
    Failure? Begin(string? cursor);

    IAsyncEnumerable<FileRow> ReadAsync(DataSetSchema schema, CancellationToken ct);

    /// <summary>What lets the next page begin with a row.</summary>
    string CursorOf(FileRow row);
}
