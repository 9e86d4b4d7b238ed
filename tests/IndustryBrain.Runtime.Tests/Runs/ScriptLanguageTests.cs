using IndustryBrain.Runtime.Runs;
using IndustryBrain.Testing;

namespace IndustryBrain.Runtime.Tests.Runs;

/// <summary>The languages of expressions in durable runs, evaluated in the organization's worker.</summary>
public sealed class ScriptLanguageTests(PostgresFixture postgres, ProbePackage plugins)
{
    [Fact]
    public async Task Run_WithEachLanguage_GivesItsValues_AndAHostileOneEndsItsRunOnly()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(ct), plugins, ct, ("ExpressionLimits:TimeoutMilliseconds", "20000"), ("ExpressionLimits:CompileTimeoutMilliseconds", "60000"));
        await host.PublishAsync(Definitions.Sequence(
            "languages",
            Line("c", "CSharp", """Variables.Set(\"sum\", Input.value + 1); return $\"C# {Variables.Get<double>(\"sum\")}\";"""),
            Line("l", "Liquid", "Liquid {{ Variables.sum | plus: Input.value }}"),
            Line("j", "JavaScript", "'JavaScript ' + getVariable('sum')")), ct);
        await host.PublishAsync(Definitions.Sequence(
            "hostile", Line("h", "CSharp", "object o = 1; for (var i = 0; i < 200000; i++) o = new { o }; return new[] { o, o }.Distinct().Count();")), ct);

        var hostile = await host.EndedAsync((await host.StartRunAsync("hostile", "{}", ct)).Id, ct);
        var run = await host.EndedAsync((await host.StartRunAsync("languages", """{"value":2}""", ct)).Id, ct);

        Assert.Equal(RunStatuses.Faulted, hostile.SubStatus);
        Assert.Equal("IB2060", Assert.Single(hostile.Incidents).Code);
        Assert.True(run.SubStatus == "Finished", string.Join("; ", run.Incidents));
        Assert.Equal(["C# 3", "Liquid 5", "JavaScript 3"], run.Lines);
    }

    private static string Line(string id, string language, string source) => $$$"""
        { "type": "Elsa.WriteLine", "id": "{{{id}}}", "version": 1, "customProperties": {}, "metadata": {}, "text": { "typeName": "String", "expression": { "type": "{{{language}}}", "value": "{{{source}}}" } } }
        """;
}
