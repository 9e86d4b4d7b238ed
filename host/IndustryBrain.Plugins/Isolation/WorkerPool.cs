using System.Text.Json;
using IndustryBrain.Plugins.Calls;
using IndustryBrain.Plugins.Limits;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>The workers of a host: started at the first call, ended when idle, held back when they crash.</summary>
/// <param name="options">Limits.</param>
/// <param name="grace">Time that a worker has to obey.</param>
/// <param name="time">Clock.</param>
/// <param name="logger">Where what goes wrong is said.</param>
internal sealed partial class WorkerPool(WorkerOptions options, TimeSpan grace, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<WorkerKey, WorkerSlot> _slots = [];
    private readonly CancellationTokenSource _disposed = new();
    private readonly ProcessorWatch _watch = new(time, options.LookInterval, options.IdleProcessorTime);
    private readonly List<WorkerSlot> _waiting = [];
    private readonly WorkerFactory _factory = new(options, grace, time, logger);
    private ITimer? _rounds;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Numbers of the processes that run.</summary>
    public IReadOnlyList<int> Processes
    {
        get
        {
            lock (_gate)
            {
                return [.. _slots.Values.Select(Running).OfType<WorkerProcess>().Where(w => !w.Ended.IsCompleted).Select(w => w.ProcessId)];
            }
        }
    }

    /// <summary>Gets ready for the first call of a plugin of this tier.</summary>
    public void Prepare(PluginTier tier)
    {
        if (tier == PluginTier.Jailed)
        {
            _factory.Warm.Fill();
        }
    }

    /// <summary>Numbers of the processes that are kept ready.</summary>
    public IReadOnlyList<int> ReadyProcesses => _factory.Warm.Processes;

    /// <summary>Completes when the processes that are kept ready are.</summary>
    public Task ReadyAsync() => _factory.Warm.ReadyAsync();

    /// <summary>Calls a component in the worker of its plugin, which is started when it does not run.</summary>
    public async Task<Result<JsonElement>> CallAsync(InstalledPlugin plugin, string organization, JsonElement settings, string componentId, JsonElement input, ComponentContext context, CallGuard guard)
    {
        var ct = guard.Token;
        var slot = Enter(WorkerKey.Of(plugin, organization, settings.GetRawText() + guard.Limits.ProcessKey), settings, guard.Limits);
        try
        {
            while (true)
            {
                ct.ThrowIfCancellationRequested();
                Task<Result<WorkerProcess>> starting;
                lock (_gate)
                {
                    if (HeldBack(slot, plugin) is { } refused)
                    {
                        return refused;
                    }

                    // Of its own, because others may wait for it when this caller has given up.
                    starting = slot.Worker ??= Task.Run(() => StartAsync(slot, plugin), CancellationToken.None);
                }

                if (!(await starting.WaitAsync(ct).ConfigureAwait(false)).TryGet(out var worker, out var failure))
                {
                    return failure;
                }

                guard.Restart();
                using var watched = _watch.Begin(worker, guard);
                if (await worker.CallAsync(componentId, input, context, ct).ConfigureAwait(false) is { } answer)
                {
                    Answered(slot, worker);
                    return answer;
                }

                // It had ended in that moment.
                await worker.Ended.WaitAsync(ct).ConfigureAwait(false);
                Settle(slot, worker);
            }
        }
        finally
        {
            Leave(slot);
        }
    }

    /// <summary>True when a process of this plugin version runs or starts.</summary>
    public bool Runs(InstalledPlugin plugin) => Slots(plugin, slot => slot.Worker is not null).Any(runs => runs);

    /// <summary>True when this plugin version crashed so often that it is not started again.</summary>
    public bool IsTripped(InstalledPlugin plugin) => Slots(plugin, slot => slot.Crashes.Count >= options.MaxCrashes).Any(tripped => tripped);

    /// <summary>Numbers of the processes of this plugin version.</summary>
    public IReadOnlyList<int> ProcessesOf(InstalledPlugin plugin) => [.. Slots(plugin, Running).OfType<WorkerProcess>().Where(w => !w.Ended.IsCompleted).Select(w => w.ProcessId)];

    private List<T> Slots<T>(InstalledPlugin plugin, Func<WorkerSlot, T> read)
    {
        var key = WorkerKey.Of(plugin);
        lock (_gate)
        {
            return [.. _slots.Where(s => s.Key with { Organization = "", Settings = "" } == key).Select(s => read(s.Value))];
        }
    }

    /// <summary>Ends the workers of a plugin version.</summary>
    public async Task StopAsync(InstalledPlugin plugin)
    {
        var key = WorkerKey.Of(plugin);
        List<WorkerSlot> slots;
        lock (_gate)
        {
            var keys = _slots.Keys.Where(k => k with { Organization = "", Settings = "" } == key).ToList();
            slots = [.. keys.Select(k => _slots[k])];
            keys.ForEach(k => _slots.Remove(k));
            slots.ForEach(s => s.IsClosed = true);
        }

        await EndAsync(slots).ConfigureAwait(false);
    }

    /// <summary>Lets a tripped plugin version start again.</summary>
    public void Reset(string pluginId, string version)
    {
        lock (_gate)
        {
            foreach (var (key, slot) in _slots)
            {
                if (key.Version == version && string.Equals(key.PluginId, pluginId, StringComparison.OrdinalIgnoreCase))
                {
                    slot.Crashes.Forget();
                }
            }
        }
    }

    /// <summary>Ends all workers.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync().ConfigureAwait(false);
        List<WorkerSlot> slots;
        lock (_gate)
        {
            slots = [.. _slots.Values];
            _slots.Clear();
            slots.ForEach(s => s.IsClosed = true);
        }

        if (_rounds is not null)
        {
            await _rounds.DisposeAsync().ConfigureAwait(false);
        }

        _watch.Dispose();
        await EndAsync(slots).ConfigureAwait(false);
        await _factory.DisposeAsync().ConfigureAwait(false);
    }

    private static WorkerProcess? Running(WorkerSlot slot) =>
        slot.Worker is { IsCompletedSuccessfully: true } started && started.Result.TryGet(out var worker, out _) ? worker : null;

    private WorkerSlot Enter(WorkerKey key, JsonElement settings, CallLimits limits)
    {
        WorkerSlot? slot;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
            if (_slots.TryGetValue(key, out slot) && !slot.IsRetired)
            {
                slot.Calls++;
                return slot;
            }

            slot ??= new(key.Organization, settings.Clone(), limits.ProcessKey.Length == 0 ? null : limits.Worker);
            (slot.IsRetired, slot.Calls) = (false, slot.Calls + 1);
            foreach (var (other, older) in _slots)
            {
                older.IsRetired |= other != key && other with { Settings = key.Settings } == key;
            }

            _slots[key] = slot;
        }

        EndRetired();
        return slot;
    }

    // A worker keeps the settings that it began with until its calls have ended.
    private void EndRetired()
    {
        List<WorkerSlot> retired;
        lock (_gate)
        {
            var keys = _slots.Where(s => s.Value is { IsRetired: true, Calls: 0 }).Select(s => s.Key).ToList();
            retired = [.. keys.Select(k => _slots[k])];
            keys.ForEach(k => _slots.Remove(k));
            retired.ForEach(s => s.IsClosed = true);
        }

        if (retired.Count > 0)
        {
            _ = EndAsync(retired);
        }
    }

    private void Leave(WorkerSlot slot)
    {
        lock (_gate)
        {
            slot.Calls--;
            slot.LastUsed = time.GetTimestamp();
        }

        if (slot.IsRetired)
        {
            EndRetired();
        }

        Changed();
    }

    private Failure? HeldBack(WorkerSlot slot, InstalledPlugin plugin)
    {
        if (slot.IsClosed)
        {
            return PluginFailures.WorkerStopped(plugin.Manifest.Id);
        }

        return slot.Worker is null ? slot.Crashes.HeldBack(plugin.Manifest.Id, options, time) : null;
    }

    // An answer of a worker that lives: whatever it says, the plugin does not crash.
    private void Answered(WorkerSlot slot, WorkerProcess worker)
    {
        lock (_gate)
        {
            if (!worker.Ended.IsCompleted)
            {
                slot.Crashes.Forget();
                return;
            }
        }

        Settle(slot, worker);
    }

    // Whoever notices first that a worker has ended empties its slot and counts a crash: its callers before they have their answer, so that the next call finds it counted.
    private void Settle(WorkerSlot slot, WorkerProcess worker)
    {
        lock (_gate)
        {
            if (!worker.Ended.IsCompletedSuccessfully || Running(slot) != worker)
            {
                return;
            }

            slot.Clear();
            if (worker.Ended.Result)
            {
                Count(slot, worker.Plugin!, startFailure: null);
            }
        }

        Changed();
    }

    private async Task<Result<WorkerProcess>> StartAsync(WorkerSlot slot, InstalledPlugin plugin)
    {
        await MakeRoomAsync(slot).ConfigureAwait(false);
        lock (_gate)
        {
            _rounds ??= time.CreateTimer(_ => GoRound(), null, options.HeartbeatInterval, options.HeartbeatInterval);
        }

        // One with limits of its own is started for it: those that are kept ready have the usual ones.
        var isJailed = plugin.Tier == PluginTier.Jailed;
        var worker = isJailed && slot.Limits is null ? await _factory.Warm.TakeAsync().ConfigureAwait(false) : null;
        if (worker is null || await worker.LoadAsync(plugin, slot.Organization, slot.Settings).ConfigureAwait(false) is not null)
        {
            // One that was ready may have been gone already without anybody's notice: only what happens to a new one is the plugin's.
            worker = await _factory.StartAsync(isJailed, slot.Limits ?? options).ConfigureAwait(false);
            if ((worker is null ? PluginFailures.WorkerNotStarted(plugin.Manifest.Id) : await worker.LoadAsync(plugin, slot.Organization, slot.Settings).ConfigureAwait(false)) is { } failure)
            {
                NotStarted(slot, plugin, failure);
                return failure;
            }
        }

        _ = WatchAsync(slot, worker!);
        Prepare(plugin.Tier);
        return worker!;
    }

    private async Task MakeRoomAsync(WorkerSlot mine)
    {
        lock (_gate)
        {
            _waiting.Add(mine);
        }

        try
        {
            while (true)
            {
                WorkerSlot? idle;
                Task changed;
                lock (_gate)
                {
                    if (TakesPlace(mine, out idle))
                    {
                        return;
                    }

                    changed = _changed.Task;
                }

                if (idle is null)
                {
                    await changed.WaitAsync(_disposed.Token).ConfigureAwait(false);
                }
                else
                {
                    await EndAsync([idle]).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            lock (_gate)
            {
                _waiting.Remove(mine);
            }

            Changed();
        }
    }

    // One organization holds its share at most. The next place is for the one that holds fewest, and there for who has waited longest.
    private bool TakesPlace(WorkerSlot mine, out WorkerSlot? idle)
    {
        idle = null;
        var held = _slots.Values.Where(s => s.HasPlace).CountBy(s => s.Organization).ToDictionary(StringComparer.Ordinal);
        var (mineHeld, share) = (held.GetValueOrDefault(mine.Organization), FairShare.Of(options.Max));
        if (mineHeld < share && _waiting.Where(s => held.GetValueOrDefault(s.Organization) < share).MinBy(s => held.GetValueOrDefault(s.Organization)) != mine)
        {
            return false;
        }

        mine.HasPlace = mineHeld < share && held.Values.Sum() < options.Max;
        idle = mine.HasPlace ? null : _slots.Values.Where(s => s != mine && s.Calls == 0 && Running(s) is not null && (mineHeld < share || s.Organization == mine.Organization)).MinBy(s => s.LastUsed);
        return mine.HasPlace;
    }

    private async Task WatchAsync(WorkerSlot slot, WorkerProcess worker)
    {
        await worker.Ended.ConfigureAwait(false);
        Settle(slot, worker);
    }

    private void NotStarted(WorkerSlot slot, InstalledPlugin plugin, Failure why)
    {
        lock (_gate)
        {
            slot.Clear();
            Count(slot, plugin, why);
        }

        Changed();
    }

    private void Count(WorkerSlot slot, InstalledPlugin plugin, Failure? startFailure)
    {
        slot.Crashes.Add(time.GetTimestamp(), startFailure);
        if (slot.Crashes.Count == options.MaxCrashes)
        {
            LogTripped(plugin.Manifest.Id, plugin.Manifest.Version, slot.Crashes.Count);
        }
    }

    private void Changed()
    {
        lock (_gate)
        {
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void GoRound()
    {
        List<WorkerSlot> idle;
        lock (_gate)
        {
            idle = [.. _slots.Values.Where(s => s.Calls == 0 && Running(s) is not null && time.GetElapsedTime(s.LastUsed) >= options.IdleTime)];
            foreach (var worker in _slots.Values.Except(idle).Select(Running).OfType<WorkerProcess>())
            {
                worker.Beat();
            }
        }

        _ = EndAsync(idle);
    }

    private async Task EndAsync(IReadOnlyList<WorkerSlot> slots)
    {
        List<Task<Result<WorkerProcess>>> workers;
        lock (_gate)
        {
            workers = [.. slots.Select(s => s.Worker).OfType<Task<Result<WorkerProcess>>>()];
            foreach (var slot in slots)
            {
                slot.Clear();
            }
        }

        Changed();
        await Task.WhenAll(workers.Select(async starting =>
        {
            try
            {
                if ((await starting.ConfigureAwait(false)).TryGet(out var worker, out _))
                {
                    await worker.DisposeAsync().ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException)
            {
                // It was waiting for room when the host ended.
            }
        })).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {PluginId} {PluginVersion} crashed {Crashes} times in a row and is tripped")]
    private partial void LogTripped(string pluginId, string pluginVersion, int crashes);
}
