using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Isolation;

namespace IndustryBrain.Escape.Tests;

/// <summary>Ten plugins under load, while one is updated ten times, one crashes again and again, and one is killed: their neighbours notice nothing.</summary>
[Collection("one machine, attacked by one test at a time")]
public sealed class ChaosTests(HostilePlugin samples)
{
    private const int Callers = 16;
    private const int Crashes = 10;
    private const int Updated = 0;
    private const int Crashing = 1;
    private const int Killed = 2;
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("IB_TESTS_LONG") == "1";
    private readonly ConcurrentDictionary<(int Plugin, string Code), int> _failures = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _marks = new();
    private int _calls;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Neighbours_OfWhatIsUpdatedCrashesAndIsKilled_LoseNoCall()
    {
        var total = IsLong ? 60_000 : 6_000;
        var crowd = await samples.InstallAsync("Crowd");
        var plugins = crowd.Manifest.Components.Select((component, i) => crowd with { Manifest = crowd.Manifest with { Id = Name(i), Components = [component] } }).ToList();
        await using var host = new PluginHost(new PluginOptions(), TimeProvider.System, workers: new WorkerOptions { Bubblewrap = "" });
        foreach (var plugin in plugins)
        {
            Assert.Null((await host.LoadAsync(plugin, Ct)).Failure);
        }

        var components = plugins.ConvertAll(p => p.Manifest.Components[0].Id);
        await Task.WhenAll(Enumerable.Range(0, components.Count).Select(i => CallAsync(host, components, i)));

        // The level that memory returns to is that of a host that has worked: its pools have the buffers that many calls at once take.
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => LoadAsync(host, components, total), Ct)));
        Volatile.Write(ref _calls, 0);
        var before = LiveBytes();
        var clock = Stopwatch.StartNew();

        var load = Enumerable.Range(0, Callers).Select(_ => Task.Run(() => LoadAsync(host, components, total), Ct)).ToList();
        var chaos = Task.WhenAll(UpdateAsync(host, plugins[Updated], total), CrashAsync(host, components, total), KillAsync(host, components, total));
        await Task.WhenAll(load);
        await chaos;

        var perSecond = total / clock.Elapsed.TotalSeconds;
        Assert.Equal(10, crowd.Manifest.Components.Count);
        Assert.All(_failures, f => Assert.True(f.Key is { Plugin: Crashing or Killed, Code: "IB1121" }, f.ToString()));
        Assert.InRange(_failures.GetValueOrDefault((Crashing, "IB1121")), Crashes, Crashes * (Callers + 1));
        Assert.InRange(_failures.GetValueOrDefault((Killed, "IB1121")), 0, Callers);
        Assert.True(!IsLong || perSecond >= 1_000, string.Create(CultureInfo.InvariantCulture, $"{perSecond:F0} calls a second"));
        Assert.Equal(10, host.WorkerProcesses.Count);

        Assert.InRange(LiveBytes(), 0, before + (8 << 20));
    }

    // What a full collection counted: GC.GetTotalMemory estimates in between, and has been seen below zero.
    private static long LiveBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        var heap = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        return heap.HeapSizeBytes - heap.FragmentedBytes;
    }

    private static string Name(int plugin) => string.Create(CultureInfo.InvariantCulture, $"Sample.Crowd{plugin}");

    private async Task LoadAsync(PluginHost host, List<string> components, int total)
    {
        int number;
        while ((number = Interlocked.Increment(ref _calls)) <= total)
        {
            if (_marks.TryGetValue(number, out var mark))
            {
                mark.TrySetResult();
            }

            await CallAsync(host, components, number % components.Count);
        }
    }

    private async Task<int> CallAsync(PluginHost host, List<string> components, int plugin, bool crashes = false)
    {
        var answer = await host.CallAsync(components[plugin], JsonSerializer.SerializeToElement(new { number = plugin, crashes }), new RecordingContext(), Ct);
        if (answer.TryGet(out var reply, out var failure))
        {
            Assert.Equal(plugin, reply.GetProperty("number").GetInt32());
            return reply.GetProperty("processId").GetInt32();
        }

        _failures.AddOrUpdate((plugin, failure.Code), 1, (_, count) => count + 1);
        return 0;
    }

    // The new version is there before the old one goes, as it is when a plugin is updated.
    private async Task UpdateAsync(PluginHost host, InstalledPlugin plugin, int total)
    {
        for (var i = 1; i <= 10; i++)
        {
            await ReachedAsync(total * i / 12);
            var next = plugin with { Manifest = plugin.Manifest with { Version = string.Create(CultureInfo.InvariantCulture, $"{i + 1}.0.0") } };
            Assert.Null((await host.LoadAsync(next, Ct)).Failure);
            await host.UnloadAsync(next.Manifest.Id, string.Create(CultureInfo.InvariantCulture, $"{i}.0.0"), Ct);
        }
    }

    private async Task CrashAsync(PluginHost host, List<string> components, int total)
    {
        for (var i = 1; i <= Crashes; i++)
        {
            await ReachedAsync(total * i / 12);
            await CallAsync(host, components, Crashing, crashes: true);

            // Answered once more before it crashes again: it crashes often, not in a row.
            await CallAsync(host, components, Crashing);
        }
    }

    private async Task KillAsync(PluginHost host, List<string> components, int total)
    {
        await ReachedAsync(total / 2);
        using var worker = Process.GetProcessById(await CallAsync(host, components, Killed));
        worker.Kill();
    }

    private Task ReachedAsync(int calls)
    {
        var mark = _marks.GetOrAdd(calls, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (Volatile.Read(ref _calls) >= calls)
        {
            mark.TrySetResult();
        }

        return mark.Task;
    }
}
