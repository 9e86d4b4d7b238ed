using System.Text.Json;
using IndustryBrain.Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace IndustryBrain.Chaos.Tests;

/// <summary>Two hosts on one external database: both come up, share the work, one finishes what the other left, and each can be stopped for an upgrade.</summary>
public sealed class TwoHostsTests(PostgresFixture postgres) : IDisposable
{
    private readonly string _first = Directory.CreateTempSubdirectory("ib-two-a-").FullName;
    private readonly string _second = Directory.CreateTempSubdirectory("ib-two-b-").FullName;

    [Fact]
    public async Task StartedAtOnceOnAnEmptyDatabase_BothBecomeReady_AndTheSurvivorFinishesTheOthersRuns()
    {
        var ct = TestContext.Current.CancellationToken;
        var environment = new Dictionary<string, string> { ["ConnectionStrings__IndustryBrain"] = await postgres.CreateDatabaseAsync(ct) };
        var starting = new[] { _first, _second }.Select(data => HostProcess.StartAsync(data, HostProcess.FreePort(), environment, ct)).ToArray();
        await using var doomed = await starting[0];
        await using var survivor = await starting[1];
        await KilledHostTests.PublishAsync(doomed, ct);
        var accepted = new List<Uri>();
        for (var i = 0; i < 10; i++)
        {
            accepted.Add(await KilledHostTests.StartRunAsync(i % 2 == 0 ? doomed : survivor, i, ct));
        }

        await doomed.KillAsync(ct);

        for (var i = 0; i < accepted.Count; i++)
        {
            var run = accepted[i].IsAbsoluteUri ? new Uri(accepted[i].PathAndQuery, UriKind.Relative) : accepted[i];
            JsonElement state = await KilledHostTests.FinishedAsync(survivor, run, ct);
            KilledHostTests.AssertFinishedOnce(state, i);
        }
    }

    [Fact]
    public async Task StoppedAndStartedAgainInTurn_HandTheirRunsOver_AndOneAlwaysTakesNewOnes()
    {
        var ct = TestContext.Current.CancellationToken;
        var environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__IndustryBrain"] = await postgres.CreateDatabaseAsync(ct),
            // Far longer than this takes: whoever goes on with a run was handed it.
            ["Runs__LeaseSeconds"] = "3600",
        };
        var folders = new[] { _first, _second };
        var hosts = new HostProcess[2];
        try
        {
            for (var i = 0; i < 2; i++)
                hosts[i] = await HostProcess.StartAsync(folders[i], HostProcess.FreePort(), environment, ct);
            await KilledHostTests.PublishAsync(hosts[0], ct);
            var accepted = new List<Uri>();
            for (var stopped = 0; stopped < 2; stopped++)
            {
                for (var i = 0; i < 6; i++)
                    accepted.Add(await KilledHostTests.StartRunAsync(hosts[stopped], accepted.Count, ct));
                var stopping = hosts[stopped].StopAsync();
                for (var i = 0; i < 4; i++)
                    accepted.Add(await KilledHostTests.StartRunAsync(hosts[1 - stopped], accepted.Count, ct));

                Assert.Equal(0, await stopping);
                await hosts[stopped].DisposeAsync();
                hosts[stopped] = await HostProcess.StartAsync(folders[stopped], HostProcess.FreePort(), environment, ct);
            }

            for (var i = 0; i < accepted.Count; i++)
            {
                var run = accepted[i].IsAbsoluteUri ? new Uri(accepted[i].PathAndQuery, UriKind.Relative) : accepted[i];
                KilledHostTests.AssertFinishedOnce(await KilledHostTests.FinishedAsync(hosts[0], run, ct), i);
            }
        }
        finally
        {
            foreach (var host in hosts.OfType<HostProcess>())
                await host.DisposeAsync();
        }
    }

    public void Dispose()
    {
        Directory.Delete(_first, recursive: true);
        Directory.Delete(_second, recursive: true);
    }
}
