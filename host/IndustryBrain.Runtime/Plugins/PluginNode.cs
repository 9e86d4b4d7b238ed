using System.Text.Json;
using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Trust;
using IndustryBrain.Runtime.Runs.Nodes;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Storage;
using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Plugins;

/// <summary>Lets this node follow the records of the plugins: takes packages that it lacks, lets the right version answer, and unloads what nobody uses any more.</summary>
internal sealed partial class PluginNode(
    PluginDirectory directory, PluginHost plugins, PluginInstaller installer, PackageStore packages, PluginUse use, Settings.PluginSettings settings, Library.PublishedScenarios published, IOrganizationSessions sessions, IOptions<PluginTrustOptions> trust, TimeProvider time, OutageLog outage, ILogger<PluginNode> logger) : BackgroundService
{
    /// <summary>Looked at now and then, in case news got lost.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookWhileDraining = TimeSpan.FromSeconds(1);

    /// <summary>A run that was accepted while the plugin was being removed is on record after this.</summary>
    private static readonly TimeSpan RemovalGrace = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<string, Failure> _failures = new(StringComparer.Ordinal);
    private readonly Runs.Execution.ChangeSignal _wake = new();
    private TrustStore _trusted = TrustStore.Empty;

    /// <summary>When this node began.</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>The records have changed.</summary>
    public void Wake() => _wake.Pulse();

    /// <summary>Why a version cannot be used on this node; null when it can.</summary>
    public Failure? FailureOf(PluginPin pin)
    {
        lock (_failures)
            return _failures.GetValueOrDefault(KeyOf(pin));
    }

    /// <summary>Reads the records and does what they say.</summary>
    public async Task CatchUpAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            await FollowAsync(ct);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Calls a component in the versions that a run holds on to; a version that is not here yet is fetched first.</summary>
    public async ValueTask<Result<JsonElement>> CallAsync(string componentId, IReadOnlyDictionary<string, PluginPin>? pins, JsonElement input, ComponentContext context, string organization, CancellationToken ct)
    {
        await EnsureAsync(pins, ct);
        return await plugins.CallAsync(componentId, pins, input, context, organization, ct);
    }

    /// <summary>Makes the versions that a run holds on to known on this node.</summary>
    public async ValueTask EnsureAsync(IReadOnlyDictionary<string, PluginPin>? pins, CancellationToken ct)
    {
        if (pins?.Values.Any(pin => plugins.Find(pin) is null) == true)
            await CatchUpAsync(ct);
    }

    /// <summary>Why a new run may not use these versions, or null when it may.</summary>
    public async ValueTask<Failure?> RefusesAsync(IReadOnlyDictionary<string, PluginPin> pins, CancellationToken ct)
    {
        Failure? Refusal() => pins.Values.Select(directory.Refuses).FirstOrDefault(refusal => refusal is not null);
        if (Refusal() is null)
            return null;

        // A scenario is moved to another version before every node has read the plugin's record.
        await CatchUpAsync(ct);
        return Refusal();
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wake = _wake.Next;
            var wait = LookEvery;
            try
            {
                await CatchUpAsync(stoppingToken);
                if (await DrainAsync(stoppingToken))
                    wait = LookWhileDraining;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The edge of a background task: what fails now is tried again, and must not end the host.
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (DatabaseOutage.IsOutage(e))
                    outage.Failed(e);
                else
                    LogNotFollowed(logger, e);
            }

            using var woken = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(wake, Task.Delay(wait, time, woken.Token));
            await woken.CancelAsync();
        }
    }

    private async Task FollowAsync(CancellationToken ct)
    {
        await using var session = sessions.OpenPlatform();
        var records = await session.Query<PluginInstallation>().ToListAsync(ct);
        directory.Set(records);
        settings.Forget();
        published.Forget();
        if (TrustStore.Read(trust.Value.Folder).TryGet(out var trusted, out var unreadable))
            _trusted = trusted;
        else
            LogTrustNotRead(logger, unreadable.Code, unreadable.Message.En);

        // A component belongs to the first that has it: what nobody has consented to keeps it from nobody.
        foreach (var record in records.OrderBy(r => r.ActiveVersion is null))
        {
            foreach (var version in record.Versions)
                await LoadAsync(record, version, ct);
            plugins.Limit(record.PluginId, record.Limits);
            plugins.Choose(record.PluginId, record.AnswersNow && record.Active is { } active && Revoked(active) is null ? record.ActiveVersion : null);
        }

        // Removed on another node, or here.
        foreach (var gone in plugins.Plugins.Where(p => directory.Find(p.Manifest.Id)?.Find(p.Manifest.Version) is null).ToList())
        {
            await plugins.UnloadAsync(gone.Manifest.Id, gone.Manifest.Version, ct);
            installer.Uninstall(gone.Manifest.Id, gone.Manifest.Version);
            LogRemoved(logger, gone.Manifest.Id, gone.Manifest.Version);
        }
    }

    private async Task LoadAsync(PluginInstallation record, PluginVersion version, CancellationToken ct)
    {
        var pin = version.PinOf(record.PluginId);
        var revoked = Revoked(version);
        if (plugins.Find(pin) is { } loaded)
        {
            if (revoked is not null)
                await plugins.UnloadAsync(record.PluginId, version.Version, ct);
            else if (loaded.Tier == version.Tier)
                return;
        }

        Result<InstalledPlugin> here = revoked is not null ? new(revoked) : installer.Find(pin) is { } found ? PluginInstaller.Unsupported(found.Manifest) is { } unsupported ? new(unsupported) : new(found)
            : await FetchAsync(pin, ct);
        var result = here.TryGet(out var installed, out var failure) ? plugins.Replace(installed with { Tier = version.Tier }) : failure;
        lock (_failures)
        {
            if (result.TryGet(out _, out failure))
                _failures.Remove(KeyOf(pin));
            else if (!_failures.TryAdd(KeyOf(pin), failure))
                return;
        }

        if (failure is not null)
            LogNotLoaded(logger, record.PluginId, version.Version, failure.Code, failure.Message.En);
    }

    // Of a key that somebody stole nothing counts, not even what was installed before it was known.
    private Failure? Revoked(PluginVersion version) =>
        version.Signature is { } signature && _trusted.RevocationOf(signature.KeyId) is { Reason: RevocationReason.Compromised } ? TrustFailures.KeyRevoked(signature.KeyId, new("已泄露", "compromised")) : null;

    private async Task<Result<InstalledPlugin>> FetchAsync(PluginPin pin, CancellationToken ct)
    {
        await using var package = TemporaryPackage.Create();
        if (!await packages.ReadAsync(pin.Sha256, package, ct))
            return RuntimeFailures.VersionUnknown(pin.Plugin, pin.Version);
        package.Position = 0;
        return await installer.InstallAsync(package, replace: true, isVouched: true, ct);
    }

    /// <summary>Unloads versions that nobody holds on to, and forgets plugins that were removed.</summary>
    /// <returns>True when something is still held on to.</returns>
    private async Task<bool> DrainAsync(CancellationToken ct)
    {
        var retired = directory.All.SelectMany(r => r.Versions.Where(v => !r.AnswersNow || v.Version != r.ActiveVersion).Select(v => (Record: r, Version: v))).ToList();
        if (!retired.Any(r => r.Record.RemovedAt is not null || plugins.IsInUse(r.Record.PluginId, r.Version.Version)))
            return false;

        var held = (await use.RunsAsync(ct)).Select(u => (PluginInstallation.IdOf(u.Plugin), u.Version)).ToHashSet();
        var waits = false;
        foreach (var (record, version) in retired)
        {
            if (held.Contains((record.Id, version.Version)))
            {
                waits = true;
            }
            else if (plugins.IsInUse(record.PluginId, version.Version))
            {
                await plugins.ReleaseAsync(record.PluginId, version.Version, ct);
                LogReleased(logger, record.PluginId, version.Version);
            }
        }

        foreach (var record in directory.All.Where(r => r.RemovedAt is not null))
        {
            if (time.GetUtcNow() - record.RemovedAt < RemovalGrace || record.Versions.Any(v => held.Contains((record.Id, v.Version))))
                waits = true;
            else
                await ForgetAsync(record, ct);
        }

        return waits;
    }

    private async Task ForgetAsync(PluginInstallation record, CancellationToken ct)
    {
        await using (var session = sessions.OpenPlatform())
        {
            // It may have been installed anew in between.
            session.QueueSqlCommand("delete from mt_doc_plugininstallation where id = ? and data ->> 'removedAt' is not null", record.Id);
            foreach (var version in record.Versions)
                PackageStore.Delete(session, record.Id, version.Sha256);
            PluginNews.Tell(session);
            await session.SaveChangesAsync(ct);
        }

        await CatchUpAsync(ct);
    }

    private static string KeyOf(PluginPin pin) => $"{pin.Plugin}@{pin.Version}:{pin.Sha256}".ToLowerInvariant();

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {PluginId} {Version} is not used: {Code} {Reason}")]
    private static partial void LogNotLoaded(ILogger logger, string pluginId, string version, string code, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Who is trusted cannot be read, what was known holds: {Code} {Reason}")]
    private static partial void LogTrustNotRead(ILogger logger, string code, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The records of the plugins could not be followed; it is tried again")]
    private static partial void LogNotFollowed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin {PluginId} {Version} was unloaded: no run uses it")]
    private static partial void LogReleased(ILogger logger, string pluginId, string version);

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin {PluginId} {Version} was removed")]
    private static partial void LogRemoved(ILogger logger, string pluginId, string version);
}
