using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Isolation;

namespace IndustryBrain.Benchmarks.Isolation;

/// <summary>What isolation costs, in one run: calls beside those of gRPC and StreamJsonRpc, first calls, memory, loading and unloading.</summary>
internal static class IsolationMeasurement
{
    private const int Rounds = 5;
    private const int Workers = 10;
    private const int Cycles = 200;
    private const int CallsBeforeIdle = 300;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);
    private static readonly (string Name, int Bytes, int Calls)[] Payloads = [("1 KB", 1_000, 2_000), ("100 KB", 100_000, 300)];

    public static async Task RunAsync()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, load {File.ReadAllText("/proc/loadavg").Trim()}"));
        var folder = Directory.CreateTempSubdirectory("ib-bench-");
        try
        {
            var plugin = await InstallAsync(folder.FullName);
            await MeasureCallsAsync(plugin);
            await MeasureFirstCallsAsync(plugin, folder.FullName);
            await MeasureLoadingAsync(plugin);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureCallsAsync(InstalledPlugin plugin)
    {
        List<ICaller> callers =
        [
            new HostCaller("in process", await HostAsync(plugin, PluginTier.Trusted)),
            new HostCaller("isolated", await HostAsync(plugin, PluginTier.Jailed)),
            await new StreamJsonRpcCaller().StartAsync(),
            await new GrpcCaller().StartAsync(),
        ];
        foreach (var (name, bytes, calls) in Payloads)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(new { text = new string('x', bytes) });
            var element = JsonElement.Parse(json);
            var sequential = callers.ToDictionary(c => c, _ => new List<double>());
            var throughput = callers.ToDictionary(c => c, _ => new List<double>());
            foreach (var caller in callers)
            {
                await TimesAsync(caller, json, element, calls);
                await ThroughputAsync(caller, json, element, calls);
            }

            // In turn, so that what else the machine does meets all of them.
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var caller in callers)
                {
                    sequential[caller].AddRange(await TimesAsync(caller, json, element, calls));
                }

                foreach (var caller in callers)
                {
                    throughput[caller].Add(await ThroughputAsync(caller, json, element, calls));
                }
            }

            foreach (var caller in callers)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {caller.Name}: p50 {Percentile(sequential[caller], 0.5):F1} us, p95 {Percentile(sequential[caller], 0.95):F1} us; 16 callers {Percentile(throughput[caller], 0.5):F0}/s"));
            }
        }

        foreach (var caller in callers)
        {
            await caller.DisposeAsync();
        }
    }

    private static async Task MeasureFirstCallsAsync(InstalledPlugin plugin, string folder)
    {
        var element = JsonElement.Parse("""{"text":"x"}""");
        var (cold, warm) = (new List<double>(), new List<double>());
        for (var i = 0; i < Rounds; i++)
        {
            await using var host = await HostAsync(plugin, PluginTier.Jailed, new() { Warm = 0, Folder = folder });
            cold.Add(await FirstAsync(host, element, ""));
        }

        await using var kept = await HostAsync(plugin, PluginTier.Jailed, new() { Folder = folder, HeartbeatInterval = Heartbeat });
        for (var i = 0; i < Workers; i++)
        {
            await kept.ReadyAsync();
            warm.Add(await FirstAsync(kept, element, i.ToString(CultureInfo.InvariantCulture)));
        }

        await kept.ReadyAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first call: cold {Percentile(cold, 0.5):F1} ms, from a warm process p50 {Percentile(warm, 0.5):F1} ms, worst {warm.Max():F1} ms"));
        var afterFirst = Memory(kept);
        for (var i = 0; i < Workers * CallsBeforeIdle; i++)
        {
            await FirstAsync(kept, element, (i % Workers).ToString(CultureInfo.InvariantCulture));
        }

        var afterCalls = Memory(kept);
        await Task.Delay(Heartbeat * 5);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kept.WorkerProcesses.Count} idle workers, proportional memory: {afterFirst:F0} MB after a first call, {afterCalls:F0} MB after {CallsBeforeIdle} more each, {Memory(kept):F0} MB when they have had none for a while"));
    }

    private static async Task MeasureLoadingAsync(InstalledPlugin plugin)
    {
        var element = JsonElement.Parse("""{"text":"x"}""");
        var (loads, resident) = (new List<double>(), new List<double>());
        await using var host = new PluginHost(new PluginOptions(), TimeProvider.System);
        for (var i = 1; i <= Cycles; i++)
        {
            var clock = Stopwatch.StartNew();
            await host.LoadAsync(plugin with { Tier = PluginTier.Trusted }, CancellationToken.None);
            await FirstAsync(host, element, "");
            loads.Add(clock.Elapsed.TotalMilliseconds);
            await host.UnloadAsync(plugin.Manifest.Id, plugin.Manifest.Version);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            if (i % 50 == 0)
            {
                using var self = Process.GetCurrentProcess();
                resident.Add(self.WorkingSet64 / 1048576.0);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"trusted load with its first call: p50 {Percentile(loads, 0.5):F1} ms, p95 {Percentile(loads, 0.95):F1} ms"));
        Console.WriteLine($"{Cycles} cycles of load, call, unload: resident memory {string.Join(", ", resident.Select(r => r.ToString("F0", CultureInfo.InvariantCulture)))} MB after each 50");
    }

    private static async Task<double> FirstAsync(PluginHost host, JsonElement element, string organization)
    {
        var clock = Stopwatch.StartNew();
        var answer = await host.CallAsync("echo.text", element, new BenchContext(), organization, CancellationToken.None);
        return answer.Failure is null ? clock.Elapsed.TotalMilliseconds : throw new InvalidOperationException(answer.Failure.Message.En);
    }

    private static async Task<List<double>> TimesAsync(ICaller caller, byte[] json, JsonElement element, int calls)
    {
        var times = new List<double>(calls);
        for (var i = 0; i < calls; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await caller.CallAsync(json, element);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }

        return times;
    }

    private static async Task<double> ThroughputAsync(ICaller caller, byte[] json, JsonElement element, int calls)
    {
        const int Callers = 16;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => TimesAsync(caller, json, element, calls / 4))));
        return Callers * (calls / 4) / clock.Elapsed.TotalSeconds;
    }

    private static double Percentile(List<double> values, double share) => values.Order().ElementAt((int)((values.Count - 1) * share));

    private static double Memory(PluginHost host) => host.WorkerProcesses.Sum(ProportionalKilobytes) / 1024.0;

    private static long ProportionalKilobytes(int process) => File.ReadLines($"/proc/{process}/smaps_rollup")
        .Where(l => l.StartsWith("Pss:", StringComparison.Ordinal))
        .Sum(l => long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));

    private static async Task<PluginHost> HostAsync(InstalledPlugin plugin, PluginTier tier, WorkerOptions? workers = null)
    {
        var host = new PluginHost(new PluginOptions(), TimeProvider.System, workers: workers);
        var loaded = await host.LoadAsync(plugin with { Tier = tier }, CancellationToken.None);
        return loaded.Failure is null ? host : throw new InvalidOperationException(loaded.Failure.Message.En);
    }

    private static async Task<InstalledPlugin> InstallAsync(string folder)
    {
        var output = typeof(IsolationMeasurement).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "EchoOutput").Value!;
        var packed = await PluginPacker.PackAsync(output, Path.Combine(folder, "packages"), CancellationToken.None);
        await using var package = File.OpenRead(packed.TryGet(out var path, out var failure) ? path : throw new InvalidOperationException(failure.Message.En));
        var installed = await new PluginInstaller(new PluginOptions { Folder = Path.Combine(folder, "installed") }).InstallAsync(package, CancellationToken.None);
        return installed.TryGet(out var plugin, out failure) ? plugin : throw new InvalidOperationException(failure.Message.En);
    }
}
