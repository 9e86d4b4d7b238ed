using System.Text;
using System.Text.Json;
using IndustryBrain.Scenarios.Definitions;
using Json.Schema;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

public sealed class ScenarioSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(Encoding.UTF8.GetString(ScenarioSchema.Document.Span));

    public static TheoryData<string> Written() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "plugins", "scenarios"), "*.json", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "templates"), "*.json", SearchOption.AllDirectories))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(f => File.ReadAllText(f).Contains("\"Elsa.", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(Root, f)),
    ];

    [Theory]
    [MemberData(nameof(Written))]
    public void Definition_OfOurs_SatisfiesIt(string file)
    {
        var json = File.ReadAllText(Path.Combine(Root, file));

        Assert.True(ScenarioDefinition.Read(Encoding.UTF8.GetBytes(json)).IsAccepted);
        Assert.Equal("", Errors(json));
    }

    [Theory]
    [MemberData(nameof(ControlFlowTests.Cases), MemberType = typeof(ControlFlowTests))]
    [MemberData(nameof(OwnActivitiesTests.Guarded), MemberType = typeof(OwnActivitiesTests))]
    public void Definition_OfATest_SatisfiesIt(string name, string root, params object[] rest)
    {
        Assert.NotEmpty(rest);
        Assert.True(Errors(Definition(root, $"\"variables\":[{Variable("x", "Int32", "0")}]")).Length == 0, name);
    }

    [Theory]
    [MemberData(nameof(ReadingTests.Accepted), MemberType = typeof(ReadingTests))]
    public void Definition_ThatIsTolerated_SatisfiesIt(string json) => Assert.Equal("", Errors(json));

    [Theory]
    [MemberData(nameof(ReadingTests.Refused), MemberType = typeof(ReadingTests))]
    public void Definition_OfAWrongShape_DoesNotSatisfyIt(string rule, string json)
    {
        // The others are about more than shape.
        if (rule is "IBS0004" or "IBS0005" or "IBS0006" or "IBS0020" or "IBS0035")
            Assert.NotEqual("", Errors(json));
    }

    private static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "IndustryBrain.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);

    private static string Errors(string json)
    {
        using var document = JsonDocument.Parse(json);
        var results = Schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid ? "" : string.Join('\n', results.Details!.Where(d => d.Errors is not null).SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation} {e.Key} {e.Value}")).DefaultIfEmpty("not valid"));
    }
}
