using IndustryBrain.Plugins.Isolation.Wire;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Worker;

/// <summary>What a call may use: everything in it is asked of the host.</summary>
internal sealed class WorkerContext(Conversation host, OpenFiles files, long call, string idempotencyKey) : ComponentContext
{
    // More often than people can see it, progress would only fill the pipe.
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(50);
    private readonly Lock _gate = new();
    private long _reported;
    private bool _hasReported;
    private bool _hasEnded;

    /// <inheritdoc />
    public override string IdempotencyKey { get; } = idempotencyKey;

    /// <inheritdoc />
    public override TimeProvider Time => TimeProvider.System;

    /// <inheritdoc />
    public override void Report(double fraction, LocalizedText? message = null)
    {
        lock (_gate)
        {
            if (_hasEnded || double.IsNaN(fraction) || (_hasReported && fraction < 1 && Time.GetElapsedTime(_reported) < ProgressInterval))
            {
                return;
            }

            (_hasReported, _reported) = (true, Time.GetTimestamp());
            host.Send(new(FrameKind.Progress) { Id = call, Fraction = Math.Clamp(fraction, 0, 1), Message = message is null ? null : new(Cut(message.Zh), Cut(message.En)) });
        }
    }

    /// <inheritdoc />
    public override void Log(ComponentLogLevel level, string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        lock (_gate)
        {
            if (!_hasEnded)
            {
                host.Send(new(FrameKind.Log) { Id = call, Level = level, Text = Cut(message) });
            }
        }
    }

    /// <inheritdoc />
    public override async ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        var opened = new HostFile(host, files, call);
        return await opened.OpenAsync(file, cancellationToken).ConfigureAwait(false) is { } failure ? failure : opened;
    }

    /// <summary>What a component still says after its call has nobody to hear it.</summary>
    public void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
        }
    }

    private static string Cut(string text) => text.Length > Frames.MaxTextLength ? text[..Frames.MaxTextLength] : text;
}
