using IndustryBrain.Host.Texts;
using IndustryBrain.Plugins;
using IndustryBrain.Runtime.Plugins;
using IndustryBrain.Sdk;
using IndustryBrain.Web.Theming;

namespace IndustryBrain.Host.Pages.Plugins;

/// <summary>Word, shape and tone of the states of plugins and of their tiers.</summary>
/// <param name="Word">The word.</param>
/// <param name="Icon">Path data of the shape.</param>
/// <param name="Tone">neutral, info, success, warning or error.</param>
/// <param name="What">One sentence, or null.</param>
internal sealed record PluginLook(LocalizedText Word, string Icon, string Tone, LocalizedText? What = null)
{
    public static PluginLook Of(PluginState state) => state switch
    {
        PluginState.Ready => new(PageText.PluginReady, Glyphs.Check, "success"),
        PluginState.AwaitingConsent => new(PageText.PluginAwaits, Glyphs.Person, "warning"),
        PluginState.Degraded => new(PageText.PluginDegraded, Glyphs.Warning, "warning"),
        PluginState.NotSupported => new(PageText.PluginNotSupported, Glyphs.Warning, "warning"),
        PluginState.Loading => new(PageText.PluginLoading, Glyphs.Ring, "info"),
        PluginState.DeletedOnRestart => new(PageText.PluginDeletedOnRestart, Glyphs.Warning, "warning", PageText.NotUnloadedWhat),
        PluginState.Tripped => new(PageText.PluginTripped, Glyphs.Lock, "error"),
        PluginState.Draining => new(PageText.PluginDraining, Glyphs.Ring, "info"),
        _ => new(PageText.PluginDisabled, Glyphs.Pause, "neutral"),
    };

    public static PluginLook Of(PluginVersionState state) => state switch
    {
        PluginVersionState.Active => new(PageText.VersionActive, Glyphs.Check, "success"),
        PluginVersionState.AwaitingConsent => new(PageText.PluginAwaits, Glyphs.Person, "warning"),
        PluginVersionState.Draining => new(PageText.PluginDraining, Glyphs.Ring, "info"),
        PluginVersionState.NotUnloaded => new(PageText.VersionNotUnloaded, Glyphs.Warning, "warning", PageText.NotUnloadedWhat),
        _ => new(PageText.VersionStandby, Glyphs.Circle, "neutral"),
    };

    public static PluginLook Of(PluginTier tier) => tier switch
    {
        PluginTier.Trusted => new(PageText.Trusted, Glyphs.Key, "warning", PageText.TrustedWhat),
        PluginTier.Jailed => new(PageText.TierJailed, Glyphs.Shield, "success", PageText.TierJailedWhat),
        _ => new(PageText.TierUnjailed, Glyphs.Warning, "error", PageText.TierUnjailedWhat),
    };

    /// <summary>True when somebody should look at the plugin.</summary>
    public static bool NeedsAttention(PluginView plugin) =>
        plugin.State is PluginState.AwaitingConsent or PluginState.Degraded or PluginState.NotSupported or PluginState.Tripped || plugin.Versions.Any(v => v.State == PluginVersionState.AwaitingConsent);
}
