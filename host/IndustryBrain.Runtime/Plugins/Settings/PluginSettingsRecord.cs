using System.Text.Json;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Plugins.Settings;

/// <summary>What an organization has set for a plugin.</summary>
public sealed class PluginSettingsRecord
{
    /// <summary>Package id in lower case.</summary>
    public required string Id { get; set; }

    /// <summary>The settings: an object that fits the schema of the version that was active then. Secrets stand in it by name.</summary>
    public required JsonElement Values { get; set; }

    /// <summary>Grows with each change, from 1.</summary>
    public int Revision { get; set; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Who changed it last.</summary>
    public required Actor UpdatedBy { get; set; }
}
