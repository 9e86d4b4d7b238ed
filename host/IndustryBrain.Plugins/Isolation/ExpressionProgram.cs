using System.Diagnostics.CodeAnalysis;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>What a worker is to the pool that evaluates expressions: as a plugin, but the worker brings its program along.</summary>
internal static class ExpressionProgram
{
    /// <summary>Name of what it is asked for; it has no others.</summary>
    public const string Component = "expressions";

    private const string Id = "IndustryBrain.Expressions";

    public static InstalledPlugin Of(PluginTier tier) =>
        new(new(Id, "1.0.0", Component, "IndustryBrain", LocalizedText.Same(Component), LocalizedText.Same(Component), "", "", [], [], []), "", "") { Tier = tier };

    public static bool Is([NotNullWhen(true)] InstalledPlugin? plugin) => plugin is { Folder.Length: 0 };
}
