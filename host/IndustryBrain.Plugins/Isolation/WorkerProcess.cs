using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Secrets;
using IndustryBrain.Plugins.Isolation.Wire;
using IndustryBrain.Plugins.Limits;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>One worker with one plugin version. Whatever it sends is judged as a stranger's: what no honest worker says ends it.</summary>
internal sealed partial class WorkerProcess : IAsyncDisposable
{
    private const int MaxMissedBeats = 3;

    // With less it cannot start a thread. One that stays there for so long does not get out of it: its runtime may fail to say so, and waits for ever instead.
    private const long LeastRoomBytes = 2 << 20;
    private static readonly TimeSpan LongestWithoutRoom = TimeSpan.FromSeconds(4);
    private readonly Process _process;
    private readonly WorkerOptions _options;
    private readonly TimeSpan _grace;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LastOutput _errors = new();
    private readonly ConcurrentDictionary<long, HostCall> _calls = new();
    private readonly FrameWriter _output;
    private readonly FrameReader _input;
    private readonly ReadingTurns _turns = new();
    private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Failure?> _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stage? _stage;
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HeldBytes _held;
    private string _organization = "";
    private long _room;
    private Redactor? _redactor;
    private Failure? _endedBy;
    private long _lastCall;
    private int _open;
    private int _strayMessages;
    private volatile bool _isBeatAsked;
    private int _missedBeats;
    private volatile bool _isFull;
    private long _fullSince;

    private WorkerProcess(Process process, Stage? stage, WorkerOptions options, HeldBytes held, TimeSpan grace, TimeProvider time, ILogger logger)
    {
        (_process, _stage, _options, _held, _grace, _time, _logger) = (process, stage, options, held, grace, time, logger);
        _output = new(new WorkerPipe(process).WriteAsync);
        _errors.Read(process.StandardError.BaseStream);
        WorkerPipe.Widen(process.StandardOutput.BaseStream);
        _input = new(process.StandardOutput.BaseStream, options.MaxOutputBytes, HasRoom);
        _turns.Start("worker frames", Read);
    }

    /// <summary>The plugin version that it serves, for good; null as long as it is kept ready for any.</summary>
    public InstalledPlugin? Plugin { get; private set; }

    /// <summary>Number of the process: the wrapper's where one is used.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Completes when the process is gone and all its calls are answered; true when it went by itself, which is a crash.</summary>
    public Task<bool> Ended => _ended.Task;

    /// <summary>Completes when it waits for a plugin, or is gone.</summary>
    public Task Greeted => _greeted.Task;

    private string PluginId => Plugin?.Manifest.Id ?? "";

    private string PluginVersion => Plugin?.Manifest.Version ?? "";

    /// <summary>Starts a worker without a plugin; null when it cannot be started at all. Whatever happens to it later is known when it is to load one.</summary>
    public static async Task<WorkerProcess?> StartAsync(WorkerStarter starter, ProcessStartInfo start, Stage? stage, WorkerOptions options, HeldBytes held, TimeSpan grace, TimeProvider time, ILogger logger)
    {
        try
        {
            return new(await starter.StartAsync(start).ConfigureAwait(false), stage, options, held, grace, time, logger);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or FileNotFoundException)
        {
            LogNotStarted(logger, e, start.FileName);
            stage?.Dispose();
            return null;
        }
    }

    /// <summary>Loads the plugin that it serves from now on: null, or IB1122, IB1123, or IB1103 when its assembly cannot be loaded; the worker is gone then.</summary>
    public async Task<Failure?> LoadAsync(InstalledPlugin plugin, string organization, JsonElement settings)
    {
        (Plugin, _organization) = (plugin, organization);
        Failure? failure;
        try
        {
            var assembly = ExpressionProgram.Is(plugin) ? null : _stage?.Fill(plugin) ?? Path.GetFullPath(plugin.EntryAssemblyPath);
            failure = await LoadAsync(assembly, settings).WaitAsync(_options.StartTimeout, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            failure = PluginFailures.WorkerNotStarted(plugin.Manifest.Id);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotLaidOut(e, plugin.Manifest.Id, plugin.Manifest.Version);
            failure = PluginFailures.LoadFailed(plugin.Manifest.Id);
        }

        if (failure is not null)
        {
            Kill(failure);
            await _ended.Task.ConfigureAwait(false);
        }

        return failure;
    }

    /// <summary>Calls a component; null when the worker had ended before, so that nothing was called.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; a component that did not obey within the grace period has ended with its worker.</exception>
    public async Task<Result<JsonElement>?> CallAsync(string componentId, JsonElement input, ComponentContext context, CancellationToken ct)
    {
        if (context is BrokeredContext brokered)
        {
            // One for all calls: a worker serves one plugin and one organization.
            _redactor = brokered.Redactor;
        }

        var id = Interlocked.Increment(ref _lastCall);
        await using var call = new HostCall(this, id, componentId, context);
        _calls[id] = call;
        var open = Interlocked.Increment(ref _open);
        try
        {
            if (_ended.Task.IsCompleted || _endedBy is not null)
            {
                return null;
            }

            var body = input.ValueKind == JsonValueKind.Undefined ? [] : JsonMarshal.GetRawUtf8Value(input);
            var sent = _output.SendAsync(new(FrameKind.Call) { Id = id, Component = componentId, Key = context.IdempotencyKey }, body, mayGather: open > 1);
            await (sent.IsCompletedSuccessfully ? Task.CompletedTask : sent.AsTask().WaitAsync(ct)).ConfigureAwait(false);
            return await call.Answer.WaitAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await StopAsync(call, id).ConfigureAwait(false);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _open);
            _calls.TryRemove(id, out _);
        }
    }

    /// <summary>Sends one frame; to a worker that has ended none.</summary>
    public Task SendAsync(FrameHeader header, ReadOnlyMemory<byte> body, CancellationToken ct) => _output.SendAsync(header, body.Span).AsTask().WaitAsync(ct);

    /// <summary>Asks for a sign of life, and ends a worker that missed three.</summary>
    public void Beat()
    {
        if (!_isBeatAsked)
        {
            // While a frame is being written to it, its calls' own time decides.
            if (!_output.IsWriting)
            {
                (_isBeatAsked, _missedBeats) = (true, 0);
                _ = SendAsync(new(FrameKind.Heartbeat), default, CancellationToken.None);
            }
        }
        else if (++_missedBeats >= MaxMissedBeats)
        {
            Kill(PluginFailures.WorkerEnded(PluginId));
        }
    }

    /// <summary>Takes notice of its memory, and ends a worker that holds more than its limit, by ways that the jail does not count, or that has had no room left for a while.</summary>
    /// <param name="held">What is its own, in bytes.</param>
    /// <param name="bytes">What the limit of the jail counts.</param>
    public void Fills(long held, long bytes)
    {
        if (_stage is not null && held > _options.MemoryBytes)
        {
            Kill(PluginFailures.MemoryExceeded(PluginId, _options.MemoryBytes));
            return;
        }

        if (_stage is null || bytes <= _options.MemoryBytes - LeastRoomBytes)
        {
            // One that has just ended has none: what was seen before tells why.
            _isFull &= bytes == 0;
            return;
        }

        _fullSince = _isFull ? _fullSince : _time.GetTimestamp();
        _isFull = true;
        if (_time.GetElapsedTime(_fullSince) >= LongestWithoutRoom)
        {
            Kill(PluginFailures.MemoryExceeded(PluginId, _options.MemoryBytes));
        }
    }

    /// <summary>Gives a call up that the host itself cannot serve.</summary>
    public Task AbandonAsync(HostCall call, long id, Exception why)
    {
        LogNotServed(why, call.ComponentId, PluginVersion);
        call.Complete(PluginFailures.ComponentThrew(call.ComponentId));
        return SendAsync(new(FrameKind.Cancel) { Id = id }, default, CancellationToken.None);
    }

    /// <summary>Gives back the room of what it has sent.</summary>
    public void GiveBack(long bytes) => _held.Leave(_organization, bytes);

    /// <summary>Says that a capability itself broke.</summary>
    public void RequestBroke(Exception why, string capability) => LogRequestBroke(why, capability, PluginId, PluginVersion);

    /// <summary>Ends the process at once; its calls are answered with <paramref name="why"/>.</summary>
    public void Kill(Failure why)
    {
        if (Interlocked.CompareExchange(ref _endedBy, why, null) is null && _open == 0 && Plugin is { } plugin && LimitMeters.IsLimit(why))
        {
            // No call will say so.
            LimitMeters.Record(plugin, why);
            LogEndedBetweenCalls(PluginId, PluginVersion, why.Code, why.Message.En);
        }

        try
        {
            _process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It is gone already.
        }
    }

    /// <summary>Asks the worker to end, ends it after the grace period, and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        Interlocked.CompareExchange(ref _endedBy, PluginFailures.WorkerStopped(PluginId), null);
        using var grace = new CancellationTokenSource(_grace, _time);
        try
        {
            await SendAsync(new(FrameKind.Stop), default, grace.Token).ConfigureAwait(false);
            await _ended.Task.WaitAsync(grace.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Kill(_endedBy!);
        }

        await _ended.Task.ConfigureAwait(false);
    }

    private async Task<Failure?> LoadAsync(string? assembly, JsonElement settings)
    {
        // Of a process that ended instead the reason is known.
        await _greeted.Task.ConfigureAwait(false);
        var load = new FrameHeader(FrameKind.Load) { Assembly = assembly, MaxOutputBytes = _options.MaxOutputBytes, GraceMilliseconds = (int)_grace.TotalMilliseconds };
        await SendAsync(load, JsonMarshal.GetRawUtf8Value(settings).ToArray(), CancellationToken.None).ConfigureAwait(false);
        return await _loaded.Task.ConfigureAwait(false);
    }

    private async Task StopAsync(HostCall call, long id)
    {
        call.IsCancelling = true;
        using var grace = new CancellationTokenSource(_grace, _time);
        try
        {
            await SendAsync(new(FrameKind.Cancel) { Id = id }, default, grace.Token).ConfigureAwait(false);
            await call.Answer.WaitAsync(grace.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (call.Answer.IsCanceled)
        {
        }
        catch (OperationCanceledException)
        {
            LogIgnoredCancellation(call.ComponentId, PluginVersion);
            Kill(PluginFailures.WorkerStopped(PluginId));
            await _ended.Task.ConfigureAwait(false);
        }
    }

    private void Read()
    {
        try
        {
            while (_input.Read() is { } frame)
            {
                var (call, answer) = Take(frame);
                GiveBack(KeepRoom());
                if (call is null)
                {
                    continue;
                }

                if (Volatile.Read(ref _open) == 1 && _turns.TryPass())
                {
                    call.CompleteHere(answer);
                    return;
                }

                call.Complete(answer);
            }
        }
        catch (IOException)
        {
            // The pipe broke: as its end.
        }
#pragma warning disable CA1031 // What a stranger sends must not leave a worker that nobody listens to, whatever it made our code throw.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogBroken(e, PluginId, PluginVersion);
            Kill(e switch
            {
                FrameException { IsTooLarge: true } => PluginFailures.OutputTooLarge(PluginId, _options.MaxOutputBytes),
                FrameException { IsWithoutRoom: true } => PluginFailures.NoRoom(PluginId, _options.HeldWait),
                _ => PluginFailures.ProtocolBroken(PluginId),
            });
        }

        _turns.End();
        GiveBack(KeepRoom());
        _ = EndAsync();
    }

    private bool HasRoom(int bytes)
    {
        _room = _held.TryEnter(_organization, bytes, _options.HeldWait) ? bytes : 0;
        return _room > 0;
    }

    // The room of the frame that was read last is its receiver's from now on.
    private long KeepRoom()
    {
        (var room, _room) = (_room, 0);
        return room;
    }

    // Without its output it is of no use, whatever else it does.
    private async Task EndAsync()
    {
        using var grace = new CancellationTokenSource(_grace, _time);
        try
        {
            await _process.WaitForExitAsync(grace.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Kill(PluginFailures.WorkerEnded(PluginId));
            await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await _errors.Ended.ConfigureAwait(false);
        var isCrash = _endedBy is null;
        var why = _endedBy ?? ReasonOfEnd();
        if (isCrash)
        {
            LogEnded(PluginId, PluginVersion, _process.ExitCode, OneLine.Of(_redactor?.Redact(_errors.Text) ?? _errors.Text));
        }

        _endedBy = why;
        _stage?.Dispose();
        _ended.TrySetResult(isCrash);
        _greeted.TrySetResult();
        _loaded.TrySetResult(why);
        foreach (var call in _calls.Values)
        {
            call.Complete(why);
        }

        _process.Dispose();
    }

    private Failure ReasonOfEnd() =>
        _process.ExitCode == JailRules.CannotConfine && !_loaded.Task.IsCompleted ? PluginFailures.CannotConfine(PluginId)
        : _isFull || _errors.Text.Contains("Out of memory", StringComparison.OrdinalIgnoreCase) || _errors.Text.Contains(nameof(OutOfMemoryException), StringComparison.Ordinal) ? PluginFailures.MemoryExceeded(PluginId, _options.MemoryBytes)
        : PluginFailures.WorkerEnded(PluginId);

    [LoggerMessage(Level = LogLevel.Error, Message = "A worker cannot be started with {Program}")]
    private static partial void LogNotStarted(ILogger logger, Exception exception, string program);

    [LoggerMessage(Level = LogLevel.Error, Message = "The files of plugin {PluginId} {PluginVersion} cannot be laid out for its process")]
    private partial void LogNotLaidOut(Exception exception, string pluginId, string pluginVersion);

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {PluginId} {PluginVersion} cannot be loaded: {Details}")]
    private partial void LogLoadFailed(string pluginId, string pluginVersion, string? details);

    [LoggerMessage(Level = LogLevel.Error, Message = "Component {ComponentId} {PluginVersion} threw in its worker: {Details}")]
    private partial void LogThrew(string componentId, string pluginVersion, string details);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Component {ComponentId} {PluginVersion} ignored its cancellation and is ended with its worker")]
    private partial void LogIgnoredCancellation(string componentId, string pluginVersion);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The worker of plugin {PluginId} {PluginVersion} is ended between calls ({Code}): {Reason}")]
    private partial void LogEndedBetweenCalls(string pluginId, string pluginVersion, string code, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The worker of plugin {PluginId} {PluginVersion} broke the protocol")]
    private partial void LogBroken(Exception exception, string pluginId, string pluginVersion);

    [LoggerMessage(Level = LogLevel.Error, Message = "A file that component {ComponentId} {PluginVersion} asked for cannot be served")]
    private partial void LogNotServed(Exception exception, string componentId, string pluginVersion);

    [LoggerMessage(Level = LogLevel.Error, Message = "Capability {Capability} failed for plugin {PluginId} {PluginVersion}")]
    private partial void LogRequestBroke(Exception exception, string capability, string pluginId, string pluginVersion);

    [LoggerMessage(Level = LogLevel.Error, Message = "The worker of plugin {PluginId} {PluginVersion} ended with {ExitCode}: {LastOutput}")]
    private partial void LogEnded(string pluginId, string pluginVersion, int exitCode, string lastOutput);
}
