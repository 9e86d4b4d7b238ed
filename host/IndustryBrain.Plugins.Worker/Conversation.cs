using System.Collections.Concurrent;
using System.Text.Json;
using IndustryBrain.Plugins.Isolation.Wire;
using IndustryBrain.Plugins.Loading;

namespace IndustryBrain.Plugins.Worker;

/// <summary>Answers the host's frames. A call that comes alone runs on the thread that read it, while the other one reads on; several run on the pool.</summary>
internal sealed class Conversation(Stream input, Stream output)
{
    private const int MaxInputBytes = 1 << 30;
    private readonly FrameReader _input = new(input, MaxInputBytes);
    private readonly ReadingTurns _turns = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FrameWriter _output = new(bytes =>
    {
        output.Write(bytes.Span);
        return default;
    });

    private readonly ConcurrentDictionary<long, WorkerCall> _calls = new();
    private readonly OpenFiles _files = new();
    private readonly OpenRequests _requests = new();
    private volatile ComponentSet? _components;
    private volatile Func<JsonElement, CancellationToken, ValueTask<JsonElement>>? _expressions;
    private readonly IdleMemory _memory = new();
    private int _maxOutputBytes;
    private TimeSpan _grace;

    /// <summary>Completes when the host says so or is gone.</summary>
    public Task RunAsync()
    {
        Send(new(FrameKind.Hello) { Protocol = FrameHeader.ProtocolVersion });
        _turns.Start("frames", Read);
        return _ended.Task;
    }

    /// <summary>Stops the components; the host may be gone, so that the time for it is the worker's own to keep.</summary>
    public async Task StopAsync()
    {
        using var time = new CancellationTokenSource(_grace);
        try
        {
            await (_components?.StopAsync(time.Token) ?? Task.CompletedTask).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Foreign code: whatever it throws, the worker ends.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Console.Error.WriteLine(e.Message);
        }
    }

    /// <summary>Sends one frame.</summary>
    public void Send(FrameHeader header, ReadOnlySpan<byte> body = default, bool mayGather = false)
    {
        var sent = _output.SendAsync(header, body, mayGather);
        if (!sent.IsCompletedSuccessfully)
        {
            // The host takes no more for now: whoever fills its pipe waits.
            sent.AsTask().GetAwaiter().GetResult();
        }
    }

    private void Read()
    {
        try
        {
            while (_input.Read() is { } frame && frame.Header.Kind != FrameKind.Stop)
            {
                if (frame.Header.Kind != FrameKind.Call)
                {
                    Answer(frame);
                    continue;
                }

                var isAlone = _calls.IsEmpty;
                var (call, value) = Take(frame);
                if (isAlone && _turns.TryPass())
                {
                    _ = AnswerAsync(call, value);
                    return;
                }

                _ = Task.Run(() => AnswerAsync(call, value));
            }
        }
        catch (Exception e) when (e is IOException or FrameException)
        {
            Console.Error.WriteLine(e.Message);
        }
        catch (OutOfMemoryException)
        {
            Native.End(isOutOfMemory: true);
        }

        _turns.End();
        _ended.TrySetResult();
    }

    private void Answer(Frame frame)
    {
        var header = frame.Header;
        switch (header.Kind)
        {
            case FrameKind.Load:
                _maxOutputBytes = header.MaxOutputBytes ?? int.MaxValue;
                _grace = TimeSpan.FromMilliseconds(header.GraceMilliseconds ?? 0);
                var settings = JsonElement.Parse(frame.Body.Length == 0 ? "{}"u8 : frame.Body.Span);
                _ = Task.Run(() => LoadOrEnd(header.Assembly, settings));
                break;
            case FrameKind.Cancel when _calls.TryGetValue(header.Id, out var call):
                call.Cancel();
                break;
            case FrameKind.Opened:
                _files.Opened(header.Stream ?? 0, header.Failure);
                break;
            case FrameKind.Chunk:
                _files.Received(header.Stream ?? 0, frame.Body.Span);
                break;
            case FrameKind.Answer:
                _requests.Answered(header, frame.Body.Span);
                break;
            case FrameKind.Heartbeat:
                Send(header);
                _memory.Beat(isIdle: _calls.IsEmpty);
                break;
        }
    }

    private (WorkerCall Call, JsonElement Value) Take(Frame frame)
    {
        var header = frame.Header;
        var value = frame.Body.Length == 0 ? default : JsonElement.Parse(frame.Body.Span, new JsonDocumentOptions { MaxDepth = _expressions is null ? 0 : Frames.MaxExpressionDepth });
        var call = new WorkerCall(header.Id, header.Component!, new WorkerContext(this, _files, _requests, header.Id, header.Key ?? ""), _maxOutputBytes);
        _calls[header.Id] = call;
        _memory.Called();
        return (call, value);
    }

    private async Task AnswerAsync(WorkerCall call, JsonElement value)
    {
        try
        {
            var (answer, body) = await call.RunAsync(_components, _expressions, value).ConfigureAwait(false);
            _calls.TryRemove(call.Id, out _);
            call.Dispose();
            try
            {
                Send(answer, body.Span, mayGather: !_calls.IsEmpty);
            }
            catch (FrameException)
            {
                // A failure whose own words do not fit a header.
                Send(new(FrameKind.Failure) { Id = call.Id, Reason = FailureReason.OutputTooLarge });
            }
        }
#pragma warning disable CA1031 // Nobody hears what is thrown here, and the host would wait for an answer that never comes: most likely there is no memory for it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Native.End(ThrownFailure.IsOutOfMemory(e));
        }
    }

    private void LoadOrEnd(string? assembly, JsonElement settings)
    {
        try
        {
            Load(assembly, settings);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Native.End(ThrownFailure.IsOutOfMemory(e));
        }
    }

    // What a worker has loaded stays loaded as long as it lives.
    private void Load(string? assembly, JsonElement settings)
    {
        try
        {
            if (assembly is null)
            {
                _expressions = ExpressionProgram.Start(settings);
            }
            else
            {
                _components = new(PluginAssembly.Create(PluginAssembly.Open(assembly)), settings);
            }
        }
#pragma warning disable CA1031 // A plugin's assembly and constructors are foreign code: whatever they throw is the plugin's failure.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Send(ThrownFailure.Describe(e, call: 0, FailureReason.NotLoaded));
            return;
        }

        Send(new(FrameKind.Loaded));
    }
}
