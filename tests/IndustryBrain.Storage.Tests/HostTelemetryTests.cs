using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using IndustryBrain.Testing;

namespace IndustryBrain.Storage.Tests;

/// <summary>What a host sends to a collector of OpenTelemetry.</summary>
public sealed class HostTelemetryTests(PostgresFixture postgres) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ib-telemetry-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Host_WithACollector_SendsTracesMetricsAndLogs()
    {
        using var collector = new Collector();
        var environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__IndustryBrain"] = await postgres.CreateDatabaseAsync(Ct),
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        };
        await using var host = await HostProcess.StartAsync(Path.Combine(_root.FullName, "data"), HostProcess.FreePort(), environment, Ct);
        using var definition = new StringContent("""{"definitionId":"traced","name":"traced","root":{"type":"Elsa.WriteLine","id":"w","text":{"typeName":"String","expression":{"type":"Literal","value":"x"}}}}""", Encoding.UTF8, "application/json");
        using var imported = await host.Client.PostAsync(new Uri("/api/v1/scenarios/import", UriKind.Relative), definition, Ct);
        using var published = await host.Client.PostAsync(new Uri("/api/v1/scenarios/traced/publish", UriKind.Relative), null, Ct);
        using var input = new StringContent("{}", Encoding.UTF8, "application/json");
        using var started = await host.Client.PostAsync(new Uri("/api/v1/scenarios/traced/runs", UriKind.Relative), input, Ct);
        var run = JsonElement.Parse(await started.Content.ReadAsStringAsync(Ct)).GetProperty("id").GetString()!;

        await collector.HearsAsync("/v1/traces", run, "Elsa.WriteLine", "execute run", "accept run");
        await collector.HearsAsync("/v1/metrics", "industrybrain.run.duration", "industrybrain.step.duration", "http.server.request.duration");
        await collector.HearsAsync("/v1/logs", "industrybrain");
    }

    public void Dispose() => _root.Delete(recursive: true);

    private sealed class Collector : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly ConcurrentDictionary<string, string> _heard = new();
        private readonly SemaphoreSlim _news = new(0);

        public Collector()
        {
            Address = $"http://127.0.0.1:{HostProcess.FreePort()}";
            _listener.Prefixes.Add(Address + "/");
            _listener.Start();
            _ = TakeAsync();
        }

        public string Address { get; }

        /// <summary>Names stand in the messages as they are.</summary>
        public async Task HearsAsync(string path, params string[] texts)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            patience.CancelAfter(Patience);
            while (!texts.All(text => _heard.GetValueOrDefault(path, "").Contains(text, StringComparison.Ordinal)))
            {
                await _news.WaitAsync(patience.Token);
            }
        }

        public void Dispose()
        {
            _listener.Close();
            _news.Dispose();
        }

        private async Task TakeAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _heard.AddOrUpdate(context.Request.Url!.AbsolutePath, _ => Encoding.UTF8.GetString(body.ToArray()), (_, before) => before + Encoding.UTF8.GetString(body.ToArray()));
                context.Response.Close();
                _news.Release();
            }
        }
    }
}
