using System.Text.Json;
using IndustryBrain.Escape.Tests.Expressions;
using IndustryBrain.Expressions;
using IndustryBrain.Plugins.Expressions;
using IndustryBrain.Plugins.Isolation;
using IndustryBrain.Scenarios.Expressions;

[assembly: AssemblyFixture(typeof(JailedExpressions))]

namespace IndustryBrain.Escape.Tests.Expressions;

/// <summary>One set of workers for all tests: what an expression does to one is over when its test is.</summary>
public sealed class JailedExpressions : IAsyncDisposable
{
    /// <summary>What a busy machine needs to compile; everything else as in the host.</summary>
    public static ExpressionLimits Limits { get; } = new() { TimeoutMilliseconds = 1_000, CompileTimeoutMilliseconds = 60_000 };

    public ExpressionWorkers Workers { get; } = New(new() { StepTimeout = TimeSpan.FromMinutes(1), MemoryBytes = 384L << 20 });

    public static ExpressionWorkers New(ExpressionOptions options) =>
        new(options, JsonSerializer.SerializeToElement(Limits, JsonSerializerOptions.Web), TimeProvider.System, workers: new WorkerOptions { Bubblewrap = "" });

    public ValueTask DisposeAsync() => Workers.DisposeAsync();
}

/// <summary>Expressions give the same in the organization's worker as in the caller's process.</summary>
[Collection("one machine, attacked by one test at a time")]
public sealed class ExpressionWorkerTests(JailedExpressions jailed)
{
    private static readonly InProcessExpressions InProcess = new(JailedExpressions.Limits);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Sources => new()
    {
        { "JavaScript", "getTotal() + getVariable('Total') + variables.Total" },
        { "JavaScript", "getOrder().lines.map(l => l.count)" },
        { "JavaScript", "getVariable('or' + 'der').lines.length + getVariable('To' + 'tal')" },
        { "JavaScript", "getVariable('absent')" },
        { "JavaScript", "setVariable('Total', '6'); setVariable('fresh', {a: [1]}); getVariable('Total') + 1" },
        { "JavaScript", "variables.Total = 9" },
        { "JavaScript", "getInput('name') + getname()" },
        { "JavaScript", "getInput('na' + 'me')" },
        { "JavaScript", "getOutputFrom('sum') + getOutputFrom('sum', 'Unit') + getUnitFromSum()" },
        { "JavaScript", "getOutputFrom('s' + 'um', 'Un' + 'it')" },
        { "JavaScript", "getOutputFrom('other')" },
        { "JavaScript", "try { getVariable('To' + 'tal') } catch { 1 }" },
        { "JavaScript", "getLastResult()" },
        { "JavaScript", "setWorkflowInstanceName('n'); setCorrelationId('c'); getWorkflowInstanceName() + getCorrelationId() + getWorkflowDefinitionVersion()" },
        { "JavaScript", "'\\ud800'" },
        { "JavaScript", "({a: '\\ud800'})" },
        { "JavaScript", "new Date(0)" },
        { "JavaScript", "NaN" },
        { "JavaScript", "setVariable('Total', 8); throw new Error('no')" },
        { "JavaScript", "1 +* 2" },
        { "CSharp", "Variable.Total * 2 + Variables.Get<int>(\"Total\")" },
        { "CSharp", "Variables.Get<int>(\"To\" + \"tal\")" },
        { "CSharp", "Variable.Total = 8; return Variable.Total;" },
        { "CSharp", "Input.name + Inputs.Get<string>(\"name\")" },
        { "CSharp", "Output.From<long>(\"sum\") + (long)Output.LastResult" },
        { "CSharp", "new { a = 1m, b = DateTimeOffset.Parse(\"2026-11-29T06:00:00Z\") }" },
        { "CSharp", "Guid.Parse(\"b1b2b3b4-0000-0000-0000-000000000001\")" },
        { "CSharp", "1.50m" },
        { "CSharp", "CorrelationId = \"c\"; return WorkflowInstanceId + CorrelationId;" },
        { "CSharp", "System.IO.File.ReadAllText(\"/etc/passwd\")" },
        { "CSharp", "1 +* " },
        { "Liquid", "{{ Variables.Total }} {{ Variables.order.lines[1].count }} {{ Input.name }} {{ WorkflowInstanceId }}" },
        { "Liquid", "{% assign n = 'To' | append: 'tal' %}{{ Variables[n] }}" },
        { "Liquid", "{{ Variables | keys | join: ',' }}" },
        { "Liquid", "{% if %}" },
        { "Python", "1" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Evaluate_InTheWorker_GivesWhatItGivesInProcess(string language, string source)
    {
        var (here, there) = (new MemoryScope(), new MemoryScope());

        var expected = await InProcess.EvaluateAsync(new(language, source, false, here), Ct);
        var actual = await jailed.Workers.Of("same").EvaluateAsync(new(language, source, false, there), Ct);

        Assert.Equal(Text(expected.TryGet(out var value, out var failure) ? value.Value : failure), Text(actual.TryGet(out value, out failure) ? value.Value : failure));
        Assert.Equal((here.Name, here.CorrelationId), (there.Name, there.CorrelationId));
        Assert.Equal(here.Variables.Select(v => (v.Key, Text(v.Value))), there.Variables.Select(v => (v.Key, Text(v.Value))));
    }

    private static string Text(object? value) => value is JsonElement json ? json.GetRawText() : $"{value?.GetType().Name} {value}";
}
