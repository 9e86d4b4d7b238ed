using System.Collections.Concurrent;
using System.Text.Json;
using IndustryBrain.Plugins.Isolation.Wire;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Worker;

/// <summary>The requests for capabilities that the host has not answered, by their number.</summary>
internal sealed class OpenRequests
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource<Result<CapabilityAnswer>>> _open = new();
    private long _last;

    public (long Number, Task<Result<CapabilityAnswer>> Answered) Add()
    {
        var number = Interlocked.Increment(ref _last);
        var answered = new TaskCompletionSource<Result<CapabilityAnswer>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[number] = answered;
        return (number, answered.Task);
    }

    /// <summary>Forgets a request of a call that has ended: the host answers it no more.</summary>
    public void Remove(long number, bool isForgotten)
    {
        if (isForgotten)
        {
            _open.TryRemove(number, out _);
        }
    }

    public void Answered(FrameHeader header, ReadOnlySpan<byte> body)
    {
        if (!_open.TryRemove(header.Request ?? 0, out var open))
        {
            return;
        }

        var jsonBytes = Math.Clamp(header.JsonBytes ?? 0, 0, body.Length);
        open.TrySetResult(header.Failure is { } failure ? failure
            : new CapabilityAnswer(jsonBytes == 0 ? default : JsonElement.Parse(body[..jsonBytes]), body[jsonBytes..].ToArray()));
    }
}
