using System.Text;
using IndustryBrain.Expressions;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

public sealed class DataTests
{
    public static TheoryData<string, string, string> Conversions() => new()
    {
        { "Int32", "3.7", "4" },
        { "Int32", "2.5", "2" },
        { "Int32", "3.5", "4" },
        { "Int32", "'42'", "42" },
        { "Int32", "'3.7'", "0" },
        { "Int32", "'abc'", "0" },
        { "Int32", "1e12", "FAULT" },
        { "Int64", "1e12", "1000000000000" },
        { "Double", "'3e10'", "30000000000" },
        { "Boolean", "'true'", "True" },
        { "Boolean", "'True'", "True" },
        { "Boolean", "'1'", "False" },
        { "Boolean", "'yes'", "False" },
        { "Boolean", "2", "True" },
        { "Boolean", "0", "False" },
        { "String", "({a:1})", "{\"a\":1}" },
        { "String", "5", "5" },
        { "String", "0.1", "0.1" },
        { "TimeSpan", "'00:01:00'", "00:01:00" },
        { "TimeSpan", "'5'", "5.00:00:00" },
        { "JSON", "'{\"a\":[1]}'", "{\"a\":[1]}" },
        { "JSON", "'{broken'", "FAULT" },
        { "Int32[]", "[1.5, 2.5, '7']", "[2,2,7]" },
        { "List<String>", "'x'", "[\"x\"]" },
        { "List<Int32>", "'ab'", "[97,98]" },
        { "Decimal", "'[1]'", "FAULT" },
        { "DateTimeOffset", "'{}'", "FAULT" },
        { "Int32", "'[1]'", "0" },
        { "Object", "3.5", "3.5" },
        { "ObjectDictionary", "({a:{b:2}})", "{\"a\":{\"b\":2}}" },
    };

    [Theory]
    [MemberData(nameof(Conversions))]
    public async Task SetVariable_ConvertsToDeclaredType(string type, string source, string expected)
    {
        var root = Sequence(Set("s", "x", Js(source, "Object")), Node("WriteLine", "w", "\"text\":" + """{"typeName":"String","expression":{"type":"Variable","value":{"id":"x","name":"x"}}}"""));

        var run = await new ScenarioRun().RunAsync(Definition(root, $"\"variables\":[{Variable("x", type)}]"));

        Assert.Equal(expected, run.SubStatus == ExecutionSubStatus.Faulted ? "FAULT" : string.Join('|', run.Lines));
    }

    [Fact]
    public async Task SetVariable_NumberThatDoesNotFit_SaysSoInBothLanguages()
    {
        var run = await new ScenarioRun().RunAsync(Definition(Sequence(Set("s", "x", Js("70000", "Object"))), $"\"variables\":[{Variable("x", "Int16")}]"));

        var failure = Assert.Single(run.Incidents).Failure;
        Assert.Equal(("IB2003", "值无法转换：数值 70000 超出 Int16 的范围。", "A value cannot be converted: The number 70000 does not fit into Int16."), (failure.Code, failure.Message.Zh, failure.Message.En));
    }

    public static TheoryData<string, string> Scripts() => new()
    {
        { "variables.Count + 1", "6" },
        { "getCount() + getVariable('Count')", "10" },
        { "getVariable('count')", "" },
        { "setCount(7); getCount()", "7" },
        { "variables.Count = 9; return variables.Count", "9" },
        { "getOrderId()", "o-1" },
        { "typeof getMy_var", "undefined" },
        { "getVariable('my_var')", "m" },
        { "getInput('Customer').name", "Ann" },
        { "getCustomer().name", "Ann" },
        { "getInput('missing')", "" },
        { "toJson({a: [1, 'x']})", "{\"a\":[1,\"x\"]}" },
        { "isNullOrEmpty('') + ' ' + isNullOrWhiteSpace(' ') + ' ' + isNullOrEmpty('x')", "true true false" },
        { "stringFromBase64(stringToBase64('价格'))", "价格" },
        { "bytesToString(bytesFromBase64(bytesToBase64(bytesFromString('x'))))", "x" },
        { "getWorkflowInstanceId() + getWorkflowDefinitionId() + getWorkflowDefinitionVersion()", "run1d11" },
        { "parseGuid('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11')", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11" },
        { "newGuidString().length + ' ' + newShortGuid().length", "36 22" },
        { "`Hi ${getCustomer().name}`", "Hi Ann" },
        { "[1,2,3].map(x => x * 2).join('-')", "2-4-6" },
        { "TimeSpan.FromSeconds(90)", "00:01:30" },
        { "Guid.NewGuid().toString().length", "36" },
        { "DateTime.UtcNow instanceof Date && new Random().Next(3, 4) == 3", "True" },
        { "typeof System + typeof DateTime.constructor.constructor('return 1')", "FAULT" },
        { "true", "True" },
        { "const d = new Date(0); d.toISOString()", "1970-01-01T00:00:00.000Z" },
        { "(async () => 5)()", "5" },
    };

    [Theory]
    [InlineData("JavaScript", "`${new Date().toISOString()} ${Date.now()} ${new Date(0).getTime()} ${DateTime.UtcNow.toISOString()} ${Date().length > 0}`", "2031-02-03T04:05:06.000Z 1927857906000 0 2031-02-03T04:05:06.000Z true")]
    [InlineData("Liquid", "{{ 'now' | date: '%Y-%m-%d %H:%M' }}", "2031-02-03 04:05")]
    public async Task Evaluate_Now_IsTheRunsClock(string language, string source, string expected)
    {
        var definition = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(Definition(Sequence(Node("WriteLine", "w", "\"text\":" + Wrap("String", language, source)))))).Definition!;
        var run = ScenarioExecution.Start(definition, new ExecutionServices(new ScenarioRun(), new InProcessExpressions(), new Fixed(), EngineLimits.Default), new ExecutionStart("r", default));

        await run.ContinueAsync(TestContext.Current.CancellationToken);

        Assert.Empty(run.Incidents);
        Assert.Equal([expected], run.Lines);
    }

    private sealed class Fixed : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2031, 2, 3, 4, 5, 6, TimeSpan.Zero);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task JavaScript_Function_Gives(string source, string expected)
    {
        var definition = Definition(
            Sequence(WriteJs("w", source)),
            $$"""
            "variables":[{{Variable("Count", "Int32", "5")}},{{Variable("orderId", "String", "o-1")}},{{Variable("my_var", "String", "m")}}],"inputs":[{"type":"Object","name":"Customer"}]
            """);

        var run = await new ScenarioRun { Input = """{"Customer":{"name":"Ann"}}""" }.RunAsync(definition);

        Assert.True(run.SubStatus == ExecutionSubStatus.Finished || expected == "FAULT", string.Join(' ', run.Incidents.Select(i => i.Failure.Message.En)));
        Assert.Equal(expected, run.SubStatus == ExecutionSubStatus.Faulted ? "FAULT" : string.Join('|', run.Lines));
    }

    [Fact]
    public async Task Variables_AssignedInScript_AreCopiedBack()
    {
        var root = Sequence(WriteJs("a", "variables.List.push(3); variables.Count = 3.7; ''"), WriteJs("b", "toJson(variables.List) + variables.Count"));

        var run = await new ScenarioRun().RunAsync(Definition(root, $"\"variables\":[{Variable("Count", "Int32", "5")},{Variable("List", "Int32[]", "[1,2]")}]"));

        Assert.Equal(["", "[1,2,3]4"], run.Lines);
    }

    [Fact]
    public async Task Suspension_WithoutDriver_KeepsVariablesInputsAndOutputs()
    {
        var reader = "`${variables.Kept} ${variables.Lost} ${getInput('In')} ${getInput('Kept')} ${getOutputFrom('js')} ${getLastResult()}`";
        var root = Sequence(
            Set("s1", "Kept", Literal("k", "Object")),
            Set("s2", "Lost", Literal("changed", "Object")),
            Node("RunJavaScript", "js", "\"script\":" + Literal("'result'")),
            WriteJs("w1", reader),
            Node("Delay", "d", "\"timeSpan\":" + Literal("01:00:00", "TimeSpan")),
            WriteJs("w2", reader));
        var more = $$"""
            "variables":[{{Variable("Kept", "String")}},{{Variable("Lost", "String", "default", survives: false)}}],
            "inputs":[{"type":"String","name":"In"},{"type":"String","name":"Kept","storageDriverType":"WorkflowInstanceStorageDriver"}]
            """;

        var run = await new ScenarioRun { SavesAlways = true, Input = """{"In":"i","Kept":"ki"}""" }.RunAsync(Definition(root, more));

        Assert.Equal(["k changed i ki result result", "k changed i ki result result"], run.Lines);
    }

    [Fact]
    public async Task GetOutputFrom_FlowchartLoop_KeepsTheFirst()
    {
        var root = Flowchart(
            Connect("j>w w>d d:True>j"),
            Node("RunJavaScript", "j", "\"script\":" + Literal("setVariable('n', (getVariable('n') || 0) + 1); getVariable('n')")),
            WriteJs("w", "getOutputFrom('j') + ' ' + getLastResult() + ' ' + getResultFromJs()"),
            Node("FlowDecision", "d", $"\"condition\":{Js("getVariable('n') < 2", "Boolean")}"));

        var run = await new ScenarioRun().RunAsync(Definition(root.Replace("\"id\":\"j\",", "\"id\":\"j\",\"name\":\"js\",", StringComparison.Ordinal)));

        Assert.Equal(["1 1 1", "1 2 1"], run.Lines);
    }

    [Fact]
    public async Task GetOutputFrom_UnknownActivity_Faults()
    {
        var run = await new ScenarioRun().RunAsync(Definition(Sequence(WriteJs("w", "getOutputFrom('nobody')"))));

        Assert.Equal(ExecutionSubStatus.Faulted, run.SubStatus);
        Assert.StartsWith("Failed to evaluate activity input", Assert.Single(run.Incidents).Failure.Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outputs_GoToVariablesAndWorkflowOutputs()
    {
        var root = Sequence(
            Node("RunJavaScript", "a", "\"script\":" + Literal("({x: 1})") + "," + Output("result", "v")),
            Node("RunJavaScript", "b", "\"script\":" + Literal("41 + 1") + "," + Output("result", "Answer")),
            Node("SetOutput", "c", $"\"outputName\":{Literal("Undeclared")},\"outputValue\":{Wrap("Object", "Object", "{\"a\":1}")}"),
            WriteJs("w", "variables.v.x"));

        var run = await new ScenarioRun().RunAsync(Definition(root, $$"""
            "variables":[{{Variable("v", "JSON")}}],"outputs":[{"type":"Int32","name":"Answer"}]
            """));

        Assert.Equal(["1"], run.Lines);
        Assert.Equal("""{"Answer":42,"Undeclared":"{\u0022a\u0022:1}"}""", run.Output.ToJsonString());
    }

    [Fact]
    public async Task Scopes_InnerNameShadowsOuter()
    {
        var inner = Node("Sequence", "i", $"\"variables\":[{Variable("x", "String", "inner")}],\"activities\":[{WriteJs("a", "variables.x")}]");

        var run = await new ScenarioRun().RunAsync(Definition(Sequence(inner, WriteJs("b", "variables.x")), $"\"variables\":[{Variable("x", "String", "outer")}]"));

        Assert.Equal(["inner", "outer"], run.Lines);
    }

    [Theory]
    [InlineData("""{"expression":{"type":"Literal","value":"x"}}""", "")]
    [InlineData("""{"typeName":"String","expression":{"type":"javascript","value":"'x'"}}""", "")]
    [InlineData("""{"typeName":"String"}""", "")]
    [InlineData("\"bare\"", "bare")]
    [InlineData("5", "5")]
    [InlineData("null", "")]
    [InlineData("""{"typeName":"String","expression":{"type":"Literal","value":{"a":1}}}""", """{"a":1}""")]
    [InlineData("""{"typeName":"String","expression":{"type":"Variable","value":"x"}}""", "")]
    [InlineData("""{"typeName":"String","expression":{"type":"Input","value":{"name":"In"}}}""", "given")]
    public async Task WriteLine_WrapperShape_Reads(string wrapper, string expected)
    {
        var run = await new ScenarioRun { Input = """{"In":"given"}""" }.RunAsync(Definition(Sequence(Node("WriteLine", "w", "\"TEXT\":" + wrapper)), $"\"variables\":[{Variable("x", "String", "v")}]"));

        Assert.Equal([expected], run.Lines);
    }

    [Fact]
    public async Task Event_Resumed_GivesItsPayload()
    {
        var root = Sequence(Node("Event", "e", "\"eventName\":" + Literal("Paid")), WriteJs("w", "getLastResult().amount"));

        var run = await new ScenarioRun { SavesAlways = true, Events = new() { ["Paid"] = """{"amount":12}""" } }.RunAsync(Definition(root));

        Assert.Equal(["12"], run.Lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Component_Called_OutputsAreReadable(bool savesAlways)
    {
        var component = """{"type":"IndustryBrain.test.double","id":"c","name":"Twice","version":1,"customProperties":{},"metadata":{},"number":""" + Literal("21", "Double") + "," + Output("items", "v") + "}";
        var root = Sequence(component, WriteJs("w", "getOutputFrom('Twice', 'number') + ' ' + getNumberFromTwice() + ' ' + variables.v.length"),
            Node("If", "i", $"\"condition\":{Js("true", "Boolean")},\"then\":{WriteJs("t", "getNumberFromTwice()")}"));

        var run = await new ScenarioRun { SavesAlways = savesAlways }.RunAsync(Definition(root, $"\"variables\":[{Variable("v", "Object")}]"));

        Assert.Equal(["42 42 2", "42"], run.Lines);
    }

    [Fact]
    public async Task Component_Fails_FaultsWithItsCode()
    {
        var component = """{"type":"IndustryBrain.test.broken","id":"c","version":1,"customProperties":{},"metadata":{},"number":1}""";

        var run = await new ScenarioRun().RunAsync(Definition(Sequence(component, Write("w", "never"))));

        Assert.Equal("test:BROKEN", Assert.Single(run.Incidents).Failure.Code);
        Assert.Empty(run.Lines);
    }

    [Fact]
    public async Task Component_SensitiveFields_AreGivenToItButNotReported()
    {
        const string ports = """
            { "type": "object", "required": ["number"], "$defs": { "login": { "type": "object", "properties": { "user": { "type": "string" }, "pin": { "type": "string", "x-editor": "password" } } } },
              "properties": {
                "number": { "type": "number" }, "items": { "type": "array", "items": { "type": "number", "writeOnly": true } },
                "key": { "type": "string", "format": "password" }, "logins": { "type": "array", "items": { "$ref": "#/$defs/login" } } } }
            """;
        var shell = new ScenarioRun { Ports = ports };
        var component = """{"type":"IndustryBrain.test.double","id":"c","version":1,"customProperties":{},"metadata":{},"number":""" + Literal("21", "Double")
            + ",\"key\":" + Literal("hush") + ",\"logins\":" + Wrap("Object", "Object", """[{"user":"li","pin":"1234"}]""") + "," + Output("items", "v") + "}";

        var run = await shell.RunAsync(Definition(Sequence(component, WriteJs("w", "variables.v.join()")), $"\"variables\":[{Variable("v", "Object")}]"));

        Assert.Equal(["1,2"], run.Lines);
        Assert.Equal("hush", shell.Calls[0].Input.GetProperty("key").GetString());
        Assert.Equal("1234", shell.Calls[0].Input.GetProperty("logins")[0].GetProperty("pin").GetString());
        var began = shell.Happened.OfType<StepStarted>().Single(s => s.Type == "IndustryBrain.test.double").Input!.Value.GetRawText();
        Assert.Equal("""{"number":21,"key":"***","logins":[{"user":"li","pin":"***"}]}""", began);
        var ended = shell.Happened.OfType<StepFinished>().Single(s => s.NodeId.EndsWith(":c", StringComparison.Ordinal)).Output!.Value.GetRawText();
        Assert.Equal("""{"number":42,"items":["***","***"]}""", ended);
    }
}
