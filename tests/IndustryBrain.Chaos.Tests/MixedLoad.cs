using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using IndustryBrain.Testing;

namespace IndustryBrain.Chaos.Tests;

/// <summary>Runs of four kinds: one waits for a timer and computes, one sends a request, one waits for an event, one asks people. Whoever starts and tells them asks again with the same key until it is answered.</summary>
internal sealed class MixedLoad(Fleet fleet, EffectServer effects, Random random)
{
    private static readonly string[] Kinds = ["chaos-waiting", "chaos-effect", "chaos-event", "chaos-task"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly List<(string Kind, string Id)> _runs = [];

    public int Count => _runs.Count;

    public async Task PublishAsync(CancellationToken ct)
    {
        var host = fleet.Any(random);
        await KilledHostTests.PublishAsync(host, ct);
        foreach (var definition in (string[])[Effect(effects.Address), Event, HumanTask])
        {
            using var imported = await SendAsync(host, "scenarios/import", definition, null, ct);
            Assert.True(imported.IsSuccessStatusCode, await imported.Content.ReadAsStringAsync(ct));
            var id = JsonElement.Parse(await imported.Content.ReadAsStringAsync(ct)).GetProperty("definitionId").GetString();
            using var published = await SendAsync(host, $"scenarios/{id}/publish", null, null, ct);
            Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync(ct));
        }
    }

    /// <summary>Starts the next run; every fifth start is asked for a second time.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        var number = _runs.Count;
        var kind = Kinds[number % Kinds.Length];
        var key = $"start-{number}";
        var body = $$$"""{"input":{"number":{{{number.ToString(CultureInfo.InvariantCulture)}}}}}""";
        var run = await AskAsync($"scenarios/{kind}/runs", body, key, ct);
        if (number % 5 == 0)
            Assert.Equal(run.GetProperty("id").GetString(), (await AskAsync($"scenarios/{kind}/runs", body, key, ct)).GetProperty("id").GetString());
        _runs.Add((kind, run.GetProperty("id").GetString()!));
        if (kind == "chaos-event")
        {
            var raised = $$"""{"correlationId":"{{number.ToString(CultureInfo.InvariantCulture)}}","payload":{{number.ToString(CultureInfo.InvariantCulture)}}}""";
            for (var i = 0; i <= number % 2; i++)
                await AskAsync("events/chaos-go", raised, $"event-{number}", ct);
        }
    }

    /// <summary>Decides the tasks that are open; returns how many there were.</summary>
    public async Task<int> DecideAsync(CancellationToken ct)
    {
        var open = (await AskAsync("tasks?state=open&pageSize=100", null, null, ct)).GetProperty("items").EnumerateArray().Select(t => t.GetProperty("id").GetString()).ToList();
        foreach (var task in open)
            await AskAsync($"tasks/{task}/decision", """{"outcome":"Approved"}""", null, ct, HttpStatusCode.Conflict);
        return open.Count;
    }

    /// <summary>Every run ended once, with its result; nothing runs that nobody started, and no effect has two keys.</summary>
    public async Task AssertDoneAsync(CancellationToken ct)
    {
        for (var number = 0; number < _runs.Count; number++)
        {
            var (kind, id) = _runs[number];
            var run = await EndedAsync(id, ct);
            Assert.True(run.GetProperty("subStatus").GetString() == "Finished", $"{kind} {number}: {run.GetProperty("incidents")} {run}");
            Assert.Equal(number + 1, run.GetProperty("output").GetProperty("sum").GetInt32());
            var steps = run.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("nodeId").GetString()!).ToList();
            Assert.Equal(steps.Distinct(), steps);
            if (kind == "chaos-effect")
                Assert.Single(effects.KeysOf(number).Distinct());
        }

        foreach (var kind in Kinds)
            Assert.Equal(_runs.Count(r => r.Kind == kind), (await AskAsync($"runs?definitionId={kind}&pageSize=1", null, null, ct)).GetProperty("total").GetInt32());
    }

    private async Task<JsonElement> EndedAsync(string id, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        JsonElement run;
        do
        {
            run = await AskAsync($"runs/{id}", null, null, patience.Token);
            if (run.GetProperty("status").GetString() != "Finished")
                await DecideAsync(patience.Token);
        }
        while (run.GetProperty("status").GetString() != "Finished" && await tick.WaitForNextTickAsync(patience.Token));
        return run;
    }

    // A host that is killed, paused or without its database answers late, with 503 or not at all: another is asked.
    private async Task<JsonElement> AskAsync(string path, string? body, string? key, CancellationToken ct, HttpStatusCode? also = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var last = "";
        try
        {
            do
            {
                using var once = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
                once.CancelAfter(TimeSpan.FromSeconds(15));
                try
                {
                    using var answer = await SendAsync(fleet.Any(random), path, body, key, once.Token);
                    last = await answer.Content.ReadAsStringAsync(once.Token);
                    if (answer.IsSuccessStatusCode || answer.StatusCode == also)
                        return last.Length == 0 ? default : JsonElement.Parse(last);
                    Assert.True(answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests, $"{path}: {(int)answer.StatusCode} {last}");
                }
                catch (Exception e) when (e is HttpRequestException or IOException or ObjectDisposedException || (e is OperationCanceledException && !patience.IsCancellationRequested))
                {
                    last = e.Message;
                }
            }
            while (await tick.WaitForNextTickAsync(patience.Token));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            Assert.Fail($"{path} was not answered within {Patience}: {last}");
        }

        return default;
    }

    private static async Task<HttpResponseMessage> SendAsync(HostProcess host, string path, string? body, string? key, CancellationToken ct)
    {
        var isPost = body is not null || path.EndsWith("/publish", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(isPost ? HttpMethod.Post : HttpMethod.Get, new Uri("/api/v1/" + path, UriKind.Relative));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await host.Client.SendAsync(request, ct);
    }

    private static string Effect(string address) => Definition("chaos-effect", $$"""
        { "type": "Elsa.SendHttpRequest", "id": "send", "version": 1, "customProperties": {}, "metadata": {}, "method": {{Text("POST")}},
          "url": { "typeName": "Uri", "expression": { "type": "JavaScript", "value": "'{{address}}/' + getInput('number')" } } }
        """);

    private static string Event => Definition("chaos-event", """
        { "type": "Elsa.Correlate", "id": "name", "version": 1, "customProperties": {}, "metadata": {}, "correlationId": { "typeName": "String", "expression": { "type": "JavaScript", "value": "String(getInput('number'))" } } },
        { "type": "Elsa.Event", "id": "go", "version": 1, "customProperties": {}, "metadata": {}, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "chaos-go" } } }
        """);

    private static string HumanTask => Definition("chaos-task", $$"""{ "type": "IndustryBrain.HumanTask", "id": "ask", "version": 1, "customProperties": {}, "metadata": {}, "title": {{Text("Go on?")}} }""");

    private static string Text(string value) => $$$"""{ "typeName": "String", "expression": { "type": "Literal", "value": "{{{value}}}" } }""";

    private static string Definition(string id, string activities) => $$"""
        { "definitionId": "{{id}}", "name": "{{id}}", "inputs": [ { "type": "Int32", "name": "number" } ], "outputs": [ { "type": "Int32", "name": "sum" } ],
          "root": { "type": "Elsa.Sequence", "id": "root", "version": 1, "customProperties": {}, "metadata": {}, "activities": [
            {{activities}},
            { "type": "Elsa.SetOutput", "id": "out", "version": 1, "customProperties": {}, "metadata": {}, "outputName": {{Text("sum")}},
              "outputValue": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "getInput('number') + 1" } } } ] } }
        """;
}
