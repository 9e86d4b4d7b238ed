using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IndustryBrain.Expressions;
using IndustryBrain.Plugins.Expressions;
using IndustryBrain.Plugins.Isolation;
using IndustryBrain.Scenarios.Expressions;

namespace IndustryBrain.Benchmarks.Expressions;

/// <summary>What an expression costs in the organization's worker, beside the same in process, in one run.</summary>
internal static class ExpressionMeasurement
{
    private const int Rounds = 7;
    private const int Calls = 1_000;
    private const int Together = 4;
    private static readonly (string Language, string Source)[] Sources = [("JavaScript", "getVariable('Total') + 1"), ("CSharp", "Variable.Total + 1"), ("Liquid", "{{ Variables.Total | plus: 1 }}")];

    public static async Task RunAsync()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, load {File.ReadAllText("/proc/loadavg").Trim()}"));
        var limits = new ExpressionLimits { TimeoutMilliseconds = 5_000, CompileTimeoutMilliseconds = 60_000 };
        await using var workers = new ExpressionWorkers(new ExpressionOptions { StepTimeout = TimeSpan.FromMinutes(2) }, JsonSerializer.SerializeToElement(limits, JsonSerializerOptions.Web), TimeProvider.System, workers: new WorkerOptions());
        var (here, there) = (new InProcessExpressions(limits), workers.Of("bench"));
        foreach (var (language, source) in Sources)
        {
            var one = new[] { new ExpressionRequest(language, source, false, new BenchScope()) };
            var four = Enumerable.Repeat(one[0], Together).ToArray();
            var clock = Stopwatch.StartNew();
            await TimesAsync(there, one, 1);
            var first = clock.Elapsed;
            await TimesAsync(here, one, Calls);
            await TimesAsync(there, one, Calls);
            await TimesAsync(there, four, Calls);
            var (inProcess, worker, step) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                inProcess.AddRange(await TimesAsync(here, one, Calls));
                worker.AddRange(await TimesAsync(there, one, Calls));
                step.AddRange(await TimesAsync(there, four, Calls));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{language}: first in a worker {first.TotalMilliseconds:F0} ms; in process p50 {At(inProcess, 0.5):F1} us; worker p50 {At(worker, 0.5):F1} us, p95 {At(worker, 0.95):F1} us; {Together} in one step p50 {At(step, 0.5):F1} us"));
        }
    }

    private static async Task<List<double>> TimesAsync(IExpressionEvaluator evaluator, ExpressionRequest[] requests, int calls)
    {
        var times = new List<double>(calls);
        for (var i = 0; i < calls; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var results = await evaluator.EvaluateAllAsync(requests, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
            if (results[^1].Failure is { } failure)
                throw new InvalidOperationException(failure.Message.En);
        }

        return times;
    }

    private static double At(List<double> values, double share) => values.Order().ElementAt((int)((values.Count - 1) * share));
}
