using System.Globalization;

namespace IndustryBrain.Chaos.Tests;

/// <summary>Three hosts, a mixed load, and everything that goes wrong: no run is lost, none ends twice, each step is recorded once, and an effect is repeated with the same key only.</summary>
public sealed class ThreeHostsTests
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("IB_TESTS_LONG") == "1";

    [Fact]
    public async Task MixedLoad_HostsWorkersAndDatabaseFailAgainAndAgain_EveryRunEndsOnce()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Hosts are paused by signals, and the database is reached through its Unix socket.");
        var ct = TestContext.Current.CancellationToken;
        var (runs, hits, restarts) = Long ? (1_000, 100, 5) : (60, 6, 1);
        var seed = int.TryParse(Environment.GetEnvironmentVariable("IB_TESTS_SEED"), CultureInfo.InvariantCulture, out var chosen) ? chosen : Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        using var effects = new EffectServer();
        await using var fleet = await Fleet.StartAsync(effects, ct);
        var load = new MixedLoad(fleet, effects, new Random(seed));
        await load.PublishAsync(ct);
        // One is ahead of the others from the beginning.
        await fleet.SetClockAsync(0, Fleet.MostClockStep, ct);
        await fleet.UntilClockAsync(0, Fleet.MostClockStep, ct);

        var suffering = SufferAsync(fleet, new Random(seed + 1), hits, restarts, ct);
        // Spread over all that happens: some runs begin before it, some in the middle, some when it is over.
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(Long ? 200 : 500));
        while (load.Count < runs && await pace.WaitForNextTickAsync(ct))
        {
            await load.StartAsync(ct);
            if (load.Count % 8 == 0)
                await load.DecideAsync(ct);
        }

        await suffering;
        await load.AssertDoneAsync(ct);
    }

    private static async Task SufferAsync(Fleet fleet, Random random, int hits, int restarts, CancellationToken ct)
    {
        for (var hit = 0; hit < hits; hit++)
        {
            // Each kind at least once, however few there are.
            var kind = hit % (hits / restarts) == 1 ? Fleet.Database : hit < 2 * Fleet.Kinds ? hit % Fleet.Kinds : random.Next(Fleet.Kinds);
            var what = await fleet.SufferAsync(random, kind, ct);
            TestContext.Current.TestOutputHelper!.WriteLine(what);
        }
    }
}
