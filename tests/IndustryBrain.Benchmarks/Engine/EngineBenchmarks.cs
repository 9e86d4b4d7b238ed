using BenchmarkDotNet.Attributes;
using IndustryBrain.Scenarios.Definitions;

namespace IndustryBrain.Benchmarks.Engine;

/// <summary>What one activity costs in the engine alone.</summary>
[MemoryDiagnoser]
public class EngineBenchmarks
{
    /// <summary>Activities of one measured run.</summary>
    public const int Activities = 100;

    private readonly Workload _workload = new();
    private readonly byte[] _text = Workload.Flowchart(Activities);
    private readonly ScenarioDefinition _sequence = Workload.Read(Workload.Sequence(Activities));
    private readonly ScenarioDefinition _flowchart = Workload.Read(Workload.Flowchart(Activities));
    private readonly ScenarioDefinition _script = Workload.Read(Workload.ScriptedLoop(Activities));

    /// <summary>A sequence.</summary>
    [Benchmark(OperationsPerInvoke = Activities)]
    public Task<int> SequenceActivity() => _workload.RunAsync(_sequence);

    /// <summary>A chain in a flowchart.</summary>
    [Benchmark(OperationsPerInvoke = Activities)]
    public Task<int> FlowchartActivity() => _workload.RunAsync(_flowchart);

    /// <summary>A loop over one activity with a JavaScript input.</summary>
    [Benchmark(OperationsPerInvoke = Activities)]
    public Task<int> ScriptedActivity() => _workload.RunAsync(_script);

    /// <summary>Reading a definition.</summary>
    [Benchmark]
    public int ReadDefinition() => Workload.Read(_text).Nodes.Count;
}
