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

    [Fact]
    public void CodesOfBundledPlugins_AreOnThePage()
    {
        var root = CompiledAssembly.RepositoryRoot;
        var page = File.ReadAllText(Path.Combine(root, "docs", "codes.md"));
        var used = Directory.EnumerateFiles(Path.Combine(root, "plugins"), "*.cs", SearchOption.AllDirectories)
            .Where(path => path.Split(Path.DirectorySeparatorChar) is var parts && parts.Contains("src") && !parts.Contains("obj"))
            .Select(File.ReadAllText)
            .SelectMany(source => QuotedCode().Matches(source).Concat(QuotedPluginCode().Matches(source)).Select(match => match.Groups[1].Value))
            .ToHashSet(StringComparer.Ordinal);

        Assert.Contains(used, code => code.Contains(':', StringComparison.Ordinal));
        Assert.DoesNotContain(used, code => !page.Contains($"| {code} |", StringComparison.Ordinal));
    }

    [GeneratedRegex("\"(IndustryBrain\\.[A-Za-z]+:[A-Z_]+)\"")]
    private static partial Regex QuotedPluginCode();

    [GeneratedRegex("\"(IB[SP]?[0-9]{4})\"")]
    private static partial Regex QuotedCode();

    [GeneratedRegex(@"^\| (IB[SP]?[0-9]{4}) \|", RegexOptions.Multiline)]
    private static partial Regex ListedCode();
}
