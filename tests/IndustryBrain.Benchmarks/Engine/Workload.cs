using System.Globalization;
using System.Text;
using System.Text.Json;
using IndustryBrain.Expressions;
using IndustryBrain.Scenarios;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Benchmarks.Engine;

/// <summary>Definitions to measure, and what runs them without components.</summary>
internal sealed class Workload : IComponentCatalog
{
    private readonly ExecutionServices _services;

    public Workload() => _services = new ExecutionServices(this, new JavaScriptEvaluator(), TimeProvider.System, EngineLimits.Default);

    public ComponentDescriptor? Find(string componentId) => null;

    /// <summary>Runs to the end and returns how many events it reported.</summary>
    public async Task<int> RunAsync(ScenarioDefinition definition, JsonElement input = default)
    {
        var run = ScenarioExecution.Start(definition, _services, new ExecutionStart("r", input));
        var events = 0;
        do
        {
            await run.ContinueAsync(CancellationToken.None);
            events += run.TakeEvents().Count;
        }
        while (run.Status != ExecutionStatus.Finished && run.Bookmarks.Count == 0);
        return run.SubStatus == ExecutionSubStatus.Finished ? events : throw new InvalidOperationException(run.Incidents is [var incident, ..] ? incident.Failure.Message.En : "The run waits.");
    }

    public static ScenarioDefinition Read(byte[] definition) => ScenarioDefinition.Read(definition).Definition!;

    public static byte[] Sequence(int count) => Definition($$"""{"type":"Elsa.Sequence","id":"s","activities":[{{string.Join(',', Enumerable.Range(0, count).Select(Set))}}]}""");

    public static byte[] Flowchart(int count)
    {
        var connections = Enumerable.Range(1, count - 1).Select(i => $$$"""{"source":{"activity":"a{{{i - 1}}}","port":"Done"},"target":{"activity":"a{{{i}}}","port":"In"}}""");
        return Definition($$"""{"type":"Elsa.Flowchart","id":"f","activities":[{{string.Join(',', Enumerable.Range(0, count).Select(Set))}}],"connections":[{{string.Join(',', connections)}}]}""");
    }

    public static byte[] Loop(int count) => Definition($$"""{"type":"Elsa.For","id":"l","start":1,"end":{{Number(count)}},"body":{{Set(0)}}}""");

    public static byte[] ScriptedLoop(int count) => Definition($$$$$"""{"type":"Elsa.For","id":"l","start":1,"end":{{{{{Number(count)}}}}},"body":{"type":"Elsa.SetVariable","id":"a","variable":{"id":"v","name":"Total","typeName":"Int64"},"value":{"typeName":"Int64","expression":{"type":"JavaScript","value":"getVariable('CurrentValue') + 1"}}}}""");

    public static byte[] Map() => Definition($$$$"""{"type":"IndustryBrain.Map","id":"m","items":{"typeName":"Object","expression":{"type":"Input","value":{"name":"rows"}}},"select":{"typeName":"Object","expression":{"type":"Variable","value":{"id":"CurrentValue"}}},"body":{{{{Set(0)}}}}}""");

    public static JsonElement Rows(int count) => JsonElement.Parse(Encoding.UTF8.GetBytes($$"""{"rows":[{{string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"n":{{Number(i)}}}"""))}}]}"""));

    private static string Set(int number) => $$$$"""{"type":"Elsa.SetVariable","id":"a{{{{Number(number)}}}}","name":"Set{{{{Number(number)}}}}","version":1,"variable":{"id":"v","name":"Total","typeName":"Int64"},"value":{"typeName":"Int64","expression":{"type":"Literal","value":"7"}},"metadata":{"designer":{"position":{"x":{{{{Number(number * 10)}}}},"y":40},"size":{"width":120,"height":50}}},"customProperties":{"canStartWorkflow":false,"runAsynchronously":false}}""";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static byte[] Definition(string root) => Encoding.UTF8.GetBytes($$"""{"definitionId":"d","name":"Bench","version":1,"variables":[{"id":"v","name":"Total","typeName":"Int64","isArray":false,"value":"0"}],"inputs":[{"name":"rows","type":"Object"}],"root":{{root}}}""");
}
