using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Secrets;

/// <summary>A secret as people and programs see it: all but its value, which nobody is given.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Values">What is set, for all environments or for some.</param>
/// <param name="UsedBy">What was granted it or refers to it.</param>
public sealed record SecretView(string Name, string Description, IReadOnlyList<SecretValueView> Values, IReadOnlyList<SecretUser> UsedBy);

/// <summary>That a value is set.</summary>
/// <param name="Environment">The environment that it is for; null for all that have none of their own.</param>
/// <param name="Version">Its number, which grows with each value of the secret.</param>
/// <param name="ChangedAt">When it was set.</param>
/// <param name="ChangedBy">Who set it.</param>
/// <param name="LastUsedAt">When it was used last, within <see cref="SecretOptions.UseSeconds"/>; null for never since it was set.</param>
public sealed record SecretValueView(string? Environment, int Version, DateTimeOffset ChangedAt, Actor ChangedBy, DateTimeOffset? LastUsedAt);

/// <summary>What uses a secret.</summary>
/// <param name="Kind"><c>plugin</c>, <c>scenario</c> or <c>connection</c>.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Environment">The environment in which it does; null for any.</param>
public sealed record SecretUser(string Kind, string Id, LocalizedText Name, string? Environment)
{
    internal LocalizedText Word => Kind switch { "plugin" => new("插件", "plugin"), "scenario" => new("应用场景", "scenario"), _ => new("连接", "connection") };
}
