using System.Text;
using System.Text.Json;
using CsCheck;
using IndustryBrain.Scenarios.Definitions;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

public sealed class ReadingTests
{
    public static TheoryData<string, string> Refused() => new()
    {
        { "IBS0001", "{" },
        { "IBS0001", "" },
        { "IBS0001", Deep(70) },
        { "IBS0001", """{"name":"\ud800"}""" },
        { "IBS0004", "[]" },
        { "IBS0005", """{"toolVersion":"3.7.0-preview1"}""" },
        { "IBS0006", """{"variables":[{"name":"x","typeName":"Int32","value":5}]}""" },
        { "IBS0007", """{"inputs":[{"name":"x","type":"Nonsense"}]}""" },
        { "IBS0007", """{"outputs":[{"name":"x","type":"List<Nonsense>"}]}""" },
        { "IBS0009", """{"inputs":[{"name":"x","type":"String"},{"name":"x","type":"String"}]}""" },
        { "IBS0010", """{"options":{"incidentStrategyType":"My.Strategy, My"}}""" },
        { "IBS0020", Definition(Flowchart("", """{"type":"Elsa.WriteLine","text":"x"}""")) },
        { "IBS0021", Definition(Flowchart("", Write("a", "1"), Write("a", "2"))) },
        { "IBS0012", Definition(Flowchart(string.Join(',', Enumerable.Repeat("{}", 10_001)), Write("a", "1"))) },
        { "IBS0025", Definition(Flowchart("""{"source":{"activity":"a"},"target":{"activity":"b"}},{"source":"a","target":"b"}""", Write("a", "1"), Write("b", "2"))) },
        { "IBS0026", Definition(Flowchart("""{"source":"a","target":"nobody"}""", Write("a", "1"))) },
        { "IBS0004", Definition("""{"type":"Elsa.WriteLine","id":"a","customProperties":null}""") },
        { "IBS0004", Definition("""{"type":"Elsa.WriteLine","id":"a","version":"1"}""") },
        { "IBS0004", Definition("""{"Type":"Elsa.WriteLine","id":"a"}""") },
        { "IBS0004", Definition("""{"type":"Elsa.Flowchart","id":"f","activities":null}""") },
        { "IBS0004", Definition("""{"type":"Elsa.Flowchart","id":"f","activities":[],"metadata":null}""") },
        { "IBS0004", Definition("""{"type":"Elsa.Sequence","id":"s","activities":{"$values":[]}}""") },
        { "IBS0004", Definition("""{"type":"Elsa.WriteLine","id":"w","name":{"typeName":"String"}}""") },
        { "IBS0033", Definition(WriteJs("w", new string('1', 5000))) },
        { "IBS0034", Definition(WriteJs("w", new string('(', 100) + "1" + new string(')', 100))) },
        { "IBS0034", Definition(WriteJs("w", new string('!', 100) + "1")) },
        { "IBS0035", Definition(Node("RunJavaScript", "r", "\"result\":" + """{"typeName":"Object"}""")) },
        { "IBS0040", Definition(Node("Fork", "f", "\"joinMode\":\"Sometimes\",\"branches\":[]")) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Read_Fatal_IsAnErrorFinding(string rule, string json)
    {
        var reading = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(json));

        Assert.False(reading.IsAccepted);
        Assert.Contains(reading.Findings, f => f.Rule == rule && f.Severity == FindingSeverity.Error && f.Message.Zh.Length > 0 && f.Message.En.Length > 0);
    }

    [Theory]
    [InlineData("{\n ,", "文件不是可读取的 JSON：第 2 行第 2 字节。", "The document is not readable JSON: line 2, byte 2.")]
    [InlineData("""{"name":"\ud800"}""", "文件不是可读取的 JSON：其中有不成对的代理字符。", "The document is not readable JSON: it holds half of a surrogate pair.")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "文件不是可读取的 JSON：第 1 行第 65 字节处嵌套超过 64 层。", "The document is not readable JSON: at line 1, byte 65 it nests deeper than 64 levels.")]
    public void Read_NotJson_SaysWhereInEitherLanguage(string json, string zh, string en)
    {
        var finding = Assert.Single(ScenarioDefinition.Read(Encoding.UTF8.GetBytes(json)).Findings);

        Assert.Equal((zh, en), (finding.Message.Zh, finding.Message.En));
    }

    [Theory]
    [InlineData("IBS0013", "{}")]
    [InlineData("IBS0013", """{"a":1}""")]
    [InlineData("IBS0004", """{"root":5}""")]
    [InlineData("IBS0063", """{"root":{"id":"a","type":"Elsa.WriteLine","text":"a\u0000b"}}""")]
    [InlineData("IBS0065", """{"root":{"id":"a","type":"Elsa.WriteLine","text":"x","type":"Elsa.End"}}""")]
    public void Intake_WhatIsNeitherKeptNorRun_IsRefused(string rule, string json)
    {
        var reading = DefinitionIntake.Read(Encoding.UTF8.GetBytes(json));

        Assert.Null(reading.Definition);
        Assert.Equal(rule, Assert.Single(reading.Findings).Rule);
    }

    [Theory]
    [InlineData("""{"definitionId":"rootless"}""")]
    [InlineData("""{"definitionId":"rootless","root":null}""")]
    [InlineData("""{"root":{"id":"a","type":"Elsa.WriteLine","text":"x"}}""")]
    public void Intake_WhatElsaTakes_IsTaken(string json) => Assert.True(DefinitionIntake.Read(Encoding.UTF8.GetBytes(json)).IsAccepted);

    [Fact]
    public void Intake_TextOfAnotherEncoding_SaysSo()
    {
        // "价格" in GB18030.
        byte[] json = [.. "{\"name\":\""u8, 0xBC, 0xDB, 0xB8, 0xF1, .. "\"}"u8];

        var finding = Assert.Single(DefinitionIntake.Read(json).Findings);

        Assert.Equal(("IBS0001", "文件不是可读取的 JSON：它不是 UTF-8 编码的文本。"), (finding.Rule, finding.Message.Zh));
    }

    public static TheoryData<string> Accepted() =>
    [
        """{}""",
        """{"ROOT":{"type":"Elsa.WriteLine","TEXT":"x"},"Version":"3","unknown":{"a":1}}""",
        """{"options":{"activationStrategyType":"Elsa.Workflows.ActivationValidators.AllowAlwaysStrategy, Elsa.Workflows.Core"}}""",
        """{"options":{"activationStrategyType":"UnregisteredClrType:Elsa.Workflows.ActivationValidators.AllowAlwaysStrategy, Elsa.Workflows.Core"}}""",
        """{"variables":[{"name":"x","typeName":"Nonsense","value":"1"},{"name":"y","typeName":"Int32","isArray":true,"value":"[1]"}]}""",
        """{"root":{"type":"Elsa.Flowchart","id":"f","activities":[{"type":"Elsa.Start","id":"a"},{"type":"Elsa.End","id":"b"}],"connections":{"$values":[{"source":"a","sourcePort":"Done","target":"b","targetPort":"In"}]}}}""",
        """{"root":{"type":"Elsa.Flowchart","id":"f","activities":[{"type":"Elsa.Start","id":"a"}],"connections":[{"Source":{"Activity":"a","Port":"Done"},"Target":{"Activity":"gone"}}]}}""",
        """{"root":{"type":"Elsa.RunJavaScript","id":"r","result":null}}""",
        """{"root":{"type":"Elsa.RunJavaScript","id":"r","result":{"memoryReference":null}}}""",
    ];

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Read_Tolerated_IsAcceptedAndExportedUnchanged(string json)
    {
        var reading = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(json));

        Assert.True(reading.IsAccepted, string.Join(' ', reading.Findings.Select(f => f.Message.En)));
        using var source = JsonDocument.Parse(json);
        using var exported = JsonDocument.Parse(reading.Definition!.Export());
        Assert.True(JsonElement.DeepEquals(source.RootElement, exported.RootElement));
    }

    [Fact]
    public void Read_UnknownActivity_IsKeptWithAWarning()
    {
        var reading = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(Definition(Flowchart(Connect("a>b"), Node("Nonsense", "a", "\"more\":{\"x\":1}"), Write("b", "x")))));

        Assert.Equal("Workflow1:f1:a", Assert.Single(reading.Findings, f => f.Rule == "IBS0023").NodeId);
        Assert.Contains("\"more\"", Encoding.UTF8.GetString(reading.Definition!.Export()), StringComparison.Ordinal);
    }

    [Fact]
    public void Export_OtherIds_ReplacesOnlyThem()
    {
        var definition = ScenarioDefinition.Read(Encoding.UTF8.GetBytes("""{"DefinitionId":"old","name":"价格 <b>","root":{"type":"Elsa.WriteLine"}}""")).Definition!;

        var text = Encoding.UTF8.GetString(definition.Export("new", "v2", 2, true));

        var again = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(text)).Definition!;
        Assert.Equal(("new", "v2", 2, "价格 <b>"), (again.DefinitionId, again.VersionId, again.Version, again.Name));
        Assert.Contains("价格 \\u003Cb\\u003E", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Elsa.Delay", "timeSpan", "TimeSpan", "5 minutes", 1)]
    [InlineData("Elsa.Delay", "timeSpan", "TimeSpan", "PT5M", 1)]
    [InlineData("Elsa.Delay", "timeSpan", "TimeSpan", "00:05:00", 0)]
    [InlineData("Elsa.For", "start", "Int32", "x", 1)]
    [InlineData("Elsa.For", "start", "Int32", "1", 0)]
    [InlineData("Elsa.If", "condition", "Boolean", "maybe", 1)]
    [InlineData("Elsa.If", "condition", "Boolean", "True", 0)]
    public void Validate_LiteralThatDoesNotConvert_IsWarnedAbout(string type, string input, string typeName, string text, int warnings)
    {
        var root = Sequence($$$$"""{"type":"{{{{type}}}}","id":"a","{{{{input}}}}":{"typeName":"{{{{typeName}}}}","expression":{"type":"Literal","value":"{{{{text}}}}"}}}""");
        var definition = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(Definition(root))).Definition!;

        var findings = ScenarioValidator.Validate(definition, new ScenarioRun());

        Assert.Equal(warnings, findings.Count(f => f is { Rule: "IBS0053", Severity: FindingSeverity.Warning } && f.Where == input));
    }

    [Fact]
    public void Validate_Components_AreChecked()
    {
        var root = Sequence("""{"type":"IndustryBrain.test.double","id":"a","other":1}""", """{"type":"IndustryBrain.gone.away","id":"b"}""");
        var definition = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(Definition(root))).Definition!;

        var findings = ScenarioValidator.Validate(definition, new ScenarioRun());

        Assert.Equal(["IBS0051", "IBS0052", "IBS0050"], findings.Select(f => f.Rule));
    }

    /// <summary>Whatever a document holds beside what is read, in any object of it, comes out as it went in.</summary>
    [Fact]
    public void Export_RandomDocuments_IsTheIdentity()
    {
        var original = Definition(
            Flowchart(Connect("a>i i>b b>n n>u"), Write("a", "1"), Node("Switch", "i", $"\"cases\":[{{\"label\":\"x\",\"condition\":{Js("1")},\"activity\":{Write("z", "z")}}}]"), WriteJs("b", "variables.x"), Node("Nonsense", "n"), Node("NotFoundActivity", "u", "\"originalActivityJson\":\"{}\"")),
            $"\"variables\":[{Variable("x", "Int32", "1")}],\"inputs\":[{{\"type\":\"String\",\"name\":\"q\"}}],\"options\":{{}},\"customProperties\":{{\"industryBrain\":{{\"name\":{{\"zh\":\"a\",\"en\":\"b\"}}}}}}");
        string[] values = ["null", "1.50", "1e3", "\"价格 <&> \\u0027\"", "[]", "{}", "[null,{\"a\":[1]}]", "true", "{\"type\":\"Elsa.Gone\",\"id\":\"g\"}"];
        var objects = original.Count(c => c == '{');

        Gen.Select(Gen.Int[0, objects - 1], Gen.OneOfConst(values)).Array[1, 8].Sample(
            added =>
            {
                var text = original;
                foreach (var ((at, value), i) in added.OrderByDescending(a => a.Item1).Select((a, i) => ((a.Item1, a.Item2), i)))
                    text = Insert(text, at, $"\"extra{i}\":{value}");
                var first = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(text)).Definition!;

                var once = first.Export();
                var second = ScenarioDefinition.Read(once).Definition!;

                using var source = JsonDocument.Parse(text);
                using var exported = JsonDocument.Parse(once);
                return JsonElement.DeepEquals(source.RootElement, exported.RootElement)
                    && once.AsSpan().SequenceEqual(second.Export())
                    && first.Nodes.Select(n => n.NodeId + n.Type).SequenceEqual(second.Nodes.Select(n => n.NodeId + n.Type));
            },
            iter: LongTests.Iterations(1_000, 20_000));
    }

    // Puts a member into the object that the given opening brace begins; braces within texts are those of "{}" and are left alone.
    private static string Insert(string json, int brace, string member)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.StartObject || brace-- > 0)
                continue;
            var end = (int)reader.TokenStartIndex + 1;
            reader.Read();
            return json[..end] + member + (reader.TokenType == JsonTokenType.EndObject ? "" : ",") + json[end..];
        }

        return json;
    }

    [Fact]
    public void Read_MutatedBytes_NeverThrows()
    {
        var original = Encoding.UTF8.GetBytes(Definition(
            Flowchart(Connect("a>i i>b"), Write("a", "1"), Node("If", "i", $"\"condition\":{Js("true", "Boolean")},\"then\":{Sequence(Node("RunJavaScript", "r", "\"script\":" + Literal("1") + "," + Output("result", "x")))}"), WriteJs("b", "variables.x")),
            $"\"variables\":[{Variable("x", "Int32", "1")}],\"inputs\":[{{\"type\":\"String\",\"name\":\"q\"}}]"));

        Gen.Select(Gen.Int[0, original.Length - 1], Gen.Byte, Gen.Int[0, 3]).Array[1, 4].Sample(
            mutations =>
            {
                var bytes = original.ToList();
                foreach (var (at, value, kind) in mutations)
                {
                    var i = Math.Min(at, bytes.Count - 1);
                    if (kind == 0)
                        bytes.RemoveAt(i);
                    else if (kind == 1)
                        bytes.Insert(i, value);
                    else if (kind == 2)
                        bytes[i] = (byte)"{}[]\":,0tn\\"[value % 11];
                    else
                        bytes[i] = value;
                }

                var reading = ScenarioDefinition.Read(bytes.ToArray());
                reading.Definition?.Export();
            },
            iter: LongTests.Iterations(3_000, 100_000));
    }

    [Fact]
    public void Read_MutatedValues_NeverThrows()
    {
        var original = Definition(
            Flowchart(Connect("a>i i>b"), Write("a", "1"), Node("Switch", "i", $"\"cases\":[{{\"label\":\"x\",\"condition\":{Js("1")},\"activity\":{Write("z", "z")}}}]"), WriteJs("b", "variables.x")),
            $"\"variables\":[{Variable("x", "Int32", "1")}],\"inputs\":[{{\"type\":\"String\",\"name\":\"q\"}}],\"options\":{{}},\"customProperties\":{{\"industryBrain\":{{\"name\":{{\"zh\":\"a\",\"en\":\"b\"}},\"samples\":[{{\"name\":\"x\",\"input\":{{}}}}]}}}}");
        string[] replacements = ["null", "5", "\"x\"", "[]", "{}", "[null]", "[5]", "true", "[[]]", "{\"$values\":5}", "1e400"];
        using var document = JsonDocument.Parse(original);
        var count = Mutation.Count(document.RootElement);

        Gen.Select(Gen.Int[0, count - 1], Gen.OneOfConst(replacements)).Sample(
            mutation =>
            {
                var index = mutation.Item1;
                var text = Mutation.Replace(document.RootElement, ref index, mutation.Item2);
                ScenarioDefinition.Read(Encoding.UTF8.GetBytes(text)).Definition?.Export();
            },
            iter: LongTests.Iterations(3_000, 100_000));
    }

    private static string Deep(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
}
