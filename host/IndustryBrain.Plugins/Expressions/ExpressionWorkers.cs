using System.Collections.Concurrent;
using System.Text.Json;
using IndustryBrain.Plugins.Calls;
using IndustryBrain.Plugins.Isolation;
using IndustryBrain.Plugins.Limits;
using IndustryBrain.Scenarios.Expressions;
using IndustryBrain.Sdk;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustryBrain.Plugins.Expressions;

/// <summary>
/// The processes that expressions are parsed and evaluated in, one an organization: started as those of plugins are, jailed where the platform
/// has a jail, kept between expressions. What one evaluation does to its process reaches no other organization.
/// </summary>
/// <param name="options">Limits of the processes.</param>
/// <param name="limits">Limits of the languages, as JSON: the worker's to read.</param>
/// <param name="time">Clock.</param>
/// <param name="logger">Where what goes wrong is said.</param>
/// <param name="workers">Where workers are laid out and how they are confined; limits of plugins in it do not count here.</param>
public sealed class ExpressionWorkers(ExpressionOptions options, JsonElement limits, TimeProvider time, ILogger<ExpressionWorkers>? logger = null, WorkerOptions? workers = null) : IAsyncDisposable
{
    // The runtime reserves 2 GB for code and five times its heap; what is left above that bounds shared memory.
    private const long ReservedBytes = 3L << 30;
    private const int ReservedHeaps = 5;
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);
    private readonly InstalledPlugin _program = ExpressionProgram.Of(OperatingSystem.IsLinux() ? PluginTier.Jailed : PluginTier.Unjailed);
    private readonly WorkerPool _pool = new(Of(options, workers ?? new()), Grace, time, logger ?? NullLogger<ExpressionWorkers>.Instance);
    private readonly CallLimits _limits = new(options.StepTimeout, TimeSpan.Zero, int.MaxValue, int.MaxValue, Of(options, workers ?? new()), "");
    private readonly ConcurrentDictionary<string, OrganizationExpressions> _organizations = new(StringComparer.Ordinal);

    /// <summary>Numbers of the processes that run.</summary>
    public IReadOnlyList<int> Processes => _pool.Processes;

    internal TimeSpan StepTimeout => options.StepTimeout;

    /// <summary>What a step's expressions may wait for their process: two starts.</summary>
    internal TimeSpan StartTimeout => 2 * (workers ?? new()).StartTimeout;

    internal TimeProvider Time => time;

    /// <summary>Evaluates for one organization, in its own process.</summary>
    public IExpressionEvaluator Of(string organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return _organizations.GetOrAdd(organization, id => new(this, id));
    }

    /// <summary>Ends all processes.</summary>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    internal async Task<Result<JsonElement>> CallAsync(string organization, JsonElement request, CancellationToken ct)
    {
        using var guard = new CallGuard(ExpressionProgram.Component, _limits, time, ct);
        return await _pool.CallAsync(_program, organization, limits, ExpressionProgram.Component, request, new NothingForExpressions(time), guard).ConfigureAwait(false);
    }

    // Never tripped: what one person's expression did must not keep the others of the organization from theirs.
    private static WorkerOptions Of(ExpressionOptions options, WorkerOptions workers) => new()
    {
        Max = options.MaxWorkers,
        Warm = options.WarmWorkers,
        IdleTime = options.IdleTime,
        MemoryBytes = options.MemoryBytes,
        MaxCrashes = int.MaxValue,
        RestartDelay = TimeSpan.Zero,
        MaxMessages = 1,
        AddressSpaceBytes = (options.MemoryBytes * ReservedHeaps) + ReservedBytes,
        Folder = workers.Folder,
        MaxOpenFiles = workers.MaxOpenFiles,
        MaxProcesses = workers.MaxProcesses,
        StartTimeout = workers.StartTimeout,
        MaxOutputBytes = workers.MaxOutputBytes,
        MaxValues = workers.MaxValues,
        MaxHeldBytes = workers.MaxHeldBytes,
        HeldWait = workers.HeldWait,
        HeartbeatInterval = workers.HeartbeatInterval,
        Bubblewrap = workers.Bubblewrap,
    };
}
