using System.Text.Json;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Connections;

/// <summary>A named way of an organization to another system. Passwords and tokens stand in it as names of secrets.</summary>
public sealed class ConnectionRecord
{
    /// <summary>Its name.</summary>
    public required string Id { get; set; }

    /// <summary>What it leads to: one of the kinds.</summary>
    public required string Kind { get; set; }

    /// <summary>What it is for; empty for nothing said.</summary>
    public string Description { get; set; } = "";

    /// <summary>Its settings: one for all environments, or for some of them.</summary>
    public IReadOnlyList<ConnectionSettings> Settings { get; set; } = [];

    /// <summary>Grows with each change, from 1.</summary>
    public int Revision { get; set; }

    internal ConnectionSettings? In(string environment) => Settings.FirstOrDefault(s => s.Environment == environment) ?? Settings.FirstOrDefault(s => s.Environment is null);
}

/// <summary>The settings of a connection.</summary>
/// <param name="Environment">The environment that they are for; null for all that have none of their own.</param>
/// <param name="Values">An object that fits the schema of the kind.</param>
/// <param name="ChangedAt">When they were set.</param>
/// <param name="ChangedBy">Who set them.</param>
/// <param name="TestedAt">When they were tested last since then; null for never.</param>
/// <param name="TestCode">What the test failed with; null when it did not.</param>
public sealed record ConnectionSettings(string? Environment, JsonElement Values, DateTimeOffset ChangedAt, Actor ChangedBy, DateTimeOffset? TestedAt = null, string? TestCode = null);
