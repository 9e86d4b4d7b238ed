using System.Text.RegularExpressions;

namespace IndustryBrain.Plugins.Capabilities.Secrets;

/// <summary>How a secret may be named: lower-case letters, digits, dots, hyphens and underscores, at most 100.</summary>
internal static partial class SecretName
{
    public static bool IsValid(string name) => Pattern().IsMatch(name);

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,99}\z")]
    private static partial Regex Pattern();
}
