using IndustryBrain.Sdk;

namespace IndustryBrain.Web.Shell;

/// <summary>One page in the navigation.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Href">Its address, rooted at <c>/</c>; pages below it mark it as current too.</param>
/// <param name="Icon">Path data of its icon, one of <see cref="Theming.Glyphs"/>.</param>
public sealed record NavEntry(LocalizedText Title, string Href, string Icon)
{
    /// <summary>What whoever sees it must be allowed, in the host's words; null for everybody.</summary>
    public string? Permission { get; init; }

    /// <summary>True puts it into the bar at the bottom of a phone as well (at most five fit).</summary>
    public bool OnPhone { get; init; }

    internal bool IsShown(Func<string, bool>? isAllowed) => Permission is null || isAllowed is null || isAllowed(Permission);

    internal bool IsCurrent(string path) =>
        Href == "/" ? path == "/" : path == Href || path.StartsWith(Href + "/", StringComparison.Ordinal);
}
