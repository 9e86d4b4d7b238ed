using System.Text.Json;
using System.Threading.Channels;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Isolation.Wire;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>One call that a worker has not answered yet, and the files that it reads through the host.</summary>
/// <param name="worker">Who answers.</param>
/// <param name="id">Number of the call.</param>
/// <param name="componentId">The component.</param>
/// <param name="context">What the call may use; stays in the host.</param>
internal sealed class HostCall(WorkerProcess worker, long id, string componentId, ComponentContext context) : IAsyncDisposable
{
    private const int MaxOpenFiles = 16;
    private readonly TaskCompletionSource<Result<JsonElement>> _answer = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Channel<FrameHeader> _requests = Channel.CreateBounded<FrameHeader>(MaxOpenFiles * 2);
    private readonly Dictionary<long, Stream> _files = [];
    private readonly HostRequests _asked = new(worker, id, componentId, context);
    private Task _serving = Task.CompletedTask;
    private bool _isServing;
    private int _messages;
    private long _held;
    private volatile bool _hasEnded;
    private int _isAnswered;

    public string ComponentId => componentId;

    /// <summary>True when the worker was asked to end it.</summary>
    public bool IsCancelling { get; set; }

    /// <summary>What the worker answered, or why it did not; cancelled when it obeyed a cancellation.</summary>
    public Task<Result<JsonElement>> Answer => _answer.Task;

    /// <summary>Keeps what the component threw.</summary>
    public void Threw(string details) => (context as BrokeredContext)?.Threw(details);

    /// <summary>Keeps the room that its answer takes until somebody has taken that.</summary>
    public void Hold(long bytes)
    {
        Interlocked.Add(ref _held, bytes);
        if (_hasEnded)
        {
            LetGo();
        }
    }

    /// <summary>Answers it; who waits goes on elsewhere.</summary>
    public void Complete(Result<JsonElement> answer)
    {
        if (TryTake())
        {
            Complete(call => call._answer.SetResult(answer));
        }
    }

    /// <summary>Answers it; who waits goes on here and now.</summary>
    public void CompleteHere(Result<JsonElement> answer)
    {
        if (TryTake())
        {
            _answer.SetResult(answer);
        }
    }

    /// <summary>Ends it as its caller wished; who waits goes on elsewhere.</summary>
    public void Cancelled()
    {
        if (TryTake())
        {
            Complete(call => call._answer.SetCanceled());
        }
    }

    /// <summary>Hands a line or progress on; false when it was one too many.</summary>
    public bool Heard(FrameHeader header, int allowed)
    {
        if (++_messages > allowed)
        {
            return false;
        }

        if (header.Kind == FrameKind.Progress)
        {
            var fraction = header.Fraction ?? 0;
            context.Report(double.IsFinite(fraction) ? Math.Clamp(fraction, 0, 1) : 0, header.Message is { } m ? new(OneLine.Of(m.Zh), OneLine.Of(m.En)) : null);
        }
        else
        {
            var level = header.Level is { } l && Enum.IsDefined(l) ? l : ComponentLogLevel.Information;
            context.Log(new ComponentLogEntry(level, OneLine.Of(header.Text ?? "")) { Properties = BrokeredContext.ByName((header.Properties ?? []).Take(ComponentLogEntry.MaxProperties).Select(p => (OneLine.Of(p.Key), OneLine.Of(p.Value ?? "")))) });
        }

        return true;
    }

    /// <summary>Takes a request for a file; false when there are more than an honest worker has.</summary>
    public bool Requested(FrameHeader header)
    {
        if (!_isServing)
        {
            (_isServing, _serving) = (true, Task.Run(ServeAsync));
        }

        return _requests.Writer.TryWrite(header);
    }

    /// <summary>Takes a request for a capability.</summary>
    public void Asked(FrameHeader header, ReadOnlySpan<byte> body, int maxValues, Func<long> keepRoom) => _asked.Take(header, body, maxValues, keepRoom);

    /// <summary>The component waits for the answer of a request no more.</summary>
    public void GaveUp(long request) => _asked.Cancel(request);

    public async ValueTask DisposeAsync()
    {
        _hasEnded = true;
        LetGo();
        await _asked.DisposeAsync().ConfigureAwait(false);
        await _ended.CancelAsync().ConfigureAwait(false);
        _requests.Writer.TryComplete();
        await _serving.ConfigureAwait(false);
        foreach (var file in _files.Values)
        {
            await file.DisposeAsync().ConfigureAwait(false);
        }

        _ended.Dispose();
    }

    // The first answer counts.
    private bool TryTake() => Interlocked.Exchange(ref _isAnswered, 1) == 0;

    private void Complete(Action<HostCall> complete) => ThreadPool.UnsafeQueueUserWorkItem(complete, this, preferLocal: false);

    private void LetGo() => worker.GiveBack(Interlocked.Exchange(ref _held, 0));

    // One after the other: what a worker does not take holds its own reading, not the host's memory.
    private async Task ServeAsync()
    {
        var buffer = new byte[Frames.MaxChunkBytes];
        try
        {
            await foreach (var request in _requests.Reader.ReadAllAsync(_ended.Token).ConfigureAwait(false))
            {
                await ServeAsync(request, buffer, _ended.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The call has ended.
        }
#pragma warning disable CA1031 // The component would wait for its file for ever: whatever opening or reading it threw ends the call.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await worker.AbandonAsync(this, id, e).ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(FrameHeader request, byte[] buffer, CancellationToken ct)
    {
        var number = request.Stream ?? 0;
        switch (request.Kind)
        {
            case FrameKind.OpenFile when !_files.ContainsKey(number):
                var failure = _files.Count >= MaxOpenFiles ? Refusals.Limit("files", new($"一次调用最多打开 {MaxOpenFiles} 个文件。", $"A call opens at most {MaxOpenFiles} files."))
                    : (await context.OpenFileAsync(new FileReference(request.File ?? "", request.Name), ct).ConfigureAwait(false)).TryGet(out var opened, out var refused) ? Keep(number, opened) : refused;
                await worker.SendAsync(new(FrameKind.Opened) { Id = id, Stream = number, Failure = failure }, default, ct).ConfigureAwait(false);
                break;
            case FrameKind.ReadFile when _files.TryGetValue(number, out var file):
                var count = await file.ReadAsync(buffer.AsMemory(0, Math.Clamp(request.Count ?? 0, 1, buffer.Length)), ct).ConfigureAwait(false);
                await worker.SendAsync(new(FrameKind.Chunk) { Id = id, Stream = number }, buffer.AsMemory(0, count), ct).ConfigureAwait(false);
                break;
            case FrameKind.CloseFile when _files.Remove(number, out var closed):
                await closed.DisposeAsync().ConfigureAwait(false);
                break;
        }
    }

    private Failure? Keep(long number, Stream file)
    {
        _files[number] = file;
        return null;
    }
}
