using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>Whom a worker serves: one version of one plugin for one organization. It is never handed on.</summary>
/// <param name="PluginId">Package id, in lower case.</param>
/// <param name="Version">Version.</param>
/// <param name="Organization">Id of the organization; empty where there is none.</param>
/// <param name="Settings">The plugin's settings as JSON text, and its own limits: a worker is configured once.</param>
internal readonly record struct WorkerKey(string PluginId, string Version, string Organization, string Settings)
{
    public static WorkerKey Of(InstalledPlugin plugin, string organization = "", string settings = "") => new(plugin.Manifest.Id.ToLowerInvariant(), plugin.Manifest.Version, organization, settings);
}

/// <summary>The worker of one key, if it runs, and what is known of its past. Guarded by the pool.</summary>
/// <param name="organization">Whom its worker serves.</param>
/// <param name="settings">The plugin's settings.</param>
/// <param name="limits">The limits of its worker; null for those of the pool.</param>
internal sealed class WorkerSlot(string organization, JsonElement settings, WorkerOptions? limits)
{
    /// <summary>Whom its worker serves.</summary>
    public string Organization => organization;

    /// <summary>The limits of its worker; null for those of the pool.</summary>
    public WorkerOptions? Limits => limits;

    /// <summary>What its worker is configured with.</summary>
    public JsonElement Settings { get; } = settings;

    /// <summary>True when calls with newer settings have come: it ends with its last call.</summary>
    public bool IsRetired { get; set; }

    /// <summary>The worker, once it has started; null when none runs.</summary>
    public Task<Result<WorkerProcess>>? Worker { get; set; }

    /// <summary>True when its worker counts against the limit: one that waits for room does not yet.</summary>
    public bool HasPlace { get; set; }

    /// <summary>True when the pool has forgotten it: calls that still hold it start nothing more.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Calls that use or await it.</summary>
    public int Calls { get; set; }

    /// <summary>Timestamp of the end of its last call.</summary>
    public long LastUsed { get; set; }

    /// <summary>How often it crashed of late.</summary>
    public WorkerCrashes Crashes { get; } = new();

    /// <summary>Forgets the worker.</summary>
    public void Clear() => (Worker, HasPlace) = (null, false);
}
