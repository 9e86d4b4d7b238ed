using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Isolation;

namespace IndustryBrain.Escape.Tests;

/// <summary>When workers start, whom they serve, and when they end.</summary>
[Collection("one machine, attacked by one test at a time")]
public sealed class WorkerLifeTests(HostilePlugin hostile)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<int> WhereAsync(PluginHost host, string organization)
    {
        Assert.True((await host.CallAsync("hostile.where", HostilePlugin.Aim(), new RecordingContext(), organization, Ct)).TryGet(out var loot, out var failure), failure?.Message.En);
        return int.Parse(loot.GetProperty("what").GetString()!, CultureInfo.InvariantCulture);
    }

    private static async Task<string?> CodeAsync(PluginHost host, string component) =>
        (await host.CallAsync(component, HostilePlugin.Aim(), new RecordingContext(), Ct)).Failure?.Code;

    [Fact]
    public async Task Worker_ServesOneOrganization_AndIsKept()
    {
        await using var host = await hostile.HostAsync(PluginTier.Jailed, new PluginOptions(), new WorkerOptions { Bubblewrap = "" });

        var one = await WhereAsync(host, "one");
        var other = await WhereAsync(host, "other");

        Assert.NotEqual(Environment.ProcessId, one);
        Assert.NotEqual(one, other);
        Assert.Equal(one, await WhereAsync(host, "one"));
        Assert.Equal([one, other], host.WorkerProcesses);
    }

    [Fact]
    public async Task Process_KeptReady_ServesWhoComesFirst_AndNobodyElse()
    {
        await using var host = await hostile.HostAsync(PluginTier.Jailed, new PluginOptions(), new WorkerOptions { Bubblewrap = "" });
        await host.ReadyAsync();
        var ready = Assert.Single(host.ReadyProcesses);

        var one = await WhereAsync(host, "one");
        await host.ReadyAsync();
        var other = await WhereAsync(host, "other");

        Assert.Equal(ready, one);
        Assert.NotEqual(one, other);
        Assert.Equal(one, await WhereAsync(host, "one"));
    }

    [Fact]
    public async Task Process_KeptReady_ThatWasKilled_IsReplaced()
    {
        await using var host = await hostile.HostAsync(PluginTier.Jailed, new PluginOptions(), new WorkerOptions { Bubblewrap = "" });
        await host.ReadyAsync();
        using var ready = Process.GetProcessById(Assert.Single(host.ReadyProcesses));

        ready.Kill();
        await ready.WaitForExitAsync(Ct);

        Assert.Null(await CodeAsync(host, "hostile.greets"));
    }

    [Fact]
    public void Stages_OfAKilledHost_AreRemoved_AndThoseOfALivingOneStay()
    {
        var root = Directory.CreateTempSubdirectory("ib-stages-");
        try
        {
            File.WriteAllText(Path.Combine(root.FullName, "dead.lock"), "");
            var left = root.CreateSubdirectory("dead").CreateSubdirectory("1");
            using var living = new StageFolder(root.FullName);
            using var stage = living.Create();

            new StageFolder(root.FullName).Dispose();

            Assert.False(left.Exists && Directory.Exists(left.FullName));
            Assert.True(Directory.Exists(stage.Folder));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Worker_BeyondTheLimit_TakesThePlaceOfTheOneIdleLongest()
    {
        await using var host = await hostile.HostAsync(PluginTier.Jailed, new PluginOptions(), new WorkerOptions { Max = 2, Bubblewrap = "" });
        var first = await WhereAsync(host, "first");
        var second = await WhereAsync(host, "second");
        await WhereAsync(host, "first");

        var third = await WhereAsync(host, "third");

        Assert.Equal(new HashSet<int> { first, third }, host.WorkerProcesses.ToHashSet());
        Assert.DoesNotContain(second, host.WorkerProcesses);
    }

    [Fact]
    public async Task Worker_ThatIsBusyBetweenCalls_IsEnded_AndTheNextCallIsAnswered()
    {
        await using var host = await hostile.HostAsync(PluginTier.Jailed, new PluginOptions(), new WorkerOptions { IdleProcessorTime = TimeSpan.FromMilliseconds(200), LookInterval = TimeSpan.FromMilliseconds(20), Bubblewrap = "" });
        Assert.Null((await host.CallAsync("hostile.loop-foreground", HostilePlugin.Aim(amount: 120), new RecordingContext(), Ct)).Failure);
        using var worker = Process.GetProcessById(Assert.Single(host.WorkerProcesses));

        await worker.WaitForExitAsync(Ct).WaitAsync(TimeSpan.FromSeconds(60), Ct);

        Assert.Null(await CodeAsync(host, "hostile.greets"));
    }

    [Fact]
    public async Task Worker_ThatIsIdle_GivesBackWhatItsCallsTook_AndGoesOn()
    {
        await using var host = await hostile.HostAsync(PluginTier.Jailed, new PluginOptions(), new WorkerOptions { HeartbeatInterval = TimeSpan.FromMilliseconds(500), Bubblewrap = "" });
        Assert.Null((await host.CallAsync("hostile.greets", HostilePlugin.Aim(path: new string('x', 32 << 20)), new RecordingContext(), Ct)).Failure);
        using var worker = Process.GetProcessById(Assert.Single(host.WorkerProcesses));
        var taken = worker.WorkingSet64;

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (worker.WorkingSet64 > taken - (48 << 20))
        {
            await tick.WaitForNextTickAsync(patience.Token);
            worker.Refresh();
        }

        Assert.Null(await CodeAsync(host, "hostile.greets"));
        Assert.Equal([worker.Id], host.WorkerProcesses);
    }

    [Fact]
    public async Task Worker_WithThreadsLeftOver_IsKept_AndTheirWordsAreOfNoOtherCall()
    {
        await using var host = await hostile.HostAsync(PluginTier.Jailed, new PluginOptions(), new WorkerOptions { Bubblewrap = "" });
        for (var i = 0; i < 3; i++)
        {
            Assert.Null((await host.CallAsync("hostile.late-words", HostilePlugin.Aim(amount: 300), new RecordingContext(), Ct)).Failure);
        }

        var context = new RecordingContext();
        var worker = Assert.Single(host.WorkerProcesses);
        for (var i = 0; i < 20; i++)
        {
            Assert.Null((await host.CallAsync("hostile.greets", HostilePlugin.Aim(), context, Ct)).Failure);
        }

        Assert.Empty(context.Lines);
        Assert.Equal(worker, Assert.Single(host.WorkerProcesses));
    }

    [Fact]
    public async Task Worker_KilledDuringACall_FailsThatCall_AndTheNextOneIsAnswered()
    {
        await using var host = await hostile.HostAsync(PluginTier.Jailed, new PluginOptions(), new WorkerOptions { RestartDelay = TimeSpan.Zero, Bubblewrap = "" });
        using var worker = Process.GetProcessById(await WhereAsync(host, ""));
        var call = host.CallAsync("hostile.bomb-loop", HostilePlugin.Aim(amount: 60), new RecordingContext(), Ct).AsTask();

        worker.Kill();

        Assert.Equal("IB1121", (await call).Failure?.Code);
        Assert.Null(await CodeAsync(host, "hostile.greets"));
    }

    [Fact]
    public async Task Worker_ThatCrashesAgainAndAgain_IsHeldBack_ThenTripped_UntilReset()
    {
        await using var held = await hostile.HostAsync(PluginTier.Jailed, new PluginOptions(), new WorkerOptions { RestartDelay = TimeSpan.FromMinutes(1), Bubblewrap = "" });
        await using var tripped = await hostile.HostAsync(PluginTier.Jailed, new PluginOptions(), new WorkerOptions { RestartDelay = TimeSpan.Zero, MaxCrashes = 2, Bubblewrap = "" });

        Assert.Equal(
            ["IB1121", "IB1121", "IB1124"],
            [await CodeAsync(held, "hostile.process-end"), await CodeAsync(held, "hostile.process-end"), await CodeAsync(held, "hostile.greets")]);
        Assert.Equal(
            ["IB1121", null, "IB1121", "IB1121", "IB1125"],
            [
                await CodeAsync(tripped, "hostile.process-end"), await CodeAsync(tripped, "hostile.greets"),
                await CodeAsync(tripped, "hostile.process-end"), await CodeAsync(tripped, "hostile.process-end"), await CodeAsync(tripped, "hostile.greets"),
            ]);
        tripped.Reset("Sample.Hostile", "1.0.0");
        Assert.Null(await CodeAsync(tripped, "hostile.greets"));
    }

    [Fact]
    public async Task Unload_EndsTheWorkers()
    {
        await using var host = await hostile.HostAsync(PluginTier.Jailed, new PluginOptions(), new WorkerOptions { Bubblewrap = "" });
        using var worker = Process.GetProcessById(await WhereAsync(host, ""));

        await host.UnloadAsync("Sample.Hostile", "1.0.0", Ct);

        Assert.Empty(host.WorkerProcesses);
        await worker.WaitForExitAsync(Ct);
    }

    [Fact]
    public async Task File_OfTheRun_IsReadThroughTheHost_WithProgressAndLog()
    {
        var context = new RecordingContext { Content = new byte[3 << 20] };
        new Random(7).NextBytes(context.Content);
        await using var host = await hostile.HostAsync(PluginTier.Jailed, new PluginOptions(), new WorkerOptions { Bubblewrap = "" });

        var read = await host.CallAsync("hostile.file", JsonElement.Parse($$"""{"file":"{{RecordingContext.FileId}}"}"""), context, Ct);
        var other = await host.CallAsync("hostile.file", JsonElement.Parse("""{"file":"other"}"""), context, Ct);

        Assert.True(read.TryGet(out var loot, out var failure), failure?.Message.En);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(context.Content)), loot.GetProperty("what").GetString());
        Assert.Equal([0.5], context.Progress);
        Assert.Equal(["read all"], context.Lines);
        Assert.Equal("IB7101", other.Failure?.Code);
    }

    [Fact]
    public async Task Jail_ThatCannotConfine_SaysSo_AndStartsNothing()
    {
        var programs = WorkerPrograms.Find();
        var start = new ProcessStartInfo(programs.Jail[0], [.. programs.Jail.Skip(1), "--ro", "/dev/null/nothing", "--", "/bin/echo", "started"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var jail = Process.Start(start)!;

        var output = await jail.StandardOutput.ReadToEndAsync(Ct);
        var error = await jail.StandardError.ReadToEndAsync(Ct);
        await jail.WaitForExitAsync(Ct);

        Assert.Equal((JailRules.CannotConfine, ""), (jail.ExitCode, output));
        Assert.Matches("^This machine cannot confine a plugin: .+\\.\n$", error);
    }
}
