using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using IndustryBrain.Testing;

namespace IndustryBrain.Chaos.Tests;

/// <summary>Load, <c>kill -9</c>, restart: nothing that was accepted is lost, and no step is recorded twice.</summary>
public sealed class KilledHostTests : IDisposable
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("IB_TESTS_LONG") == "1";
    private readonly string _data = Directory.CreateTempSubdirectory("ib-chaos-").FullName;

    [Fact]
    public async Task Batch_HostKilledAgainAndAgain_AllRunsFinishWithEachStepRecordedOnce()
    {
        var ct = TestContext.Current.CancellationToken;
        var (runs, kills) = Long ? (50, 10) : (20, 3);
        var port = HostProcess.FreePort();
        var host = await HostProcess.StartAsync(_data, port, null, ct);
        try
        {
            await PublishAsync(host, ct);
            var accepted = new List<Uri>();
            for (var kill = 0; kill < kills; kill++)
            {
                // A share of the batch is accepted before each kill; some of it is then waiting, some in the middle of a step.
                for (var i = accepted.Count; i < runs * (kill + 1) / kills; i++)
                {
                    accepted.Add(await StartRunAsync(host, i, ct));
                }

                await host.KillAsync(ct);
                await host.DisposeAsync();
                host = await HostProcess.StartAsync(_data, port, null, ct);
            }

            for (var i = 0; i < accepted.Count; i++)
            {
                AssertFinishedOnce(await FinishedAsync(host, accepted[i], ct), i);
            }
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task Start_OrphanDatabaseLeftByKilledHost_IsTakenOverAndReadyAgain()
    {
        var ct = TestContext.Current.CancellationToken;
        var port = HostProcess.FreePort();
        var first = await HostProcess.StartAsync(_data, port, null, ct);
        await PublishAsync(first, ct);
        await first.KillAsync(ct);
        await first.DisposeAsync();

        await using var second = await HostProcess.StartAsync(_data, port, null, ct);

        var scenarios = await second.Client.GetFromJsonAsync<JsonElement>("/api/v1/scenarios", ct);
        Assert.Contains("chaos-waiting", scenarios.GetRawText(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    internal static async Task PublishAsync(HostProcess host, CancellationToken ct)
    {
        using var definition = new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "waiting-scenario.json"), ct));
        definition.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var imported = await host.Client.PostAsync(new Uri("/api/v1/scenarios/import", UriKind.Relative), definition, ct);
        Assert.True(imported.IsSuccessStatusCode, await imported.Content.ReadAsStringAsync(ct));
        using var published = await host.Client.PostAsync(new Uri("/api/v1/scenarios/chaos-waiting/publish", UriKind.Relative), null, ct);
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync(ct));
    }

    internal static async Task<Uri> StartRunAsync(HostProcess host, int number, CancellationToken ct)
    {
        using var answer = await host.Client.PostAsJsonAsync("/api/v1/scenarios/chaos-waiting/runs", new { input = new { number } }, ct);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.NotNull(answer.Headers.Location);
        return answer.Headers.Location;
    }

    /// <summary>The run once it has ended; fails after three minutes.</summary>
    internal static async Task<JsonElement> FinishedAsync(HostProcess host, Uri run, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        JsonElement state = default;
        try
        {
            do
            {
                state = await host.Client.GetFromJsonAsync<JsonElement>(run, patience.Token);
            }
            while (state.GetProperty("status").GetString() != "Finished" && await tick.WaitForNextTickAsync(patience.Token));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            Assert.Fail($"The run had not ended after three minutes: {state}\n{host.Output}");
        }

        return state;
    }

    internal static void AssertFinishedOnce(JsonElement run, int number)
    {
        Assert.Equal("Finished", run.GetProperty("subStatus").GetString());
        Assert.Equal(number + 1, run.GetProperty("output").GetProperty("sum").GetInt32());
        Assert.Equal([$"before {number}", $"after {number + 1}"], run.GetProperty("lines").EnumerateArray().Select(line => line.GetString()));
        var nodes = run.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("nodeId").GetString()!).ToList();
        Assert.Equal(nodes.Distinct(), nodes);
        Assert.Contains(nodes, node => node.EndsWith("forecast", StringComparison.Ordinal));
    }
}
