using System.Text.RegularExpressions;

namespace IndustryBrain.Architecture.Tests;

/// <summary>docs/codes.md is the one page of all codes: what the code says and what the page says are the same set.</summary>
public sealed partial class FailureCodesTests
{
    [Fact]
    public void CodesInTheSource_AndOnThePage_AreTheSame()
    {
        var root = CompiledAssembly.RepositoryRoot;
        var used = new[] { "sdk", "host" }
            .SelectMany(room => Directory.EnumerateFiles(Path.Combine(root, room), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(path => QuotedCode().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value))
            .ToHashSet(StringComparer.Ordinal);

        var listed = ListedCode().Matches(File.ReadAllText(Path.Combine(root, "docs", "codes.md"))).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(used.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("\"(IB[SP]?[0-9]{4})\"")]
    private static partial Regex QuotedCode();

    [GeneratedRegex(@"^\| (IB[SP]?[0-9]{4}) \|", RegexOptions.Multiline)]
    private static partial Regex ListedCode();
}
