using System.Buffers;
using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using IndustryBrain.Expressions;
using IndustryBrain.Scenarios;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Benchmarks;

/// <summary>What one activity costs in the engine alone.</summary>
[MemoryDiagnoser]
public class EngineBenchmarks : IComponentCatalog
{
    /// <summary>Activities of one measured run, about.</summary>
    public const int Activities = 1_000;

    private readonly ExecutionServices _services;
    private readonly ScenarioDefinition _sequence = Read(Loop("""{"type":"Elsa.Start","id":"n"}""", Activities));
    private readonly ScenarioDefinition _flowchart = Read(Flowchart(Activities));
    private readonly ScenarioDefinition _script = Read(Loop("""{"type":"Elsa.SetName","id":"n","value":{"typeName":"String","expression":{"type":"JavaScript","value":"getVariable('CurrentValue') + 1"}}}""", Activities));

    /// <summary>Services without components.</summary>
    public EngineBenchmarks() => _services = new ExecutionServices(this, new JavaScriptEvaluator(), TimeProvider.System, EngineLimits.Default);

    /// <inheritdoc />
    public ComponentDescriptor? Find(string componentId) => null;

    /// <summary>A loop over one plain activity.</summary>
    [Benchmark(OperationsPerInvoke = Activities)]
    public Task<int> PlainActivity() => RunAsync(_sequence);

    /// <summary>A chain of activities in a flowchart.</summary>
    [Benchmark(OperationsPerInvoke = Activities)]
    public Task<int> FlowchartActivity() => RunAsync(_flowchart);

    /// <summary>A loop over one activity with a JavaScript input.</summary>
    [Benchmark(OperationsPerInvoke = Activities)]
    public Task<int> ScriptedActivity() => RunAsync(_script);

    /// <summary>Saving and restoring a run that has just begun.</summary>
    [Benchmark]
    public int SaveAndRestore()
    {
        var run = ScenarioExecution.Start(_flowchart, _services, new ExecutionStart("r", default));
        var buffer = new ArrayBufferWriter<byte>();
        run.Save(buffer);
        return ScenarioExecution.Restore(_flowchart, _services, buffer.WrittenMemory).TryGet(out _, out _) ? buffer.WrittenCount : throw new InvalidOperationException("The state does not restore.");
    }

    private async Task<int> RunAsync(ScenarioDefinition definition)
    {
        var run = ScenarioExecution.Start(definition, _services, new ExecutionStart("r", default));
        await run.ContinueAsync(CancellationToken.None);
        var events = run.TakeEvents().Count;
        return run.SubStatus == ExecutionSubStatus.Finished ? events : throw new InvalidOperationException(run.Incidents[0].Failure.Message.En);
    }

    private static ScenarioDefinition Read(string root) => ScenarioDefinition.Read(Encoding.UTF8.GetBytes("{\"root\":" + root + "}")).Definition!;

    private static string Loop(string body, int count) =>
        $$"""{"type":"Elsa.For","id":"l","start":1,"end":{{count.ToString(CultureInfo.InvariantCulture)}},"body":{{body}}}""";

    private static string Flowchart(int count)
    {
        var activities = Enumerable.Range(0, count).Select(i => $$"""{"type":"Elsa.Start","id":"a{{i}}"}""");
        var connections = Enumerable.Range(1, count - 1).Select(i => $$$"""{"source":{"activity":"a{{{i - 1}}}","port":"Done"},"target":{"activity":"a{{{i}}}"}}""");
        return $$"""{"type":"Elsa.Flowchart","id":"f","activities":[{{string.Join(',', activities)}}],"connections":[{{string.Join(',', connections)}}]}""";
    }
}
