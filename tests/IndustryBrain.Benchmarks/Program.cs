using BenchmarkDotNet.Running;
using IndustryBrain.Benchmarks;

// "quick" measures in seconds what the full benchmark measures in minutes.
if (args is ["quick"])
    await QuickMeasurement.RunAsync();
else
    BenchmarkSwitcher.FromAssembly(typeof(EngineBenchmarks).Assembly).Run(args);
