using IndustryBrain.Expressions;
using IndustryBrain.Expressions.Liquid;
using IndustryBrain.Scenarios.Execution;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

public sealed class LiquidTests
{
    private static readonly LiquidEvaluator Evaluator = new(new ExpressionLimits { TimeoutMilliseconds = 7_000 });

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("{{ Variables.Total }}", "5")]
    [InlineData("{{ Variables.total }}", "")]
    [InlineData("{{ Variables.Total | plus: 2 }}", "7")]
    [InlineData("{{ Variables.Price | times: 2 }}", "3.0")]
    [InlineData("{{ Variables['Total'] }}", "5")]
    [InlineData("{{ Variables.Order.lines[1].count }}", "3")]
    [InlineData("{% for line in Variables.Order.lines %}{{ line.count }};{% endfor %}", "2;3;")]
    [InlineData("{{ Variables.Order.lines | map: 'count' | join: '+' }}", "2+3")]
    [InlineData("{{ Variables.Order | keys | join: ',' }}", "lines")]
    [InlineData("Hello {{ Input.name }}!", "Hello Ada!")]
    [InlineData("{{ Input.absent }}", "")]
    [InlineData("{{ WorkflowInstanceId }}", "run1")]
    [InlineData("{{ 'a<b' }}", "a<b")]
    [InlineData("{{ 'a<b' | escape }}", "a&lt;b")]
    [InlineData("{{ '{{ Variables.Total }}' }}", "{{ Variables.Total }}")]
    [InlineData("{{ 'ü' | base64 }}", "w7w=")]
    [InlineData("{% if Variables.Total > 4 %}big{% else %}small{% endif %}", "big")]
    [InlineData("{% assign x = Variables.Total | times: 2 %}{{ x }}", "10")]
    [InlineData("{% capture x %}a{{ Variables.Total }}{% endcapture %}{{ x | upcase }}", "A5")]
    [InlineData("{% for i in (1..3) %}{{ i }}{% endfor %}", "123")]
    [InlineData("{{ Variables.At | date: '%Y-%m-%d' }}", "2026-11-29")]
    public async Task Evaluate_Template_GivesText(string source, string expected)
    {
        var run = await RunAsync(source);

        Assert.Equal("", string.Concat(run.Incidents.Select(i => i.Failure.Message.En)));
        Assert.Equal([expected], run.Lines);
    }

    [Fact]
    public async Task Evaluate_TemplateThatDoesNotParse_IsTheTextOfItsError()
    {
        var run = await RunAsync("{{ 1 | }}");

        Assert.Equal(ExecutionSubStatus.Finished, run.SubStatus);
        Assert.Contains("identifier was expected", Assert.Single(run.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_ForANumber_IsConverted()
    {
        var run = await new ScenarioRun { Expressions = new InProcessExpressions() }.RunAsync(Definition(
            Sequence(Node("SetVariable", "s", "\"variable\":{\"id\":\"Total\",\"name\":\"Total\"},\"value\":" + Wrap("Object", "Liquid", "{{ Variables.Total | plus: 37 }}")), WriteJs("w", "getVariable('Total') + 1")),
            "\"variables\":[" + Variable("Total", "Int32", "5") + "]"));

        Assert.Equal(["43"], run.Lines);
    }

    [Theory]
    [InlineData("{% include 'x' %}", "IB2102")]
    [InlineData("{% render 'x' %}", "IB2102")]
    [InlineData("{% assign s = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' %}{% for i in (1..40) %}{% assign s = s | append: s %}{% endfor %}{{ s }}", "IB2106")]
    [InlineData("{% assign s = 'xxxxxxxx' %}{% for i in (1..40) %}{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}", "IB2106")]
    [InlineData("{% assign s = 'xxxxxxxx' %}{% for i in (1..40) %}{% assign s = s | replace: 'x', s %}{% endfor %}", "IB2106")]
    [InlineData("{% assign a = (1..9) %}{% for i in (1..40) %}{% assign a = a | concat: a %}{% endfor %}", "IB2106")]
    [InlineData("{{ (1..100000) | join: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' }}", "IB2106")]
    [InlineData("{% for i in (1..20000000) %}{% endfor %}", "IB2106")]
    [InlineData("{{ (1..20000000) | size }}", "IB2106")]
    [InlineData("{% for i in (1..1000000) %}{{ 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' }}{% endfor %}", "IB2106")]
    [InlineData("{{ 5 | format_number: 'D999999999' }}", "IB2106")]
    [InlineData("{% for i in (1..2000) %}{% for j in (1..2000) %}{% endfor %}{% endfor %}", "IB2108")]
    [InlineData("{% for i in (1..2000) %}{% for j in (1..2000) %}{% assign x = j %}{% endfor %}{% endfor %}", "IB2108")]
    public async Task Evaluate_TemplateThatMisbehaves_EndsWithItsCode(string source, string code)
    {
        var (before, started) = (GC.GetTotalMemory(true), TimeProvider.System.GetTimestamp());

        var run = await RunAsync(source);

        Assert.Equal(code, Assert.Single(run.Incidents).Failure.Code);
        Assert.True(GC.GetTotalMemory(true) - before < 100_000_000);
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task Evaluate_ThousandsOfNestedTags_AreRefusedUnparsed()
    {
        var source = string.Concat(Enumerable.Repeat("{%if a%}", 300)) + string.Concat(Enumerable.Repeat("{%endif%}", 100));

        var run = await RunAsync(source);

        Assert.Equal("IB2104", Assert.Single(run.Incidents).Failure.Code);
    }

    private static Task<ScenarioExecution> RunAsync(string source) => new ScenarioRun { Expressions = Evaluator, Input = """{"name":"Ada"}""" }.RunAsync(Definition(
        Sequence(Node("WriteLine", "w", "\"text\":" + Wrap("String", "Liquid", source))),
        "\"variables\":[" + string.Join(',', Variable("Total", "Int32", "5"), Variable("Price", "Decimal", "1.5"), Variable("Order", "JsonObject", """{"lines":[{"count":2},{"count":3}]}"""), Variable("At", "DateTimeOffset", "2026-11-29T06:00:00Z"))
        + "],\"inputs\":[{\"name\":\"name\",\"type\":\"String\"}]"));
}
