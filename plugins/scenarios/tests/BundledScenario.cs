using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Expressions;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;

namespace IndustryBrain.Plugins.Scenarios.Tests;

/// <summary>A scenario of this repository, run by the real engine with the real components.</summary>
internal sealed class BundledScenario
{
    private static readonly BundledComponents Components = new();

    private BundledScenario(string folder, ScenarioDefinition definition) => (Folder, Definition) = (folder, definition);

    public string Folder { get; }

    public ScenarioDefinition Definition { get; }

    public static IReadOnlyList<Finding> Validate(ScenarioDefinition definition) => ScenarioValidator.Validate(definition, Components);

    public static async Task<BundledScenario> ReadAsync(string name)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "scenarios", name);
        var reading = ScenarioDefinition.Read(await File.ReadAllBytesAsync(Path.Combine(folder, "definition.json"), TestContext.Current.CancellationToken));
        Assert.True(reading.Definition is not null, string.Join("; ", reading.Findings));
        return new(folder, reading.Definition);
    }

    public async Task<ScenarioExecution> RunAsync(string input)
    {
        var ct = TestContext.Current.CancellationToken;
        var services = new ExecutionServices(Components, new JavaScriptEvaluator(), TimeProvider.System, new EngineLimits());
        var run = ScenarioExecution.Start(Definition, services, new ExecutionStart("run-1", Resolve(input)));
        await run.ContinueAsync(ct);
        while (run.PendingCalls is { Count: > 0 } calls)
        {
            foreach (var call in calls.ToArray())
            {
                run.CompleteCall(call.StepId, await Components[call.ComponentId].InvokeAsync(call.Input, new SampleFiles(Folder), ct));
            }

            await run.ContinueAsync(ct);
        }

        return run;
    }

    // A sample names its file by path; a component gets an id, which here is that path.
    private static JsonElement Resolve(string input)
    {
        var json = JsonNode.Parse(input)!.AsObject();
        if (json["file"]?["path"] is { } path)
        {
            json["file"] = new JsonObject { ["file"] = path.DeepClone() };
        }

        return JsonSerializer.SerializeToElement(json);
    }
}
