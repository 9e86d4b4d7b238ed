using System.Globalization;
using BenchmarkDotNet.Running;
using IndustryBrain.Benchmarks.Audit;
using IndustryBrain.Benchmarks.Engine;
using IndustryBrain.Benchmarks.Expressions;
using IndustryBrain.Benchmarks.Isolation;
using IndustryBrain.Benchmarks.Runs;

switch (args)
{
    // Measures in a minute what the full benchmark measures in many.
    case ["engine"]:
        await EngineMeasurement.RunAsync();
        break;
    case ["audit"]:
        await AuditMeasurement.RunAsync();
        break;
    case ["isolation"]:
        await IsolationMeasurement.RunAsync();
        break;
    case ["expressions"]:
        await ExpressionMeasurement.RunAsync();
        break;
    case ["runs"]:
        await RunMeasurement.RunAsync(rounds: 3, waiting: 0);
        break;
    case ["runs", var rounds, .. var rest]:
        await RunMeasurement.RunAsync(int.Parse(rounds, CultureInfo.InvariantCulture), rest is [var waiting] ? int.Parse(waiting, CultureInfo.InvariantCulture) : 0);
        break;
    case ["serve", var kind, var socket]:
        await EchoServers.RunAsync(kind, socket);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(EngineBenchmarks).Assembly).Run(args);
        break;
}
