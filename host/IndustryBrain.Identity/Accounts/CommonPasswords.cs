using System.Collections.Frozen;
using System.Reflection;

namespace IndustryBrain.Identity.Accounts;

/// <summary>The 10 000 passwords that people use most, and what is one of them with digits and signs around it.</summary>
internal static class CommonPasswords
{
    // Shorter words stand in too many good passwords.
    private const int ShortestWord = 5;

    private static readonly Lazy<FrozenSet<string>> List = new(Read);

    internal static bool Contains(string password)
    {
        var lower = password.ToLowerInvariant();
        var letters = lower.AsSpan().Trim("0123456789!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ ");
        return List.Value.Contains(lower) || (letters.Length >= ShortestWord && List.Value.Contains(letters.ToString())) || IsMonotonous(lower);
    }

    // "aaaaaaaaaaaa", "121212121212".
    private static bool IsMonotonous(string text) => text.Distinct().Count() < 5;

    private static FrozenSet<string> Read()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("common-passwords.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
