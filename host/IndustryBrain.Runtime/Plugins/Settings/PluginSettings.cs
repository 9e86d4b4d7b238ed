using System.Collections.Concurrent;
using System.Text.Json;
using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Settings;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;
using IndustryBrain.Storage;
using JasperFx;
using Marten;

namespace IndustryBrain.Runtime.Plugins.Settings;

/// <summary>What organizations have set for their plugins. A change takes effect at the next call: on this node when it is answered, on others as soon as they hear of it.</summary>
public sealed class PluginSettings : IPluginSettings
{
    private readonly IOrganizationSessions _sessions;
    private readonly Lazy<PluginHost> _plugins;
    private readonly PluginDirectory _directory;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<(string Organization, string Plugin), JsonElement?> _known = new();
    private long _age;

    internal PluginSettings(IOrganizationSessions sessions, Lazy<PluginHost> plugins, PluginDirectory directory, TimeProvider time) => (_sessions, _plugins, _directory, _time) = (sessions, plugins, directory, time);

    /// <summary>The settings of the caller's organization. Refused: unknown plugin (IB3030), one without settings (IB3039).</summary>
    public async Task<Result<PluginSettingsView>> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!Manifest(id).TryGet(out var manifest, out var failure))
            return failure;
        await using var session = _sessions.Query(caller.Organization);
        return View(manifest, await session.LoadAsync<PluginSettingsRecord>(PluginInstallation.IdOf(manifest.Id), cancellationToken));
    }

    /// <summary>
    /// Sets all of them. Refused: what does not fit the plugin's schema (IB71xx, IB2020–IB2022), a secret that is not named (IB3041),
    /// unknown plugin (IB3030), one without settings (IB3039), another revision than that they were made from (IB3040).
    /// </summary>
    /// <param name="caller">Who sets them.</param>
    /// <param name="id">Package id.</param>
    /// <param name="values">An object that fits the schema; null for nothing, so that the plugin has its own defaults again.</param>
    /// <param name="revision">The revision that was seen; null changes whatever is there.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    public async Task<Result<PluginSettingsView>> SetAsync(Caller caller, string id, JsonElement? values, int? revision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!Manifest(id).TryGet(out var manifest, out var failure))
            return failure;
        if (values is { } given && (InputCheck.Check(manifest.Settings!.Value, given) ?? SecretSettings.Refuse(manifest, manifest.Settings!.Value, given)) is { } refused)
            return refused;

        var key = PluginInstallation.IdOf(manifest.Id);
        await using var session = _sessions.Open(caller.Organization);
        var record = await session.LoadAsync<PluginSettingsRecord>(key, cancellationToken);
        if (revision is { } seen && seen != (record?.Revision ?? 0))
            return RuntimeFailures.SettingsChangedMeanwhile(manifest.Id);
        if (values is { } set)
        {
            record ??= new() { Id = key, Values = set, UpdatedBy = caller.Actor };
            (record.Values, record.Revision, record.UpdatedAt, record.UpdatedBy) = (set.Clone(), record.Revision + 1, _time.GetUtcNow(), caller.Actor);
            session.Store(record);
        }
        else if (record is not null)
        {
            session.Delete(record);
            record = null;
        }

        session.Append(caller, values is null ? "plugin.settings.reset" : "plugin.settings", "plugin", manifest.Id, label: manifest.Name.En);
        PluginNews.Tell(session);
        try
        {
            await session.SaveChangesAsync(cancellationToken);
        }
        catch (ConcurrencyException)
        {
            return RuntimeFailures.SettingsChangedMeanwhile(manifest.Id);
        }

        Forget();
        return View(manifest, record);
    }

    /// <inheritdoc />
    public async ValueTask<JsonElement?> FindAsync(InstalledPlugin plugin, string organization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        ArgumentNullException.ThrowIfNull(organization);
        if (organization.Length == 0)
            return null;
        var key = (organization, PluginInstallation.IdOf(plugin.Manifest.Id));
        if (_known.TryGetValue(key, out var known))
            return known;

        // What was read before a change must not be remembered after it.
        var age = Interlocked.Read(ref _age);
        await using var session = _sessions.Query(organization);
        var values = (await session.LoadAsync<PluginSettingsRecord>(key.Item2, cancellationToken))?.Values;
        if (age == Interlocked.Read(ref _age))
        {
            _known[key] = values;
            if (age != Interlocked.Read(ref _age))
                _known.TryRemove(key, out _);
        }

        return values;
    }

    /// <summary>Reads them anew at the next call.</summary>
    internal void Forget()
    {
        Interlocked.Increment(ref _age);
        _known.Clear();
    }

    private Result<PluginManifest> Manifest(string id)
    {
        if (_directory.Find(id) is not { RemovedAt: null } record)
            return RuntimeFailures.PluginUnknown(id);
        var version = record.Active ?? (record.Versions is [.., var newest] ? newest : null);
        return version is not null && _plugins.Value.Find(version.PinOf(record.PluginId)) is { Manifest: { Settings: not null } manifest } ? manifest : RuntimeFailures.NoSettings(record.PluginId);
    }

    private static PluginSettingsView View(PluginManifest manifest, PluginSettingsRecord? record) =>
        new(manifest.Id, manifest.Version, SecretSettings.Offer(manifest, manifest.Settings!.Value), record?.Values, record?.Revision ?? 0, record?.UpdatedAt, record?.UpdatedBy);
}
