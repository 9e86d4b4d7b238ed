using System.Buffers;

namespace IndustryBrain.Plugins.Isolation.Wire;

/// <summary>Sends frames in the order in which they were given, from any thread: whoever finds nobody writing writes for all who come meanwhile. A frame that was taken is written to
/// its end, whatever becomes of its sender; once the pipe is broken nothing is, and that the other side has gone is noticed where its frames are read.</summary>
/// <param name="write">Writes bytes; throws <see cref="IOException"/> when nobody will ever read them.</param>
internal sealed class FrameWriter(Func<ReadOnlyMemory<byte>, ValueTask> write)
{
    private const int UsualBytes = 64 << 10;
    private const int MaxWaitingBytes = 1 << 20;
    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _header = new(256);
    private ArrayBufferWriter<byte> _waiting = new(UsualBytes);
    private ArrayBufferWriter<byte> _written = new(UsualBytes);
    private TaskCompletionSource? _room;
    private bool _isWriting;
    private bool _isBroken;

    /// <summary>True while bytes are being written, which lasts when the other side does not read.</summary>
    public bool IsWriting
    {
        get
        {
            lock (_gate)
            {
                return _isWriting;
            }
        }
    }

    /// <summary>Takes a frame; completes when there is room for another.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="body">Its body.</param>
    /// <param name="mayGather">True when others are likely to follow at once: they then leave with one write, which a thread of the pool makes.</param>
    /// <exception cref="FrameException">Its header is too large; nothing was sent.</exception>
    public ValueTask SendAsync(FrameHeader header, ReadOnlySpan<byte> body, bool mayGather = false)
    {
        lock (_gate)
        {
            if (_isBroken)
            {
                return default;
            }

            Frames.Write(_waiting, _header, header, body);
            if (_isWriting)
            {
                return _waiting.WrittenCount <= MaxWaitingBytes ? default : new((_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task);
            }

            _isWriting = true;
        }

        if (mayGather)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static writer => _ = writer.WriteAllAsync(), this, preferLocal: false);
            return default;
        }

        return new(WriteAllAsync());
    }

    private async Task WriteAllAsync()
    {
        while (Next() is { } bytes)
        {
            try
            {
                await write(bytes).ConfigureAwait(false);
            }
            catch (IOException)
            {
                Break();
            }
        }
    }

    private ReadOnlyMemory<byte>? Next()
    {
        lock (_gate)
        {
            if (_waiting.WrittenCount == 0)
            {
                _isWriting = false;
                return null;
            }

            (_waiting, _written) = (_written, _waiting);
            Empty(ref _waiting);
            _room?.SetResult();
            _room = null;
            return _written.WrittenMemory;
        }
    }

    private void Break()
    {
        lock (_gate)
        {
            _isBroken = true;
            Empty(ref _waiting);
            _room?.SetResult();
            _room = null;
        }
    }

    // What one large frame needed is not kept for the small ones.
    private static void Empty(ref ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity > MaxWaitingBytes)
        {
            buffer = new(UsualBytes);
        }
        else
        {
            buffer.ResetWrittenCount();
        }
    }
}
