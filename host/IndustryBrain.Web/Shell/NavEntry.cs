using IndustryBrain.Sdk;

namespace IndustryBrain.Web.Shell;

/// <summary>One page in the navigation.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Href">Its address, rooted at <c>/</c>; pages below it mark it as current too.</param>
/// <param name="Icon">Path data of its icon, one of <see cref="Theming.Glyphs"/>.</param>
public sealed record NavEntry(LocalizedText Title, string Href, string Icon)
{
    /// <summary>True puts it into the bar at the bottom of a phone as well (at most five fit).</summary>
    public bool OnPhone { get; init; }

    internal bool IsCurrent(string path) =>
        Href == "/" ? path == "/" : path == Href || path.StartsWith(Href + "/", StringComparison.Ordinal);
}
