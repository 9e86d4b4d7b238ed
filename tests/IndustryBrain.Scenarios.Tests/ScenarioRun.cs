using System.Buffers;
using System.Text;
using System.Text.Json;
using IndustryBrain.Expressions;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Scenarios.Expressions;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Scenarios.Tests;

/// <summary>Runs a definition in memory as a shell does, optionally saving and restoring wherever a shell could.</summary>
internal sealed class ScenarioRun : IComponentCatalog
{
    private static readonly JavaScriptEvaluator JavaScript = new();
    private readonly Dictionary<string, ChildRunRequest> _asked = [];

    /// <summary>What components take and give.</summary>
    public string Ports { get; init; } = """{"type":"object","properties":{"number":{"type":"number"},"items":{"type":"array"}},"required":["number"]}""";

    /// <summary>The calls of components, as they were asked for.</summary>
    public List<ComponentCall> Calls { get; } = [];

    public bool SavesAlways { get; init; }

    public bool ResumesAll { get; init; } = true;

    public string Input { get; init; } = "{}";

    public IExpressionEvaluator Expressions { get; init; } = JavaScript;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public EngineLimits Limits { get; init; } = EngineLimits.Default;

    /// <summary>How the runs that it starts end; null refuses them.</summary>
    public Func<ChildRunRequest, ChildRunState>? Children { get; init; }

    public Dictionary<string, string> Events { get; init; } = [];

    public List<ExecutionEvent> Happened { get; } = [];

    public ComponentDescriptor? Find(string componentId) => componentId.StartsWith("test.", StringComparison.Ordinal)
        ? new ComponentDescriptor(componentId, ComponentKind.Tool, LocalizedText.Same(componentId), LocalizedText.Same(""), false, true, Json(Ports), Json(Ports), null)
        : null;

    public async Task<ScenarioExecution> RunAsync(string json)
    {
        var reading = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(json));
        Assert.True(reading.IsAccepted, string.Join('\n', reading.Findings.Select(f => f.Rule + " " + f.Message.En)));
        return await RunAsync(reading.Definition!);
    }

    public async Task<ScenarioExecution> RunAsync(ScenarioDefinition definition)
    {
        var ct = TestContext.Current.CancellationToken;
        var services = new ExecutionServices(this, Expressions, Time, Limits);
        var run = ScenarioExecution.Start(definition, services, new ExecutionStart("run1", Json(Input)));
        run = Reload(run, definition, services);
        for (var round = 0; round < 1000; round++)
        {
            // Pauses after each step, and is saved there too.
            while (await run.ContinueAsync(SavesAlways ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, ct))
            {
                Happened.AddRange(run.TakeEvents());
                run = Reload(run, definition, services);
            }

            Happened.AddRange(run.TakeEvents());
            run = Reload(run, definition, services);
            if (run.Status == ExecutionStatus.Finished)
                return run;
            if (run.PendingCalls.Count > 0)
            {
                foreach (var call in run.PendingCalls)
                {
                    Calls.Add(call);
                    run.CompleteCall(call.StepId, Answer(call));
                    run = Reload(run, definition, services);
                }
            }
            else if (run.PendingChildRuns.Count > 0)
            {
                foreach (var request in run.PendingChildRuns)
                {
                    _asked[request.StepId] = request;
                    run.CompleteChildRun(request.StepId, Children is null ? new Failure("test:REFUSED", new("拒绝", "Refused.")) : new ChildRunState("child" + request.StepId, ExecutionStatus.Running, ExecutionSubStatus.Pending, Json("{}")));
                    run = Reload(run, definition, services);
                }
            }
            else if (ResumesAll && run.Bookmarks.Count > 0)
            {
                var bookmark = run.Bookmarks[0];
                if (_asked.TryGetValue(bookmark.StepId, out var child))
                {
                    Assert.True(run.ResumeChildRun(bookmark.StepId, Children!(child)));
                    run = Reload(run, definition, services);
                    continue;
                }

                Assert.True(run.Resume(bookmark.Id, bookmark.EventName is { } name && Events.TryGetValue(name, out var payload) ? Json(payload) : null));
                run = Reload(run, definition, services);
            }
            else
            {
                return run;
            }
        }

        throw new InvalidOperationException("The run does not end.");
    }

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public static Result<JsonElement> Answer(ComponentCall call) => call.ComponentId switch
    {
        "test.double" => Json($$"""{"number":{{(call.Input.GetProperty("number").GetDouble() * 2).ToString(System.Globalization.CultureInfo.InvariantCulture)}},"items":[1,2]}"""),
        _ => new Failure("test:BROKEN", new("坏了", "It is broken.")) { Where = "number" },
    };

    private ScenarioExecution Reload(ScenarioExecution run, ScenarioDefinition definition, ExecutionServices services)
    {
        if (!SavesAlways)
            return run;
        Happened.AddRange(run.TakeEvents());
        var buffer = new ArrayBufferWriter<byte>();
        run.Save(buffer);
        Assert.True(ScenarioExecution.Restore(definition, services, buffer.WrittenMemory).TryGet(out var restored, out var failure), failure?.Message.En);
        return restored;
    }
}
