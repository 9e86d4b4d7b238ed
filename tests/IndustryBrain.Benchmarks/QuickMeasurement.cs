using System.Diagnostics;

namespace IndustryBrain.Benchmarks;

/// <summary>The same figures within seconds: less exact in time, exact in memory.</summary>
internal static class QuickMeasurement
{
    public static async Task RunAsync()
    {
        var benchmarks = new EngineBenchmarks();
        foreach (var (name, run) in new (string, Func<Task<int>>)[] { ("plain", benchmarks.PlainActivity), ("flowchart", benchmarks.FlowchartActivity), ("script", benchmarks.ScriptedActivity) })
        {
            for (var i = 0; i < 50; i++)
                await run();
            const int Runs = 50;
            var (bytes, watch) = (GC.GetTotalAllocatedBytes(true), Stopwatch.StartNew());
            for (var i = 0; i < Runs; i++)
                await run();
            Console.WriteLine($"{name}: {(GC.GetTotalAllocatedBytes(true) - bytes) / (double)(Runs * EngineBenchmarks.Activities):F0} B, {watch.Elapsed.TotalMicroseconds / (Runs * EngineBenchmarks.Activities):F2} us an activity");
        }
    }
}
