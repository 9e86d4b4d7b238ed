using System.Text.Json;
using System.Text.RegularExpressions;

namespace IndustryBrain.Runtime.Library.Environments;

/// <summary><c>${secret:NAME}</c>: stands in a parameter for a secret that the host keeps. It goes through a run as it is, and becomes the secret only in a header of a request, on its way out.</summary>
internal static partial class SecretReference
{
    /// <summary>Begins the names of the organization's secrets that scenarios may use: who stores a secret decides that.</summary>
    public const string StoredPrefix = "scenario.";

    /// <summary>The names that stand in parameters; null for none.</summary>
    public static IReadOnlyList<string>? NamesIn(JsonElement? parameters) =>
        parameters is { ValueKind: JsonValueKind.Object } given && NamesIn(given.GetRawText()) is { Count: > 0 } names ? names : null;

    /// <summary>The names that stand in a text, each once.</summary>
    public static IReadOnlyList<string> NamesIn(string text) => [.. Reference().Matches(text).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal)];

    /// <summary>The text with secrets in place of their references.</summary>
    public static string Replace(string text, IReadOnlyDictionary<string, string> secrets) => Reference().Replace(text, m => secrets[m.Groups[1].Value]);

    [GeneratedRegex(@"\$\{secret:([a-z0-9][a-z0-9._-]{0,90})\}")]
    private static partial Regex Reference();
}
