using Microsoft.Extensions.Logging;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>Starts the processes of workers: the first use looks at what the machine offers.</summary>
/// <param name="options">Where the programs work, and what is kept ready.</param>
/// <param name="grace">Time that a worker has to obey.</param>
/// <param name="time">Clock.</param>
/// <param name="logger">Where what goes wrong is said.</param>
internal sealed class WorkerFactory(WorkerOptions options, TimeSpan grace, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly HeldBytes _held = new(options.MaxHeldBytes);
    private readonly CancellationTokenSource _disposed = new();
    private WorkerStarter? _starter;
    private StageFolder? _stages;
    private Task<WorkerLaunch>? _launch;
    private WarmWorkers? _warm;

    /// <summary>Jailed processes that wait for a plugin.</summary>
    public WarmWorkers Warm
    {
        get
        {
            lock (_gate)
            {
                return _warm ??= new(options.Warm, () => StartAsync(isJailed: true, options, isSpare: true));
            }
        }
    }

    /// <summary>Starts a process without a plugin; null when it cannot be started, which is logged. A spare one has time to get ready for its first call.</summary>
    public async Task<WorkerProcess?> StartAsync(bool isJailed, WorkerOptions limits, bool isSpare = false)
    {
        WorkerStarter starter;
        Stage? stage;
        Task<WorkerLaunch> launch;
        lock (_gate)
        {
            starter = _starter ??= new();
            stage = isJailed ? (_stages ??= new(options.Folder)).Create() : null;
            launch = _launch ??= FindLaunchAsync(starter);
        }

        return await WorkerProcess.StartAsync(starter, (await launch.ConfigureAwait(false)).For(stage, limits, isSpare), stage, limits, _held, grace, time, logger).ConfigureAwait(false);
    }

    /// <summary>Ends the processes that wait for a plugin; those that were given away have ended before.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync().ConfigureAwait(false);
        if (_warm is not null)
        {
            await _warm.DisposeAsync().ConfigureAwait(false);
        }

        _starter?.Dispose();
        _stages?.Dispose();
        _disposed.Dispose();
    }

    private async Task<WorkerLaunch> FindLaunchAsync(WorkerStarter starter) =>
        new(WorkerPrograms.Find(), await Bubblewrap.FindAsync(options.Bubblewrap, starter, _disposed.Token).ConfigureAwait(false));
}
