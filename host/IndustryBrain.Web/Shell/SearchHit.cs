namespace IndustryBrain.Web.Shell;

/// <summary>One answer of the search (Ctrl K).</summary>
/// <param name="Title">What it is called, in the language of the person.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Group">Heading it stands under, such as "场景".</param>
/// <param name="Icon">Path data of its icon, one of <see cref="Theming.Glyphs"/>.</param>
/// <param name="Detail">One short line below, or null.</param>
public sealed record SearchHit(string Title, string Href, string Group, string Icon, string? Detail = null);
