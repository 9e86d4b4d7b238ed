using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using IndustryBrain.Testing;

namespace IndustryBrain.Chaos.Tests;

/// <summary>Runs that start runs and wait for them, and <c>kill -9</c> wherever it hits: each parent goes on with its child's output, and no child is started twice.</summary>
public sealed class KilledParentsTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ib-parents-").FullName;

    [Fact]
    public async Task Parents_HostKilledAgainAndAgain_EachFinishesWithTheOutputOfItsOneChild()
    {
        var ct = TestContext.Current.CancellationToken;
        var port = HostProcess.FreePort();
        var host = await HostProcess.StartAsync(_data, port, null, ct);
        try
        {
            await PublishAsync(host, "chaos-child", Delay, SetOutput("getInput('number') + 1"), ct);
            await PublishAsync(host, "chaos-execute", Starts("ExecuteWorkflow"), SetOutput("(getOutputFrom('run', 'Result').output || getOutputFrom('run', 'Result')).sum"), ct);
            await PublishAsync(host, "chaos-dispatch", Starts("DispatchWorkflow"), SetOutput("getOutputFrom('run', 'Result').sum"), ct);
            var parents = new List<Uri>();
            for (var kill = 0; kill < 3; kill++)
            {
                for (var i = 0; i < 8; i++)
                {
                    parents.Add(await StartRunAsync(host, i % 2 == 0 ? "chaos-execute" : "chaos-dispatch", parents.Count, ct));
                }

                await host.KillAsync(ct);
                await host.DisposeAsync();
                host = await HostProcess.StartAsync(_data, port, null, ct);
            }

            for (var i = 0; i < parents.Count; i++)
            {
                var parent = await KilledHostTests.FinishedAsync(host, parents[i], ct);
                Assert.Equal("Finished", parent.GetProperty("subStatus").GetString());
                Assert.True(i + 1 == parent.GetProperty("output").GetProperty("sum").GetInt32(), $"{parent}");
                var nodes = parent.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("nodeId").GetString()!).ToList();
                Assert.Equal(nodes.Distinct(), nodes);
                var children = await host.Client.GetFromJsonAsync<JsonElement>($"/api/v1/runs?parentRunId={parent.GetProperty("id").GetString()}", ct);
                Assert.Equal(1, children.GetProperty("total").GetInt32());
            }

            var all = await host.Client.GetFromJsonAsync<JsonElement>("/api/v1/runs?status=Finished", ct);
            Assert.Equal(2 * parents.Count, all.GetProperty("total").GetInt32());
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private static async Task PublishAsync(HostProcess host, string id, string first, string second, CancellationToken ct)
    {
        using var definition = new StringContent(
            $$$"""
            {
              "definitionId": "{{{id}}}", "name": "{{{id}}}", "toolVersion": "3.7.0.0", "variables": [], "outcomes": [], "customProperties": {}, "options": {},
              "inputs": [ { "type": "Int32", "name": "number", "displayName": "Number", "storageDriverType": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" } ],
              "outputs": [ { "type": "Int32", "name": "sum", "displayName": "Sum" } ],
              "root": { "type": "Elsa.Sequence", "id": "root", "version": 1, "customProperties": {}, "metadata": {}, "variables": [], "activities": [ {{{first}}}, {{{second}}} ] }
            }
            """,
            Encoding.UTF8,
            MediaTypeHeaderValue.Parse("application/json"));
        using var imported = await host.Client.PostAsync(new Uri("/api/v1/scenarios/import", UriKind.Relative), definition, ct);
        Assert.True(imported.IsSuccessStatusCode, await imported.Content.ReadAsStringAsync(ct));
        using var published = await host.Client.PostAsync(new Uri($"/api/v1/scenarios/{id}/publish", UriKind.Relative), null, ct);
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync(ct));
    }

    private static async Task<Uri> StartRunAsync(HostProcess host, string id, int number, CancellationToken ct)
    {
        using var answer = await host.Client.PostAsJsonAsync($"/api/v1/scenarios/{id}/runs", new { input = new { number } }, ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(ct));
        Assert.NotNull(answer.Headers.Location);
        return answer.Headers.Location;
    }

    private const string Delay = """
        { "type": "Elsa.Delay", "id": "wait", "version": 1, "customProperties": {}, "metadata": {}, "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "00:00:00.300" } } }
        """;

    private static string Starts(string type) => $$"""
        { "type": "Elsa.{{type}}", "id": "run", "version": 1, "customProperties": {}, "metadata": {},
          "workflowDefinitionId": { "typeName": "String", "expression": { "type": "Literal", "value": "chaos-child" } },
          "waitForCompletion": { "typeName": "Boolean", "expression": { "type": "Literal", "value": true } },
          "input": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "({ number: getInput('number') })" } } }
        """;

    private static string SetOutput(string expression) => $$"""
        { "type": "Elsa.SetOutput", "id": "out", "version": 1, "customProperties": {}, "metadata": {},
          "outputName": { "typeName": "String", "expression": { "type": "Literal", "value": "sum" } },
          "outputValue": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "{{expression}}" } } }
        """;
}
