using System.Text.Json;
using IndustryBrain.Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace IndustryBrain.Chaos.Tests;

/// <summary>Two hosts on one external database: both come up, share the work, and one finishes what the other left.</summary>
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

    public void Dispose()
    {
        Directory.Delete(_first, recursive: true);
        Directory.Delete(_second, recursive: true);
    }
}
