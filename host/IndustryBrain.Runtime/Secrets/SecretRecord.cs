using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Secrets;

/// <summary>A secret of an organization.</summary>
public sealed class SecretRecord
{
    /// <summary>Its name.</summary>
    public required string Id { get; set; }

    /// <summary>What it is for; empty for nothing said.</summary>
    public string Description { get; set; } = "";

    /// <summary>Its values, encrypted: one for all environments, or for some of them.</summary>
    public IReadOnlyList<SealedValue> Values { get; set; } = [];

    /// <summary>Number of the value that was set last; none is given twice.</summary>
    public int LastVersion { get; set; }

    /// <summary>The value that counts in an environment; null for none.</summary>
    internal SealedValue? ValueIn(string environment) => Values.FirstOrDefault(v => v.Environment == environment) ?? Values.FirstOrDefault(v => v.Environment is null);
}

/// <summary>An encrypted value.</summary>
/// <param name="Environment">The environment that it is for; null for all that have none of their own.</param>
/// <param name="Version">Its number, which grows with each value of the secret.</param>
/// <param name="Content">AES-256-GCM under the organization's data key, in base64: 12 bytes of nonce, the text, 16 bytes of tag.</param>
/// <param name="ChangedAt">When it was set.</param>
/// <param name="ChangedBy">Who set it.</param>
public sealed record SealedValue(string? Environment, int Version, string Content, DateTimeOffset ChangedAt, Actor ChangedBy);
