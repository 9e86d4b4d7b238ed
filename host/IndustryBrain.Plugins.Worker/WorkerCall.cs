using System.Runtime.InteropServices;
using System.Text.Json;
using IndustryBrain.Plugins.Isolation.Wire;
using IndustryBrain.Plugins.Loading;

namespace IndustryBrain.Plugins.Worker;

/// <summary>One call under way.</summary>
internal sealed class WorkerCall(long id, string component, WorkerContext context, int maxOutputBytes) : IDisposable
{
    private readonly CancellationTokenSource _cancelled = new();

    public long Id { get; } = id;

    /// <summary>Asks the component to end. Its registrations run elsewhere: the thread that reads frames must not wait for them.</summary>
    public void Cancel()
    {
        try
        {
            _ = _cancelled.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The call ended while its cancellation was on the way.
        }
    }

    /// <summary>Runs the component and gives the frame that answers the call.</summary>
    public async Task<(FrameHeader Answer, ReadOnlyMemory<byte> Body)> RunAsync(ComponentSet? components, Func<JsonElement, CancellationToken, ValueTask<JsonElement>>? expressions, JsonElement input)
    {
        try
        {
            if (expressions is not null)
            {
                return Result(await expressions(input, _cancelled.Token).ConfigureAwait(false));
            }

            if (components is null || !components.Has(component))
            {
                return (Failed(FailureReason.Absent), default);
            }

            if (!(await components.ReadyAsync(component, _cancelled.Token).ConfigureAwait(false)).TryGet(out var ready, out var failure))
            {
                return (new(FrameKind.Failure) { Id = Id, Reason = FailureReason.NotConfigured, Failure = failure }, default);
            }

            context.Debugged = SourcePlace.IsKnown(ready.GetType().Assembly) ? ready.GetType().Assembly : null;
            var result = await ready.InvokeAsync(input, context, _cancelled.Token).ConfigureAwait(false);
            if (!result.TryGet(out var output, out failure))
            {
                return (new(FrameKind.Failure) { Id = Id, Failure = failure }, default);
            }

            return Result(output);
        }
        catch (OperationCanceledException) when (_cancelled.IsCancellationRequested)
        {
            return (Failed(FailureReason.Cancelled), default);
        }
#pragma warning disable CA1031 // Foreign code: whatever it throws is the component's failure, not the worker's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return (ThrownFailure.Describe(e, Id, FailureReason.Threw), default);
        }
        finally
        {
            context.End();
        }
    }

    public void Dispose() => _cancelled.Dispose();

    private (FrameHeader Answer, ReadOnlyMemory<byte> Body) Result(JsonElement output)
    {
        var body = JsonMarshal.GetRawUtf8Value(output);
        return body.Length > maxOutputBytes ? (Failed(FailureReason.OutputTooLarge), default) : (new(FrameKind.Result) { Id = Id }, body.ToArray());
    }

    private FrameHeader Failed(FailureReason reason) => new(FrameKind.Failure) { Id = Id, Reason = reason };
}
