using IndustryBrain.Sdk;

namespace IndustryBrain.Web.Shell;

/// <summary>A named group of the navigation.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Entries">Its pages, in order.</param>
public sealed record NavGroup(LocalizedText Title, IReadOnlyList<NavEntry> Entries);
