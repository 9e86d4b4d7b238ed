using System.Text.RegularExpressions;

namespace IndustryBrain.Plugins.Capabilities.Knowledge;

/// <summary>A component id, or <c>prefix.*</c> for all of one plugin.</summary>
internal static partial class KnowledgeTarget
{
    private const string All = ".*";

    public static bool IsValid(string target) => Form().IsMatch(target);

    public static bool IsComponent(string target) => IsValid(target) && !target.EndsWith(All, StringComparison.Ordinal);

    public static bool Covers(string allowed, string wanted) =>
        allowed == wanted || (allowed.EndsWith(All, StringComparison.Ordinal) && wanted.StartsWith(allowed[..^1], StringComparison.Ordinal));

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,59}\.(\*|[a-z][a-z0-9-]{0,59})\z")]
    private static partial Regex Form();
}
