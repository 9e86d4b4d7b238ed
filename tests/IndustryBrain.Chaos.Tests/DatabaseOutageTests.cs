using System.Net;
using IndustryBrain.Testing;

namespace IndustryBrain.Chaos.Tests;

/// <summary>The database goes away under a host with runs on the way, and comes back. The PostgreSQL that another host embeds stands in for the enterprise's server.</summary>
public sealed class DatabaseOutageTests : IDisposable
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("IB_TESTS_LONG") == "1";
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ib-out-");

    [Fact]
    public async Task Runs_DatabaseAwayInTheMiddle_FinishWithEachStepRecordedOnceAndAShortLog()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The server is reached through its Unix socket.");
        var ct = TestContext.Current.CancellationToken;
        var (server, socket) = (Path.Combine(_root.FullName, "server"), Path.Combine(_root.FullName, "s"));
        var owner = await HostProcess.StartAsync(server, HostProcess.FreePort(), null, ct);
        try
        {
            Link(socket, server);
            var password = (await File.ReadAllLinesAsync(Path.Combine(server, "postgres.password"), ct))[^1];
            await using var host = await HostProcess.StartAsync(
                Path.Combine(_root.FullName, "data"), HostProcess.FreePort(),
                new Dictionary<string, string> { ["ConnectionStrings__IndustryBrain"] = $"Host={socket};Username=industrybrain;Password={password};Database=postgres" }, ct);
            await KilledHostTests.PublishAsync(host, ct);
            var runs = new List<Uri>();
            for (var i = 0; i < 10; i++)
            {
                runs.Add(await KilledHostTests.StartRunAsync(host, i, ct));
            }

            await owner.DisposeAsync();
            await host.UntilOutputAsync("The database is away", ct);
            using (var refused = await host.Client.GetAsync(new Uri("/api/v1/runs", UriKind.Relative), ct))
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
                Assert.Contains("IB0019", await refused.Content.ReadAsStringAsync(ct), StringComparison.Ordinal);
            }

            using (var notReady = await host.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), ct))
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, notReady.StatusCode);
            }

            if (Long) await Task.Delay(TimeSpan.FromMinutes(1), ct);
            owner = await HostProcess.StartAsync(server, HostProcess.FreePort(), null, ct);
            Link(socket, server);
            await host.UntilOutputAsync("The database is back", ct);

            for (var i = 0; i < runs.Count; i++)
            {
                KilledHostTests.AssertFinishedOnce(await KilledHostTests.FinishedAsync(host, runs[i], ct), i);
            }

            Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
            // The links of the set-up tell of the start, not of the outage.
            Assert.True(host.Output.Split('\n').Count(line => !line.StartsWith("Set-up,", StringComparison.Ordinal)) <= 20, host.Output);
        }
        finally
        {
            await owner.DisposeAsync();
        }
    }

    public void Dispose() => _root.Delete(recursive: true);

    // The folder of the socket is another one after each start.
    private static void Link(string link, string server)
    {
        File.Delete(link);
        File.CreateSymbolicLink(link, File.ReadLines(Path.Combine(server, "postgres", "postmaster.pid")).ElementAt(4));
    }
}
