using System.Text.Json;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Plugins.Settings;

/// <summary>The settings of a plugin as people and programs see them.</summary>
/// <param name="Plugin">Package id.</param>
/// <param name="Version">Version whose schema it is.</param>
/// <param name="Schema">JSON Schema 2020-12 of the settings; a secret is chosen by its name.</param>
/// <param name="Values">What the organization has set; null when nobody has set anything.</param>
/// <param name="Revision">Grows with each change; 0 when nobody has set anything.</param>
/// <param name="UpdatedAt">When it was changed last, or null.</param>
/// <param name="UpdatedBy">Who changed it last, or null.</param>
public sealed record PluginSettingsView(string Plugin, string Version, JsonElement Schema, JsonElement? Values, int Revision, DateTimeOffset? UpdatedAt, Actor? UpdatedBy);
