using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using IndustryBrain.Testing;
using Npgsql;

namespace IndustryBrain.Benchmarks.Runs;

/// <summary>
/// Durable runs over HTTP against a host with its embedded PostgreSQL, both processes of their own: an empty scenario from its start to its end, and one that waits for an event and goes on.
/// In the same run plain inserts, one commit each, against the same server.
/// </summary>
internal static class RunMeasurement
{
    private const int Callers = 32;
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    /// <param name="rounds">How often each is measured.</param>
    /// <param name="waiting">Runs that wait for the same event all the while.</param>
    public static async Task RunAsync(int rounds, int waiting)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, {Callers} callers, load {File.ReadAllText("/proc/loadavg").Trim()}"));
        var folder = Directory.CreateTempSubdirectory("ib-bench-runs-");
        try
        {
            Dictionary<string, string> settings = new() { ["Limits__RequestsPerMinute"] = "100000000", ["Limits__StartsPerMinute"] = "100000000", ["Limits__ReadsPerMinute"] = "100000000" };
            await using var host = await HostProcess.StartAsync(folder.FullName, HostProcess.FreePort(), settings, CancellationToken.None);
            await PublishAsync(host.Client, "bench-empty", "");
            await PublishAsync(host.Client, "bench-event", """{"type":"Elsa.Event","id":"wait","version":1,"customProperties":{},"metadata":{},"eventName":{"typeName":"String","expression":{"type":"Literal","value":"Go"}}}""");
            await using var database = NpgsqlDataSource.Create(ConnectionString(folder.FullName));
            using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Callers };
            using var client = new HttpClient(handler) { BaseAddress = host.Address };

            await FillAsync(client, database, waiting);
            await MeasureAsync(() => StartAsync(client, "bench-empty"), Warmup);
            await MeasureAsync(() => SuspendAndResumeAsync(client), Warmup);
            for (var round = 0; round < rounds; round++)
            {
                await ReportAsync(host, database, "start and finish", () => StartAsync(client, "bench-empty"));
                await ReportAsync(host, database, "suspend and resume", () => SuspendAndResumeAsync(client));
                var scans = await ScansAsync(database);
                await ReportResumeAsync(client);
                await ReportScansAsync(database, scans);
                await InsertAsync(database);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task ReportAsync(HostProcess host, NpgsqlDataSource database, string name, Func<Task> work)
    {
        using var allocations = new AllocationMeter(host.ProcessId);
        var (size, processor, clock) = (await SizeAsync(database), Processor(host.ProcessId), Stopwatch.StartNew());
        var times = await MeasureAsync(work, Length);
        var seconds = clock.Elapsed.TotalSeconds;
        var (allocated, log) = (await allocations.StopAsync(), await SizeAsync(database) - size);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {times.Count / seconds:F0}/s, p50 {Percentile(times, 0.5):F1} ms, p99 {Percentile(times, 0.99):F1} ms, {allocated / times.Count} B allocated, {log / times.Count} B of log of the database, {(Processor(host.ProcessId) - processor).TotalMilliseconds / times.Count:F2} ms of processor of the host a run"));
    }

    /// <summary>The resume alone, one at a time: from the telling to the answer that the run has ended, which is on record then.</summary>
    private static async Task ReportResumeAsync(HttpClient client)
    {
        List<double> times = [];
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Length)
        {
            var run = await PostAsync(client, "/api/v1/scenarios/bench-event/runs?wait=30", "{}");
            Expect(run, "Suspended");
            var began = Stopwatch.GetTimestamp();
            Expect(await PostAsync(client, $"/api/v1/runs/{run.GetProperty("id").GetString()}/events/Go", null), "Finished");
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"resume, one at a time: p50 {Percentile(times, 0.5):F1} ms, p99 {Percentile(times, 0.99):F1} ms, {times.Count} of them"));
    }

    /// <summary>How often each table of runs was read whole since the server began.</summary>
    private static async Task<Dictionary<string, long>> ScansAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select pg_stat_clear_snapshot(); select relname, seq_scan from pg_stat_user_tables where relname like 'run%' and n_live_tup > 1000");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.NextResultAsync();
        Dictionary<string, long> scans = [];
        while (await reader.ReadAsync())
            scans[reader.GetString(0)] = reader.GetInt64(1);
        return scans;
    }

    /// <summary>Tables that grow with the runs that wait must not be read whole on the way of a resume, however PostgreSQL planned it while they were small.</summary>
    private static async Task ReportScansAsync(NpgsqlDataSource database, Dictionary<string, long> before)
    {
        var more = (await ScansAsync(database)).Where(s => s.Value > before.GetValueOrDefault(s.Key)).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value - before.GetValueOrDefault(s.Key)}")).ToList();
        Console.WriteLine($"tables of runs that were read whole meanwhile: {(more.Count == 0 ? "none" : string.Join(", ", more))}");
    }

    /// <summary>Copies one waiting run so many times.</summary>
    private static async Task FillAsync(HttpClient client, NpgsqlDataSource database, int waiting)
    {
        if (waiting == 0)
        {
            return;
        }

        var run = await PostAsync(client, "/api/v1/scenarios/bench-event/runs?wait=30", "{}");
        Expect(run, "Suspended");
        await using var fill = database.CreateCommand("""
            create table bench_fill as select gen_random_uuid() as id from generate_series(1, $2);
            insert into run select f.id, r.organization, r.definition_id, r.parent_id, r.status, r.sub_status, r.created_at, r.version, jsonb_set(r.record, '{id}', to_jsonb(f.id)) from bench_fill f, run r where r.id = $1;
            insert into run_journal select f.id, j.version, j.organization, j.count, j.events from bench_fill f, run_journal j where j.run_id = $1;
            insert into run_state select f.id, s.organization, s.version, s.state from bench_fill f, run_state s where s.run_id = $1;
            insert into run_work (run_id, organization, state, accepted_at, due) select f.id, w.organization, w.state, w.accepted_at, w.due from bench_fill f, run_work w where w.run_id = $1;
            insert into run_wait select f.id, w.event, w.organization, w.correlation_id from bench_fill f, run_wait w where w.run_id = $1;
            analyze run, run_journal, run_state, run_work, run_wait;
            """.Replace("$1", $"'{run.GetProperty("id").GetString()}'", StringComparison.Ordinal).Replace("$2", waiting.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        fill.CommandTimeout = 0;
        await fill.ExecuteNonQueryAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{waiting} runs wait"));
    }

    private static async Task InsertAsync(NpgsqlDataSource database)
    {
        await using (var create = database.CreateCommand("create table if not exists bench_insert (id uuid primary key, body text not null)"))
        {
            await create.ExecuteNonQueryAsync();
        }

        var body = new string('x', 400);
        var connections = new ConcurrentBag<NpgsqlConnection>();
        for (var i = 0; i < Callers; i++)
        {
            connections.Add(await database.OpenConnectionAsync());
        }

        var clock = Stopwatch.StartNew();
        var times = await MeasureAsync(
            async () =>
            {
                connections.TryTake(out var connection);
                await using var command = new NpgsqlCommand("insert into bench_insert values ($1, $2)", connection) { Parameters = { new() { Value = Guid.CreateVersion7() }, new() { Value = body } } };
                await command.PrepareAsync();
                await command.ExecuteNonQueryAsync();
                connections.Add(connection!);
            },
            Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"plain inserts: {times.Count / clock.Elapsed.TotalSeconds:F0} commits/s, p50 {Percentile(times, 0.5):F1} ms, p99 {Percentile(times, 0.99):F1} ms"));
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }

    private static async Task<IReadOnlyCollection<double>> MeasureAsync(Func<Task> work, TimeSpan length)
    {
        var times = new ConcurrentBag<double>();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < length)
            {
                var began = Stopwatch.GetTimestamp();
                await work();
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        })));
        return times;
    }

    private static async Task StartAsync(HttpClient client, string scenario)
    {
        var run = await PostAsync(client, $"/api/v1/scenarios/{scenario}/runs?wait=30", "{}");
        Expect(run, "Finished");
    }

    private static async Task SuspendAndResumeAsync(HttpClient client)
    {
        var run = await PostAsync(client, "/api/v1/scenarios/bench-event/runs?wait=30", "{}");
        Expect(run, "Suspended");
        Expect(await PostAsync(client, $"/api/v1/runs/{run.GetProperty("id").GetString()}/events/Go", null), "Finished");
    }

    private static void Expect(JsonElement run, string subStatus)
    {
        if (run.GetProperty("subStatus").GetString() != subStatus)
        {
            throw new InvalidOperationException($"Not {subStatus}: {run}");
        }
    }

    private static async Task PublishAsync(HttpClient client, string id, string activities)
    {
        await PostAsync(client, "/api/v1/scenarios/import", $$$"""
            { "definitionId": "{{{id}}}", "name": "{{{id}}}", "version": 1, "toolVersion": "3.7.0.0", "variables": [], "inputs": [], "outputs": [], "outcomes": [], "customProperties": {}, "options": {},
              "root": { "type": "Elsa.Sequence", "id": "root", "version": 1, "customProperties": {}, "metadata": {}, "variables": [], "activities": [ {{{activities}}} ] } }
            """);
        await PostAsync(client, $"/api/v1/scenarios/{id}/publish", null);
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, string? json)
    {
        using var content = json is null ? null : new StringContent(json, new MediaTypeHeaderValue("application/json"));
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        var text = await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new InvalidOperationException($"{answer.StatusCode} {JsonElement.Parse(text)}");
    }

    /// <summary>Bytes of write-ahead log since the server began.</summary>
    private static async Task<long> SizeAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static TimeSpan Processor(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime;
    }

    private static double Percentile(IEnumerable<double> values, double share)
    {
        var ordered = values.Order().ToList();
        return ordered[(int)((ordered.Count - 1) * share)];
    }

    private static string ConnectionString(string folder) => new NpgsqlConnectionStringBuilder
    {
        Host = File.ReadLines(Path.Combine(folder, "postgres", "postmaster.pid")).ElementAt(4),
        Username = "industrybrain",
        Password = File.ReadAllLines(Path.Combine(folder, "postgres.password"))[^1],
        Database = "industrybrain",
        MaxPoolSize = Callers + 2,
    }.ConnectionString;
}
