using System.Text.Json;
using IndustryBrain.Plugins.Isolation.Wire;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>The requests for capabilities that one call has made and the host has not answered. They run side by side.</summary>
/// <param name="worker">Who asks.</param>
/// <param name="call">Number of the call.</param>
/// <param name="componentId">The component that asks.</param>
/// <param name="context">What answers.</param>
internal sealed class HostRequests(WorkerProcess worker, long call, string componentId, ComponentContext context) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, (Task Served, CancellationTokenSource Cancelled)> _open = [];
    private bool _hasEnded;

    /// <summary>Takes a request.</summary>
    /// <param name="header">What is asked for.</param>
    /// <param name="body">Arguments and content.</param>
    /// <param name="maxValues">Values that the arguments may have.</param>
    /// <param name="keepRoom">Keeps the room that they take in the host, once it is known that they are served.</param>
    /// <exception cref="FrameException">No honest worker makes it.</exception>
    public void Take(FrameHeader header, ReadOnlySpan<byte> body, int maxValues, Func<long> keepRoom)
    {
        if (header is not { Request: { } number, Capability: { } capability, Operation: { } operation, JsonBytes: { } jsonBytes } || jsonBytes < 0 || jsonBytes > body.Length || body.Length > Frames.MaxRequestBytes)
        {
            throw new FrameException("A request for a capability that is none.");
        }

        Result<CapabilityRequest> request;
        try
        {
            request = jsonBytes > 0 && JsonSize.Exceeds(body[..jsonBytes], maxValues)
                ? PluginFailures.TooManyValues(componentId, maxValues)
                : new CapabilityRequest(capability, operation, jsonBytes == 0 ? default : JsonElement.Parse(body[..jsonBytes]), body[jsonBytes..].ToArray());
        }
        catch (JsonException e)
        {
            throw new FrameException($"Arguments that cannot be read: {e.Message}");
        }

        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            if (_open.Count >= Frames.MaxRequests || _open.ContainsKey(number))
            {
                throw new FrameException("More requests for capabilities than a worker makes.");
            }

            var held = keepRoom();
            var cancelled = new CancellationTokenSource();
            _open[number] = (Task.Run(() => ServeAsync(number, capability, request, held, cancelled.Token), CancellationToken.None), cancelled);
        }
    }

    public void Cancel(long number)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(number, out var open))
            {
                _ = open.Cancelled.CancelAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<(Task Served, CancellationTokenSource Cancelled)> open;
        lock (_gate)
        {
            _hasEnded = true;
            open = [.. _open.Values];
        }

        foreach (var (served, cancelled) in open)
        {
            await cancelled.CancelAsync().ConfigureAwait(false);
            await served.ConfigureAwait(false);
            cancelled.Dispose();
        }
    }

    private async Task ServeAsync(long number, string capability, Result<CapabilityRequest> request, long held, CancellationToken ct)
    {
        FrameHeader header;
        ReadOnlyMemory<byte> body = default;
        try
        {
            if (!request.TryGet(out var taken, out var failure))
            {
                header = new(FrameKind.Answer) { Id = call, Request = number, Failure = failure };
            }
            else if ((await context.RequestAsync(taken, ct).ConfigureAwait(false)).TryGet(out var answer, out failure))
            {
                var json = JsonSerializer.SerializeToUtf8Bytes(answer.Value);
                header = new(FrameKind.Answer) { Id = call, Request = number, JsonBytes = json.Length };
                body = (byte[])[.. json, .. answer.Content.Span];
            }
            else
            {
                header = new(FrameKind.Answer) { Id = call, Request = number, Failure = failure };
            }
        }
        catch (OperationCanceledException)
        {
            // The worker still waits, to know when it may ask again.
            header = new(FrameKind.Answer) { Id = call, Request = number, Failure = Refusals.CapabilityUnusable(capability) };
        }
#pragma warning disable CA1031 // The component would wait for ever: whatever serving it threw is a failure of its request.
        catch (Exception e)
#pragma warning restore CA1031
        {
            worker.RequestBroke(e, OneLine.Of(capability));
            header = new(FrameKind.Answer) { Id = call, Request = number, Failure = Refusals.CapabilityUnusable(capability) };
        }

        worker.GiveBack(held);

        // Before it is sent: the worker may ask again as soon as it has it.
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            _open.Remove(number, out _);
        }

        await worker.SendAsync(header, body, CancellationToken.None).ConfigureAwait(false);
    }
}
