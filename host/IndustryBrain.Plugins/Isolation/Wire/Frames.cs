using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace IndustryBrain.Plugins.Isolation.Wire;

/// <summary>The layout of a frame: 4 bytes length of what follows, 2 bytes length of the header (both little endian), the header as JSON in UTF-8, the body.</summary>
internal static class Frames
{
    /// <summary>Largest header in bytes.</summary>
    public const int MaxHeaderBytes = ushort.MaxValue;

    /// <summary>Bytes before the header.</summary>
    public const int PrefixBytes = 6;

    /// <summary>Bytes of a file that travel in one frame.</summary>
    public const int MaxChunkBytes = 256 << 10;

    /// <summary>Characters of a line for a log; the rest is cut off.</summary>
    public const int MaxTextLength = 4_096;

    /// <summary>Characters of the name of a log's property.</summary>
    public const int MaxNameLength = 64;

    /// <summary>Characters of the value of a log's property.</summary>
    public const int MaxValueLength = 256;

    /// <summary>Body of a request to the host.</summary>
    public const int MaxRequestBytes = 17 << 20;

    /// <summary>Requests of one call that are not answered yet.</summary>
    public const int MaxRequests = 8;

    /// <summary>Depth of the JSON of a call of expressions: the values of a run, and what stands around them.</summary>
    public const int MaxExpressionDepth = 80;

    private const int LengthBytes = 4;

    /// <summary>Lays out one frame.</summary>
    /// <param name="frames">Where it is appended.</param>
    /// <param name="scratch">Room for a header.</param>
    /// <param name="header">Its header.</param>
    /// <param name="body">Its body.</param>
    /// <exception cref="FrameException">The header is too large; nothing was appended.</exception>
    public static void Write(ArrayBufferWriter<byte> frames, ArrayBufferWriter<byte> scratch, FrameHeader header, ReadOnlySpan<byte> body)
    {
        scratch.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(scratch))
        {
            JsonSerializer.Serialize(json, header, FrameJson.Headers.FrameHeader);
        }

        if (scratch.WrittenCount > MaxHeaderBytes)
        {
            throw new FrameException($"A header of kind {header.Kind} has {scratch.WrittenCount} bytes.", isTooLarge: true);
        }

        var prefix = frames.GetSpan(PrefixBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(prefix, (uint)(PrefixBytes - LengthBytes + scratch.WrittenCount + body.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(prefix[LengthBytes..], (ushort)scratch.WrittenCount);
        frames.Advance(PrefixBytes);
        frames.Write(scratch.WrittenSpan);
        frames.Write(body);
    }

    /// <summary>Takes the first frame of <paramref name="buffer"/> apart.</summary>
    /// <param name="buffer">What was received and not yet taken.</param>
    /// <param name="maxBodyBytes">Largest body.</param>
    /// <param name="needed">How many bytes the buffer must hold before another try; the size of the frame when there is one.</param>
    /// <returns>The header, or null when the frame is not complete; its body ends at <paramref name="needed"/>.</returns>
    /// <exception cref="FrameException">It is no frame.</exception>
    public static (FrameHeader? Header, int BodyStart) Read(ReadOnlySpan<byte> buffer, int maxBodyBytes, out int needed)
    {
        needed = PrefixBytes;
        if (buffer.Length < PrefixBytes)
        {
            return default;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(buffer);
        int headerBytes = BinaryPrimitives.ReadUInt16LittleEndian(buffer[LengthBytes..]);
        var bodyBytes = (long)length - (PrefixBytes - LengthBytes) - headerBytes;
        if (bodyBytes < 0 || bodyBytes > maxBodyBytes)
        {
            throw new FrameException($"A frame of {length} bytes with a header of {headerBytes}.", isTooLarge: bodyBytes > 0);
        }

        needed = (int)length + LengthBytes;
        if (buffer.Length < needed)
        {
            return default;
        }

        try
        {
            var header = JsonSerializer.Deserialize(buffer.Slice(PrefixBytes, headerBytes), FrameJson.Headers.FrameHeader);
            return (header ?? throw new FrameException("A header that is null."), PrefixBytes + headerBytes);
        }
        catch (JsonException e)
        {
            throw new FrameException($"A header that cannot be read: {e.Message}");
        }
    }
}
