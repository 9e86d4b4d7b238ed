namespace IndustryBrain.Plugins.Manifests;

/// <summary>A range of versions in NuGet's interval notation: <c>[0.1,1.0)</c>, <c>[1.0]</c>, or <c>1.0</c> for "1.0 and up".</summary>
internal sealed record VersionRange(Version? Low, bool LowIncluded, Version? High, bool HighIncluded)
{
    public static VersionRange? Parse(string text)
    {
        text = text.Trim();
        if (text.Length == 0 || text[0] is not ('[' or '('))
        {
            return Version.TryParse(text, out var least) ? new(least, true, null, false) : null;
        }

        if (text[^1] is not (']' or ')'))
        {
            return null;
        }

        var bounds = text[1..^1].Split(',');
        if (bounds.Length == 1)
        {
            return text[0] == '[' && text[^1] == ']' && Version.TryParse(bounds[0], out var exact) ? new(exact, true, exact, true) : null;
        }

        return bounds.Length == 2 && Bound(bounds[0], out var low) && Bound(bounds[1], out var high) ? new(low, text[0] == '[', high, text[^1] == ']') : null;
    }

    public bool Includes(Version version)
    {
        var found = Normal(version);
        return (Low is null || (LowIncluded ? found >= Normal(Low) : found > Normal(Low)))
            && (High is null || (HighIncluded ? found <= Normal(High) : found < Normal(High)));
    }

    private static bool Bound(string text, out Version? bound)
    {
        bound = null;
        return string.IsNullOrWhiteSpace(text) || Version.TryParse(text, out bound);
    }

    private static Version Normal(Version version) => new(version.Major, version.Minor, Math.Max(version.Build, 0), Math.Max(version.Revision, 0));
}
