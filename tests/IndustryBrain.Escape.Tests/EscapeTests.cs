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

    // Attack, code in the jail, code without (null: it succeeds), how much it takes, how much it takes without a jail where that differs.
    private static readonly (string Attack, string Jailed, string? Unjailed, int Amount, int? UnjailedAmount)[] Attacks =
    [
        ("file-read", Denied, null, 0, null),
        ("file-finalizer", Denied, null, 0, null),
        ("file-write", Denied, null, 0, null),
        ("file-list", Denied, null, 0, null),
        ("file-delete", Denied, null, 0, null),
        ("file-mode", Denied, null, 0, null),
        ("file-truncate", Denied, null, 0, null),
        ("file-proc-root", Denied, null, 0, null),
        ("net-tcp", Denied, null, 0, null),
        ("net-http", Denied, null, 0, null),
        ("net-udp", Denied, null, 0, null),
        ("net-unix", Denied, null, 0, null),
        ("net-listen", Denied, null, 0, null),
        ("net-netlink", Denied, null, 0, null),
        ("process-start", Denied, null, 0, null),
        ("process-become", Denied, "IB1121", 0, null),
        ("process-kill", Denied, null, 0, null),
        ("process-priority", Denied, null, 0, null),
        ("process-descriptor", Denied, null, 0, null),
        ("process-environment", Denied, null, 0, null),
        ("process-memory", Denied, null, 0, null),
        ("process-watch", Denied, null, 0, null),
        // In the host's process these two would end or corrupt the host itself: any worker keeps them to themselves.
        ("process-end", "IB1121", "IB1121", 0, null),
        ("process-frames", "IB1126", "IB1126", 0, null),
        ("bomb-memory", Memory, null, 400, null),
        ("bomb-native", Memory, null, 400, null),
        ("bomb-shared", Denied, null, 400, null),
        ("bomb-memory-file", Denied, null, 0, null),
        ("bomb-threads", Memory, null, 400, null),
        ("bomb-loop", "IB1112", null, 120, 1),
        ("bomb-static", "IB1112", null, 120, 1),
        ("bomb-log", "IB1116", null, 20_000, null),
        ("bomb-output", "IB1114", null, 4, null),
    ];

    private static readonly PluginOptions Calls = new() { CallTimeout = TimeSpan.FromSeconds(12), CancellationGrace = TimeSpan.FromMilliseconds(500) };

    public static TheoryData<string> Names => [.. Attacks.Select(a => a.Attack)];

    // No bubblewrap: the jail of our own must hold alone.
    private static WorkerOptions Narrow => new() { MemoryBytes = 256 << 20, MaxMessages = 1_000, MaxOutputBytes = 1 << 20, RestartDelay = TimeSpan.Zero, MaxCrashes = 1_000, Bubblewrap = "" };

    private static WorkerOptions Wide => new() { MemoryBytes = 4L << 30, MaxMessages = 1_000_000, RestartDelay = TimeSpan.Zero, MaxCrashes = 1_000 };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Attack_Jailed_FailsWithItsCode_AndHarmsNobody(string name)
    {
        var attack = Attacks.Single(a => a.Attack == name);
        var ct = TestContext.Current.CancellationToken;
        using var victim = new Victim();
        await using var host = await hostile.HostAsync(PluginTier.Jailed, Calls, Narrow);

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
        using var victim = new Victim();
        await using var host = await hostile.HostAsync(PluginTier.Unjailed, new PluginOptions(), Wide);

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

        Assert.All(loot.GetProperty("what").GetString()!.Split(' '), name => Assert.True(name == "TZ" || name.StartsWith("DOTNET_", StringComparison.Ordinal), name));
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
            "process-environment" or "process-memory" => Environment.ProcessId,
            _ when attack.StartsWith("net-", StringComparison.Ordinal) => victim.TcpPort,
            _ => victim.ProcessId,
        },
        amount);
}
