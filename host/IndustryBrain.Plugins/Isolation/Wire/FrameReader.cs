namespace IndustryBrain.Plugins.Isolation.Wire;

/// <summary>One received frame; the body is valid until the next one is read.</summary>
internal readonly record struct Frame(FrameHeader Header, ReadOnlyMemory<byte> Body);

/// <summary>Takes frames from a stream, one reader at a time.</summary>
/// <param name="stream">Where they come from.</param>
/// <param name="maxBodyBytes">Largest body; a frame that announces more is refused before its bytes are taken.</param>
/// <param name="hasRoom">Waits until there is room for a frame of this size that is more than usual; false when there was none.</param>
internal sealed class FrameReader(Stream stream, int maxBodyBytes, Func<int, bool>? hasRoom = null)
{
    private const int UsualBytes = 64 << 10;
    private const int KeptBytes = 1 << 20;
    private byte[] _buffer = new byte[UsualBytes];
    private int _start;
    private int _end;
    private bool _isLetIn;

    /// <summary>The next frame, or null at the end of the stream.</summary>
    /// <exception cref="FrameException">What came is no frame.</exception>
    public Frame? Read()
    {
        while (true)
        {
            if (TryTake(out var frame))
            {
                return frame;
            }

            var count = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (count == 0)
            {
                return null;
            }

            _end += count;
        }
    }

    private bool TryTake(out Frame frame)
    {
        var (header, bodyStart) = Frames.Read(_buffer.AsSpan(_start, _end - _start), maxBodyBytes, out var needed);
        if (needed > UsualBytes && !_isLetIn)
        {
            _isLetIn = hasRoom?.Invoke(needed) ?? true ? true : throw new FrameException($"No room for a frame of {needed} bytes.") { IsWithoutRoom = true };
        }

        if (header is not null)
        {
            frame = new(header, _buffer.AsMemory(_start + bodyStart, needed - bodyStart));
            _start += needed;
            _isLetIn = false;
            return true;
        }

        frame = default;
        MakeRoom(needed);
        return false;
    }

    private void MakeRoom(int needed)
    {
        var held = _end - _start;
        var target = _buffer.Length > KeptBytes && Math.Max(held, needed) <= UsualBytes ? UsualBytes : Math.Max(_buffer.Length, needed);
        if (target != _buffer.Length)
        {
            var larger = new byte[target];
            _buffer.AsSpan(_start, held).CopyTo(larger);
            _buffer = larger;
        }
        else if (_start > 0)
        {
            _buffer.AsSpan(_start, held).CopyTo(_buffer);
        }

        (_start, _end) = (0, held);
    }
}
