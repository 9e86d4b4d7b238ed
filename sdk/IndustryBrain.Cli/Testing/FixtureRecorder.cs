using System.Text.Json;
using IndustryBrain.Cli.Running;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Cli.Testing;

/// <summary>Takes down what happens in a run, for a test that repeats it without its components.</summary>
internal sealed class FixtureRecorder
{
    private readonly List<RunEvent> _events = [];
    private readonly List<(string NodeId, Result<JsonElement> Answer)> _answers = [];

    /// <summary>What waiting runs went on with, in order.</summary>
    public List<FixtureAnswer> Given { get; } = [];

    /// <summary>The definition of the run that was asked for; null before it has begun.</summary>
    public ScenarioDefinition? Main => _events.Find(e => e.IsRoot)?.Definition;

    /// <summary>What happened.</summary>
    public IReadOnlyList<RunEvent> Events => _events;

    /// <summary>The answers to its calls, in order.</summary>
    public IReadOnlyList<(string NodeId, Result<JsonElement> Answer)> Answers => _answers;

    public void Hear(RunEvent happened) => _events.Add(happened);

    /// <summary>Takes down what a waiting run goes on with. What is due at a time comes again by the clock.</summary>
    public void Resumed(Bookmark bookmark, JsonElement? payload)
    {
        if (bookmark.EventName is { } name)
        {
            Given.Add(new FixtureAnswer(Event: name, Payload: payload));
        }
        else if (MemoryRuns.TaskName(bookmark) is { } task)
        {
            Given.Add(new FixtureAnswer(Task: task, Payload: payload));
        }
        else if (bookmark.Due is null)
        {
            Given.Add(new FixtureAnswer(Node: NodeNames.ActivityId(bookmark.NodeId), Payload: payload));
        }
    }

    /// <summary>Answers that are taken down on their way.</summary>
    public IRunAnswers Around(IRunAnswers answers) => new Recording(this, answers);

    private sealed class Recording(FixtureRecorder recorder, IRunAnswers answers) : IRunAnswers
    {
        public async Task<Result<JsonElement>> CallAsync(ComponentCall call, ComponentContext context, CancellationToken ct)
        {
            // A fixture asks the clock when a throttle lets pass.
            if (call.ComponentId == ThrottleCall.ComponentId)
            {
                return await answers.CallAsync(call, context, ct);
            }

            // Calls under way together are answered in the order in which they were made.
            int place;
            lock (recorder._answers)
            {
                place = recorder._answers.Count;
                recorder._answers.Add((call.NodeId, default(JsonElement)));
            }

            var answer = await answers.CallAsync(call, context, ct);
            lock (recorder._answers)
            {
                recorder._answers[place] = (call.NodeId, answer.TryGet(out var output, out var failure) ? output.Clone() : failure);
            }

            return answer;
        }

        public Result<ChildRunState>? Child(ChildRunRequest request) => answers.Child(request);
    }
}
