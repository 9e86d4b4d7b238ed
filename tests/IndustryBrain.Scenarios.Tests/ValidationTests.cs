using System.Text;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

/// <summary>What is found before a definition is published, and what is not found where nothing is wrong.</summary>
public sealed class ValidationTests
{
    [Theory]
    [InlineData("a>b", "IBS0080 Workflow1:f1:c")]
    [InlineData("a>b b>c")]
    [InlineData("a>b b>c c>a", "IBS0081 Workflow1:f1 activities", "IBS0085 Workflow1:f1:a connections")]
    public void Validate_ReachOfAFlowchart_IsJudged(string connections, params string[] expected) =>
        Assert.Equal(expected, Findings(Flowchart(Connect(connections), Write("a", "a"), Write("b", "b"), Write("c", "c"))));

    [Fact]
    public void Validate_WhatFollowsAnEndInAFlowchart_IsUnreachable() =>
        Assert.Equal(["IBS0080 Workflow1:f1:b"], Findings(Flowchart(Connect("a>end end>b"), Write("a", "a"), Node("End", "end"), Write("b", "b"))));

    [Fact]
    public void Validate_FlowchartWithTriggers_TakesEachAsAStart()
    {
        string Trigger(string id) => Node("Event", id, $"\"eventName\":{Literal(id)}").Replace("\"customProperties\":{}", "\"customProperties\":{\"canStartWorkflow\":true}", StringComparison.Ordinal);

        Assert.Empty(Findings(Flowchart(Connect("t>b u>c"), Trigger("t"), Write("b", "b"), Trigger("u"), Write("c", "c"))));
    }

    [Theory]
    [InlineData("Break", "IBS0080 Workflow1:s1:b")]
    [InlineData("Complete", "IBS0080 Workflow1:s1:b")]
    [InlineData("Fault", "IBS0080 Workflow1:s1:b")]
    [InlineData("Start")]
    public void Validate_WhatFollowsAnEndInASequence_IsUnreachable(string type, params string[] expected) => Assert.Equal(expected, Findings(Sequence(Node(type, "a"), Write("b", "b"))));

    [Theory]
    [InlineData("WaitAll", "d:True>a d:False>b a>j b>j", true)]
    [InlineData("WaitAll", "d:True>a d:False>j a>j", true)]
    [InlineData("WaitAllActive", "d:True>a d:False>b a>j b>j", false)]
    [InlineData("WaitAny", "d:True>a d:False>b a>j b>j", false)]
    [InlineData("WaitAll", "d:True>a d:True>b d:False>c a>j b>j", false)]
    [InlineData("WaitAll", "s>d s>b d:True>a d:False>c a>j b>j", false)]
    [InlineData("WaitAll", "d:True>a d:False>b a>c b>c c>j c>e e>j", false)]
    public void Validate_JoinOfBranchesOfWhichOneIsTaken_IsDead(string mode, string connections, bool isDead)
    {
        var decision = Node("FlowDecision", "d", $"\"condition\":{Js("getInput('n') > 1", "Boolean")}");
        var join = Node("FlowJoin", "j", $"\"mode\":{Literal(mode, "FlowJoinMode")}");
        var names = new[] { "s", "a", "b", "c", "e" }.Where(n => connections.Split(' ', '>', ':').Contains(n)).Select(n => Write(n, n));

        var found = Findings(Flowchart(Connect(connections), [.. names, decision, join]));

        Assert.Equal(isDead ? ["IBS0086 Workflow1:f1:j mode"] : [], found);
    }

    [Theory]
    [InlineData("a>b b>a", true)]
    [InlineData("a>b b>a b>c", true)]
    [InlineData("a>d d:True>a d:False>c", false)]
    [InlineData("a>d d:True>a", false)]
    [InlineData("a>d d:True>a d:False>a", true)]
    [InlineData("a>w w>a", false)]
    [InlineData("a>a", true)]
    public void Validate_CycleWithoutAnExit_IsFound(string connections, bool isEndless)
    {
        string[] all = [Node("Start", "s"), Write("a", "a"), Write("b", "b"), Write("c", "c"), Node("FlowDecision", "d", $"\"condition\":{Js("getInput('n')", "Boolean")}"), Node("Delay", "w")];
        var used = connections.Split(' ', '>', ':').ToHashSet();

        var found = Findings(Flowchart(Connect("s>a " + connections), [.. all.Where(n => n.Contains("\"id\":\"s\"", StringComparison.Ordinal) || used.Any(u => n.Contains($"\"id\":\"{u}\"", StringComparison.Ordinal)))]));

        Assert.Equal(isEndless ? ["IBS0085 Workflow1:f1:a connections"] : [], found);
    }

    [Theory]
    [InlineData("WriteLine", true)]
    [InlineData("Break", false)]
    [InlineData("Finish", false)]
    [InlineData("Delay", false)]
    public void Validate_WhileThatAlwaysGoesOn_NeedsAnExit(string inside, bool isEndless)
    {
        foreach (var condition in new[] { Literal("true", "Boolean"), Js("true", "Boolean"), Js("return true;", "Boolean") })
            Assert.Equal(isEndless ? ["IBS0085 Workflow1:s1:w condition"] : [], Findings(Sequence(Node("While", "w", $"\"condition\":{condition},\"body\":{Node("If", "i", $"\"condition\":{Js("getInput('n')", "Boolean")},\"then\":{Node(inside, "x")}")}"))));
        Assert.Empty(Findings(Sequence(Node("While", "w", $"\"condition\":{Js("getInput('n') > 1", "Boolean")},\"body\":{Node(inside, "x")}"))));
        Assert.Empty(Findings(Sequence(Node("While", "w", $"\"condition\":{Literal("true", "Boolean")}"))));
    }

    [Theory]
    [InlineData("\"rate\":\"high\"", "IBS0082 Workflow1:s1:b rate")]
    [InlineData("\"rate\":\"0.5\"")]
    [InlineData("\"rate\":0.5")]
    [InlineData("\"rate\":true", "IBS0082 Workflow1:s1:b rate")]
    [InlineData("\"rate\":2", "IBS0082 Workflow1:s1:b rate")]
    [InlineData("\"kind\":\"x\"")]
    [InlineData("\"kind\":\"z\"", "IBS0082 Workflow1:s1:b kind")]
    public void Validate_LiteralForAPort_IsJudgedByItsSchema(string input, params string[] expected) =>
        Assert.Equal(expected, Findings(Sequence($$"""{"type":"IndustryBrain.units.take","id":"b",{{input}}}""")));

    [Theory]
    [InlineData("mass", "mass")]
    [InlineData("tonnes", "mass", "IBS0083 Workflow1:s1:b mass")]
    [InlineData("tonnes", "plain")]
    [InlineData("table", "mass", "IBS0082 Workflow1:s1:b mass")]
    [InlineData("table", "rows")]
    [InlineData("other", "rows", "IBS0082 Workflow1:s1:b rows[].v")]
    [InlineData("text", "mass")]
    public void Validate_OutputThroughAVariable_IsComparedWithThePort(string output, string port, params string[] expected)
    {
        var give = $$"""{"type":"IndustryBrain.units.give","id":"a",{{Output(output, "v")}}}""";
        foreach (var take in new[] { """{"typeName":"Object","expression":{"type":"Variable","value":{"id":"v","name":"v"}}}""", Js("variables.v", "Object"), Js("getV()", "Object"), Js($"getOutputFrom('a', '{output}')", "Object") })
        {
            var component = $$"""{"type":"IndustryBrain.units.take","id":"b","{{port}}":{{take}}}""";

            Assert.Equal(expected, Findings(Sequence(give, component), $"\"variables\":[{Variable("v", "Object")}]"));

            // What something else sets may be anything.
            if (!take.Contains("getOutputFrom", StringComparison.Ordinal))
                Assert.Empty(Findings(Sequence(give, Set("x", "v", Js("1", "Object")), component), $"\"variables\":[{Variable("v", "Object")}]"));
        }
    }

    [Fact]
    public void Validate_InputOfTheRun_IsComparedWithThePort()
    {
        const string Custom = """
            "customProperties":{"industryBrain":{"inputSchema":{"type":"object","properties":{"m":{"type":"number","x-unit":"t"},"b":{"type":"boolean"}}}}}
            """;

        string Take(string port, string source) => $$"""{"type":"IndustryBrain.units.take","id":"b","{{port}}":{{Js(source, "Object")}}}""";

        Assert.Equal(["IBS0083 Workflow1:s1:b mass"], Findings(Sequence(Take("mass", "getInput('m')")), Custom));
        Assert.Equal(["IBS0082 Workflow1:s1:b mass"], Findings(Sequence(Take("mass", "getInput('b')")), Custom));
        Assert.Empty(Findings(Sequence(Take("mass", "getInput('m') * 1000")), Custom));
        Assert.Empty(Findings(Sequence(Take("mass", "getInput('unknown')")), Custom));
    }

    [Theory]
    [InlineData("getVariable('totl')", "IBS0084 Workflow1:s1:w text")]
    [InlineData("variables.totl", "IBS0084 Workflow1:s1:w text")]
    [InlineData("getVariable('total') + variables.total")]
    [InlineData("variables.made")]
    [InlineData("getVariable('CurrentValue')")]
    [InlineData("getVariable(getInput('name'))")]
    [InlineData("(variables.own = 3, variables.own)")]
    [InlineData("setVariable(getInput('x'), 1), variables.totl")]
    public void Validate_VariableOfAScript_IsLookedFor(string source, params string[] expected)
    {
        var made = Node("RunJavaScript", "j", $"\"script\":{Literal("setVariable('made', 1)")}");

        Assert.Equal(expected, Findings(Sequence(made, WriteJs("w", source)), $"\"variables\":[{Variable("total", "Int32")}]"));
    }

    [Fact]
    public void Validate_VariableThatIsProbablyMeant_IsProposed() =>
        Assert.Equal("Was “total” meant?", Validate(Sequence(WriteJs("w", "getVariable('totl')")), $"\"variables\":[{Variable("total", "Int32")}]").Single().Action!.En);

    [Theory]
    [InlineData("Int32", "12")]
    [InlineData("Int32", "3.7", "IBS0088  v")]
    [InlineData("Boolean", "yes", "IBS0088  v")]
    [InlineData("TimeSpan", "00:01:00")]
    [InlineData("String", "anything")]
    [InlineData("Int64", "", "")]
    public void Validate_InitialValue_HasToConvert(string type, string value, params string[] expected) =>
        Assert.Equal(expected.Where(e => e.Length > 0), Findings(Sequence(Write("w", "w")), $"\"variables\":[{Variable("v", type, value)}]"));

    [Fact]
    public void Validate_LiteralForAVariable_HasToConvert() =>
        Assert.Equal(["IBS0053 Workflow1:s1:x value"], Findings(Sequence(Set("x", "v", Literal("a lot", "Object"))), $"\"variables\":[{Variable("v", "Int32")}]"));

    [Theory]
    [InlineData("Bearer abcdefghijklmnop1234", true)]
    [InlineData("postgres://app:hunter22@db/x", true)]
    [InlineData("Host=db;Password=hunter22;Database=x", true)]
    [InlineData("AKIAABCDEFGHIJKLMNOP", true)]
    [InlineData("{\"apiKey\":\"abc\"}", true)]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----", true)]
    [InlineData("Please enter your password: it has 8 characters", false)]
    [InlineData("https://example.com/a:b@c", false)]
    [InlineData("The secret of success = work", false)]
    [InlineData("{\"secretName\":\"erp\"}", false)]
    public void Validate_SecretInALiteral_IsFoundAndNotRepeated(string text, bool isSecret)
    {
        var found = Validate(Sequence(Write("w", text)));

        Assert.Equal(isSecret ? ["IBS0087"] : [], found.Select(f => f.Rule));
        Assert.DoesNotContain(found, f => f.Message.En.Contains("hunter", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("const apiKey = 'abcdef123456'", true)]
    [InlineData("getSecret('apiKey')", false)]
    [InlineData("const password = getInput('password')", false)]
    public void Validate_SecretInAScript_IsFound(string source, bool isSecret) =>
        Assert.Equal(isSecret ? ["IBS0087 Workflow1:s1:w text"] : [], Findings(Sequence(WriteJs("w", source))));

    [Fact]
    public void Validate_LargeFlowchart_TakesNoLongerThanItsSize()
    {
        var nodes = Enumerable.Range(0, 1_990).Select(i => i % 2 == 0 ? Node("FlowDecision", $"n{i}", $"\"condition\":{Js("getInput('n')", "Boolean")}") : Node("FlowJoin", $"n{i}", $"\"mode\":{Literal("WaitAll", "FlowJoinMode")}"));
        var connections = string.Join(' ', Enumerable.Range(0, 1_989).SelectMany(i => i % 2 == 0 ? [$"n{i}:True>n{i + 1}", $"n{i}:False>n{(i * 7) % 1_990}"] : new[] { $"n{i}>n{i + 1}", $"n{i}>n{(i * 13) % 1_990}" }));

        Assert.NotNull(Validate(Flowchart(Connect(connections), [.. nodes])));
    }

    [Fact]
    public void Validate_DefinitionsOfTheRepository_HaveNoneOfThese()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "IndustryBrain.sln")))
            root = root.Parent!;
        string[] files = [.. new[] { "plugins", "templates" }.SelectMany(f => Directory.GetFiles(Path.Combine(root.FullName, f), "definition.json", SearchOption.AllDirectories)).Where(f => !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))];

        Assert.True(files.Length > 4);
        foreach (var file in files)
            Assert.DoesNotContain(ScenarioValidator.Validate(ScenarioDefinition.Read(File.ReadAllBytes(file)).Definition!, new Units()), f => string.CompareOrdinal(f.Rule, "IBS0080") >= 0);
    }

    private static IEnumerable<string> Findings(string root, string more = "") => Validate(root, more).Select(f => $"{f.Rule} {f.NodeId} {f.Where}".TrimEnd());

    private static IReadOnlyList<Finding> Validate(string root, string more = "")
    {
        var reading = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(Definition(root, more)));
        Assert.True(reading.IsAccepted, string.Join('\n', reading.Findings));
        return ScenarioValidator.Validate(reading.Definition!, new Units());
    }

    /// <summary>Two components whose ports say their units.</summary>
    private sealed class Units : IComponentCatalog
    {
        private const string Gives = """{"type":"object","properties":{"mass":{"type":"number","x-unit":"kg"},"tonnes":{"type":"number","x-unit":"t"},"table":{"type":"array","items":{"type":"object","properties":{"v":{"type":"number"}}}},"other":{"type":"array","items":{"type":"object","properties":{"v":{"type":"string"}}}},"text":{"type":"string"}}}""";
        private const string Takes = """{"type":"object","properties":{"mass":{"type":"number","x-unit":"kg"},"plain":{"type":"number"},"rate":{"type":"number","maximum":1},"kind":{"type":"string","enum":["x","y"]},"rows":{"type":"array","items":{"type":"object","properties":{"v":{"type":"number"}}}}}}""";

        public ComponentDescriptor? Find(string componentId) => componentId switch
        {
            "units.give" => Describe(componentId, "{}", Gives),
            "units.take" => Describe(componentId, Takes, "{}"),
            _ => null,
        };

        private static ComponentDescriptor Describe(string id, string input, string output) =>
            new(id, ComponentKind.Tool, LocalizedText.Same(id), LocalizedText.Same(""), HasSideEffects: false, IsDeterministic: true, ScenarioRun.Json(input), ScenarioRun.Json(output));
    }
}
