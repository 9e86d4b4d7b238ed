namespace IndustryBrain.Plugins.Capabilities;

/// <summary>One capability that an administrator has granted to an installed plugin.</summary>
/// <param name="Capability">Its name, as the manifest declares it.</param>
public sealed record Grant(string Capability)
{
    /// <summary>What it may be used for, in the form of the declared targets and no wider than they.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Bytes at most, of one response or of the folder; null for what the manifest asks, or the host's own limit.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>True when one of the targets allows all that <paramref name="wanted"/> asks for.</summary>
    public static bool Covers(string capability, IReadOnlyList<string> targets, string wanted)
    {
        ArgumentNullException.ThrowIfNull(capability);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(wanted);
        var rule = TargetRule.Of(capability);
        return targets.Any(target => rule.Covers(target, wanted));
    }
}
