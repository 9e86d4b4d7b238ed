using System.Diagnostics;
using System.Globalization;
using IndustryBrain.Scenarios.Definitions;

namespace IndustryBrain.Benchmarks.Engine;

/// <summary>The engine's figures within a minute, beside a loop of delegates that does the same: medians with their spread.</summary>
internal static class EngineMeasurement
{
    private const int Rounds = 9;
    private const int Chain = 100;
    private const int Rows = 100_000;
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(400);

    public static async Task RunAsync()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, load {(File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Trim() : "unknown")}"));
        var workload = new Workload();
        var delegates = await MeasureAsync("loop of delegates (baseline)", Chain, DelegatesAsync, baseline: null);
        await MeasureAsync("sequence of 100, an activity", Chain, Run(workload, Workload.Sequence(Chain)), delegates);
        await MeasureAsync("flowchart of 100, an activity", Chain, Run(workload, Workload.Flowchart(Chain)), delegates);
        await MeasureAsync("flowchart of 10, a run", 1, Run(workload, Workload.Flowchart(10)), delegates);
        await MeasureAsync("SetVariable in JavaScript", 1_000, Run(workload, Workload.ScriptedLoop(1_000)), delegates);
        await MeasureAsync("loop of 1 000, an activity", 1_000, Run(workload, Workload.Loop(1_000)), delegates);
        await MeasureAsync("loop of 10 000, an activity", 10_000, Run(workload, Workload.Loop(10_000)), delegates);
        await MeasureAsync("loop of 100 000, an activity", 100_000, Run(workload, Workload.Loop(100_000)), delegates);
        var text = Workload.Flowchart(Chain);
        await MeasureAsync("read a definition of 100", 1, () => Task.FromResult(Workload.Read(text).Nodes.Count), delegates);
        var (map, small, large) = (Workload.Read(Workload.Map()), Workload.Rows(Rows / 10), Workload.Rows(Rows));
        await MeasureAsync("Map over 10 000 rows, a row", Rows / 10, () => workload.RunAsync(map, small), delegates);
        await MeasureAsync("Map over 100 000 rows, a row", Rows, () => workload.RunAsync(map, large), delegates);
    }

    private static Func<Task<int>> Run(Workload workload, byte[] definition)
    {
        ScenarioDefinition read = Workload.Read(definition);
        return () => workload.RunAsync(read);
    }

    private static async Task<int> DelegatesAsync()
    {
        var variables = new Dictionary<string, object?>();
        Func<ValueTask>[] activities = [.. Enumerable.Range(0, Chain).Select(_ => (Func<ValueTask>)(() =>
        {
            variables["Total"] = 7L;
            return ValueTask.CompletedTask;
        }))];
        foreach (var activity in activities)
            await activity();
        return variables.Count;
    }

    private static async Task<double> MeasureAsync(string name, int operations, Func<Task<int>> run, double? baseline)
    {
        var warm = Stopwatch.StartNew();
        do
            await run();
        while (warm.Elapsed < Round * 2);
        var (times, bytes) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var (runs, before, watch) = (0, GC.GetTotalAllocatedBytes(true), Stopwatch.StartNew());
            do
            {
                await run();
                runs++;
            }
            while (watch.Elapsed < Round);
            times.Add(watch.Elapsed.TotalMicroseconds / runs / operations);
            bytes.Add((GC.GetTotalAllocatedBytes(true) - before) / (double)runs / operations);
        }

        times.Sort();
        bytes.Sort();
        var median = times[Rounds / 2];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-34} {median,9:0.00} us ({times[1]:0.00}-{times[^2]:0.00}) = {1_000_000 / median,11:0} /s, {bytes[Rounds / 2],9:0} B, {(baseline is { } b ? median / b : 1):0.0} x"));
        return median;
    }
}
