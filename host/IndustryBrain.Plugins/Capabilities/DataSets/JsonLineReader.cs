using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities.DataSets;

/// <summary>Rows as JSON, one a line; positions are bytes.</summary>
/// <param name="file">The file.</param>
/// <param name="length">Bytes that are whole: what is being added behind them does not count.</param>
internal sealed class JsonLineReader(FileStream file, long length) : IRowReader
{
    /// <summary>Size of one row.</summary>
    public const int MaxLineBytes = 1 << 20;

    private readonly RowCursor _birth = RowCursor.Of(file.SafeFileHandle);
    private long _from;

    public ValueTask DisposeAsync() => file.DisposeAsync();

    public Failure? Begin(string? cursor)
    {
        if (!_birth.Read(cursor).TryGet(out var at, out var failure))
        {
            return failure;
        }

        Span<byte> before = stackalloc byte[1];
        if (at.Position > 0 && (at.Position > length || RandomAccess.Read(file.SafeFileHandle, before, at.Position - 1) != 1 || before[0] != (byte)'\n'))
        {
            return DataSetRows.BadCursor();
        }

        _from = at.Position;
        return null;
    }

    public string CursorOf(FileRow row) => (_birth with { Position = row.Position }).ToString();

    public async IAsyncEnumerable<FileRow> ReadAsync(DataSetSchema schema, [EnumeratorCancellation] CancellationToken ct)
    {
        file.Position = _from;
        var (pipe, position, number) = (PipeReader.Create(file, new(leaveOpen: true)), _from, 0L);
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(ct).ConfigureAwait(false);
                var (buffer, rest) = (read.Buffer, length - position);
                buffer = buffer.Length > rest ? buffer.Slice(0, rest) : buffer;
                var isEnd = read.IsCompleted || buffer.Length == rest;
                while (buffer.PositionOf((byte)'\n') is { } end)
                {
                    var line = buffer.Slice(0, end);
                    if (!IsBlank(line))
                    {
                        yield return new(Parse(line), ++number, position);
                    }

                    position += line.Length + 1;
                    buffer = buffer.Slice(buffer.GetPosition(1, end));
                }

                if (isEnd || buffer.Length > MaxLineBytes)
                {
                    // The last line needs no line break; one that is too long is none.
                    if (!IsBlank(buffer))
                    {
                        yield return new(Parse(buffer), ++number, position);
                    }

                    yield break;
                }

                pipe.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        finally
        {
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
        {
            if (part.Span.ContainsAnyExcept(" \t\r"u8))
            {
                return false;
            }
        }

        return true;
    }

    private static JsonElement? Parse(ReadOnlySequence<byte> line)
    {
        try
        {
            return line.Length > MaxLineBytes ? null : JsonElement.Parse(line.ToArray());
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
