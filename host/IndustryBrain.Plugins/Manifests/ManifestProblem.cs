using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Manifests;

/// <summary>Something in a <c>plugin.json</c> that does not hold.</summary>
/// <param name="Member">The member, such as <c>components[0].description</c>; empty for the whole.</param>
/// <param name="Why">What is wrong with it, or what is expected.</param>
internal sealed record ManifestProblem(string Member, LocalizedText Why);
