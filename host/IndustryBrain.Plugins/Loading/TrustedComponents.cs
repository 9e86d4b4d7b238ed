namespace IndustryBrain.Plugins.Loading;

/// <summary>The component objects of a trusted plugin in the host's process.</summary>
/// <param name="Set">The objects.</param>
/// <param name="SettingsText">The settings they have, as JSON text.</param>
internal sealed record TrustedComponents(ComponentSet Set, string SettingsText)
{
    /// <summary>Their calls under way.</summary>
    public Drain Calls { get; } = new();
}
