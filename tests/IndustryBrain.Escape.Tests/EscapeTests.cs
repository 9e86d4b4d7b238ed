using System.Diagnostics;
using System.Text.Json;
using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Isolation;

namespace IndustryBrain.Escape.Tests;

/// <summary>Every attack fails with its code where the plugin is jailed, and succeeds where it is not: otherwise a passed test would prove nothing.</summary>
[Collection("one machine, attacked by one test at a time")]
public sealed class EscapeTests(HostilePlugin hostile)
{
    private const string Denied = "IB1117";
    private const string Memory = "IB1115";
    private const string TimedOut = "IB1112";

    // Attack, code in the jail, code without (null: it succeeds), how much it takes, how much it takes without a jail where that differs.
    private static readonly (string Attack, string Jailed, string? Unjailed, int Amount, int? UnjailedAmount)[] Attacks =
    [
        ("file-read", Denied, null, 0, null),
        ("file-neighbour", Denied, null, 0, null),
        ("file-finalizer", Denied, null, 0, null),
        ("file-write", Denied, null, 0, null),
        ("file-list", Denied, null, 0, null),
        ("file-delete", Denied, null, 0, null),
        ("file-mode", Denied, null, 0, null),
        ("file-truncate", Denied, null, 0, null),
        ("file-proc-root", Denied, null, 0, null),
        ("file-own-assembly", Denied, null, 0, null),
        ("file-temporary", Denied, null, 0, null),
        ("file-shared-memory", Denied, null, 0, null),
        ("file-link", Denied, null, 0, null),
        ("file-hard-link", Denied, null, 0, null),
        ("file-pipe", Denied, null, 0, null),
        ("file-rename", Denied, null, 0, null),
        ("file-folder", Denied, null, 0, null),
        ("net-tcp", Denied, null, 0, null),
        ("net-http", Denied, null, 0, null),
        ("net-udp", Denied, null, 0, null),
        ("net-unix", Denied, null, 0, null),
        ("net-listen", Denied, null, 0, null),
        ("net-netlink", Denied, null, 0, null),
        ("net-names", "IB1111", null, 0, null),
        ("process-start", Denied, null, 0, null),
        ("process-become", Denied, "IB1121", 0, null),
        ("process-kill", Denied, null, 0, null),
        ("process-priority", Denied, null, 0, null),
        ("process-descriptor", Denied, null, 0, null),
        ("process-environment", Denied, null, 0, null),
        ("process-memory", Denied, null, 0, null),
        ("process-watch", Denied, null, 0, null),
        ("process-files", Denied, null, 0, null),
        ("process-fork", Denied, null, 0, null),
        ("kernel-read", Denied, null, 0, null),
        ("kernel-probe", Denied, null, 0, null),
        ("kernel-limits", Denied, null, 0, null),
        ("kernel-signal-by-file", Denied, null, 0, null),
        ("kernel-signal-by-device", Denied, null, 0, null),
        ("kernel-growing", Denied, null, 0, null),
        ("kernel-outlive", Denied, null, 0, null),
        ("kernel-keyring", Denied, null, 0, null),
        ("kernel-personality", Denied, null, 0, null),
        ("kernel-shared-memory", Denied, null, 0, null),
        ("kernel-queue", Denied, null, 0, null),
        ("kernel-pair", Denied, null, 0, null),
        ("kernel-ipv6", Denied, null, 0, null),
        ("kernel-namespace", Denied, null, 0, null),
        ("kernel-root", Denied, null, 0, null),
        ("kernel-packet", Denied, null, 0, null),
        ("kernel-clock", Denied, null, 0, null),
        ("file-lock", Denied, null, 0, null),
        ("file-attribute", Denied, null, 0, null),
        ("file-flags", Denied, null, 0, null),
        ("kernel-aio", Denied, null, 0, null),
        ("kernel-sync", Denied, null, 0, null),
        ("host-types", Denied, null, 0, null),
        ("host-statics", Denied, null, 0, null),
        ("host-variables", Denied, null, 0, null),
        // In the host's process these would end or corrupt the host itself: any worker keeps them to themselves.
        ("process-end", "IB1121", "IB1121", 0, null),
        ("process-frames", "IB1126", "IB1126", 0, null),
        ("process-hello", "IB1126", "IB1126", 0, null),
        ("crash-stack", "IB1121", "IB1121", 0, null),
        ("crash-thread", "IB1121", "IB1121", 0, null),
        ("crash-memory", "IB1121", "IB1121", 0, null),
        ("crash-fail-fast", "IB1121", "IB1121", 0, null),
        ("bomb-memory", Memory, null, 400, null),
        ("bomb-native", Memory, null, 400, null),
        ("bomb-sealed", Memory, null, 400, null),
        ("bomb-shared", Denied, null, 400, null),
        ("bomb-memory-file", Denied, null, 0, null),
        ("bomb-pipes", Denied, null, 600, null),
        ("bomb-rules", Denied, null, 0, null),
        ("bomb-timers", Denied, null, 20_000, null),
        ("bomb-locks", Denied, null, 2_000, null),
        ("bomb-threads", Memory, null, 400, null),
        ("bomb-files", "IB1214", null, 5_000, 300),
        ("bomb-loop", TimedOut, null, 120, 1),
        ("bomb-static", TimedOut, null, 120, 1),
        ("loop-finalizer", TimedOut, null, 120, 1),
        ("loop-await", TimedOut, null, 120, 1),
        ("loop-lock", TimedOut, null, 120, 1),
        ("loop-regex", TimedOut, null, 60, 10),
        ("loop-threads", TimedOut, null, 120, 1),
        ("loop-collect", TimedOut, null, 120, 1),
        ("bomb-progress", "IB1116", null, 20_000, null),
        ("bomb-log", "IB1116", null, 20_000, null),
        ("bomb-output", "IB1114", null, 4, null),
    ];

    // What needs the rights of root where there is no jail.
    private static readonly string[] NeedRoot = ["kernel-namespace", "kernel-root", "kernel-packet", "kernel-clock"];

    private static readonly PluginOptions Calls = new() { CallTimeout = TimeSpan.FromSeconds(12), CancellationGrace = TimeSpan.FromMilliseconds(500) };

    private static readonly PluginOptions Impatient = new() { CallTimeout = TimeSpan.FromSeconds(3), CancellationGrace = TimeSpan.FromMilliseconds(500) };

    public static TheoryData<string> Names => [.. Attacks.Select(a => a.Attack)];

    // No bubblewrap: the jail of our own must hold alone. Nothing kept ready: it would be started for nobody, twice a test.
    private static WorkerOptions Narrow => new() { Warm = 0, MemoryBytes = 256 << 20, MaxMessages = 1_000, MaxOutputBytes = 1 << 20, RestartDelay = TimeSpan.Zero, MaxCrashes = 1_000, Bubblewrap = "" };

    private static WorkerOptions Wide => new() { MemoryBytes = 4L << 30, MaxMessages = 1_000_000, RestartDelay = TimeSpan.Zero, MaxCrashes = 1_000 };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Attack_Jailed_FailsWithItsCode_AndHarmsNobody(string name)
    {
        var attack = Attacks.Single(a => a.Attack == name);
        var ct = TestContext.Current.CancellationToken;
        using var victim = new Victim();
        await using var host = await hostile.HostAsync(PluginTier.Jailed, attack.Jailed == TimedOut ? Impatient : Calls, Narrow);

        var answer = await host.CallAsync("hostile." + name, Aim(victim, name, attack.Amount), new RecordingContext(), ct);
        var afterwards = await host.CallAsync("hostile.greets", HostilePlugin.Aim(), new RecordingContext(), ct);

        Assert.Equal(attack.Jailed, answer.Failure?.Code);
        Assert.True(victim.IsUnharmed);
        Assert.Null(afterwards.Failure);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Attack_Unjailed_Succeeds(string name)
    {
        var attack = Attacks.Single(a => a.Attack == name);
        Assert.SkipWhen(NeedRoot.Contains(name) && !Environment.IsPrivilegedProcess, "Only root may do this anywhere.");
        using var victim = new Victim();
        // What aims at the memory of the host works only inside it; how fast somebody talks is limited in every tier.
        await using var host = await hostile.HostAsync(name.StartsWith("host-", StringComparison.Ordinal) ? PluginTier.Trusted : PluginTier.Unjailed, new PluginOptions { MaxLinesPerSecond = int.MaxValue }, Wide);

        var answer = await host.CallAsync("hostile." + name, Aim(victim, name, attack.UnjailedAmount ?? attack.Amount), new RecordingContext(), TestContext.Current.CancellationToken);

        Assert.Equal(attack.Unjailed, answer.Failure?.Code);
    }

    [Theory]
    [InlineData(PluginTier.Jailed)]
    [InlineData(PluginTier.Unjailed)]
    public async Task Environment_OfAWorker_HasNothingOfTheHost(PluginTier tier)
    {
        await using var host = await hostile.HostAsync(tier, Calls, Narrow);

        Assert.True((await host.CallAsync("hostile.environment", HostilePlugin.Aim(), new RecordingContext(), TestContext.Current.CancellationToken)).TryGet(out var loot, out var failure), failure?.Message.En);

        Assert.All(loot.GetProperty("what").GetString()!.Split(' '), name => Assert.True(name is "TZ" or "MALLOC_TRIM_THRESHOLD_" || name.StartsWith("DOTNET_", StringComparison.Ordinal), name));
    }

    [Theory]
    [InlineData("loop-at-exit")]
    [InlineData("loop-unload")]
    [InlineData("loop-foreground")]
    public async Task Worker_ThatWillNotEnd_IsEnded(string trap)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await hostile.HostAsync(PluginTier.Jailed, Calls, Narrow);
        Assert.Null((await host.CallAsync("hostile." + trap, HostilePlugin.Aim(amount: 120), new RecordingContext(), ct)).Failure);
        using var worker = Process.GetProcessById(Assert.Single(host.WorkerProcesses));

        await host.UnloadAsync("Sample.Hostile", "1.0.0", ct).WaitAsync(TimeSpan.FromSeconds(30), ct);

        await worker.WaitForExitAsync(ct).WaitAsync(TimeSpan.FromSeconds(30), ct);
    }

    [Fact]
    public async Task Console_Flooded_HoldsNobody()
    {
        await using var host = await hostile.HostAsync(PluginTier.Jailed, Calls, Narrow);

        Assert.Null((await host.CallAsync("hostile.bomb-console", HostilePlugin.Aim(amount: 200), new RecordingContext(), TestContext.Current.CancellationToken)).Failure);
    }

    private static JsonElement Aim(Victim victim, string attack, int amount) => HostilePlugin.Aim(
        victim.SecretPath,
        attack switch
        {
            "net-udp" => victim.UdpPort,
            "process-environment" or "process-memory" or "process-files" => Environment.ProcessId,
            _ when attack.StartsWith("net-", StringComparison.Ordinal) => victim.TcpPort,
            _ => victim.ProcessId,
        },
        amount);
}
