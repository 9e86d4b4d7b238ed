using IndustryBrain.Plugins.Isolation.Wire;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Worker;

/// <summary>A file that the host reads for the plugin, piece by piece as it is asked for.</summary>
internal sealed class HostFile : Stream
{
    private readonly Conversation _host;
    private readonly OpenFiles _files;
    private readonly long _call;
    private readonly long _number;
    private readonly TaskCompletionSource<Failure?> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<byte[]>? _requested;
    private ReadOnlyMemory<byte> _held;
    private bool _atEnd;
    private bool _isClosed;

    public HostFile(Conversation host, OpenFiles files, long call)
    {
        (_host, _files, _call) = (host, files, call);
        _number = files.Add(this);
    }

    /// <inheritdoc />
    public override bool CanRead => !_isClosed;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Null when the host has opened it.</summary>
    public async Task<Failure?> OpenAsync(FileReference file, CancellationToken ct)
    {
        _host.Send(new(FrameKind.OpenFile) { Id = _call, Stream = _number, File = file.File, Name = file.Name });
        var failure = await _opened.Task.WaitAsync(ct).ConfigureAwait(false);
        if (failure is not null)
        {
            _files.Remove(_number);
        }

        return failure;
    }

    public void Opened(Failure? failure) => _opened.TrySetResult(failure);

    public void Received(byte[] bytes) => _requested?.TrySetResult(bytes);

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (_held.IsEmpty && !_atEnd && buffer.Length > 0)
        {
            // A read that was cancelled has left its request behind: its bytes come first.
            if (_requested is null)
            {
                _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _host.Send(new(FrameKind.ReadFile) { Id = _call, Stream = _number, Count = Frames.MaxChunkBytes });
            }

            _held = await _requested.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            (_requested, _atEnd) = (null, _held.IsEmpty);
        }

        var count = Math.Min(buffer.Length, _held.Length);
        _held[..count].CopyTo(buffer);
        _held = _held[count..];
        return count;
    }

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    // Libraries that read files know no other way; the bytes arrive on the thread that reads frames, which never waits for a plugin.
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isClosed)
        {
            _isClosed = true;
            _files.Remove(_number);
            _host.Send(new(FrameKind.CloseFile) { Id = _call, Stream = _number });
        }

        base.Dispose(disposing);
    }
}
