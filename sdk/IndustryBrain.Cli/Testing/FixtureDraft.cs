using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Cli.Running;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Testing;

/// <summary>Makes a fixture of what has happened: it gives the same answers and expects the same end.</summary>
internal static class FixtureDraft
{
    // A path of a long run is no help to whoever reads the fixture.
    private const int LongestPath = 200;

    private static readonly FixtureJson Json = new(new JsonSerializerOptions(FixtureJson.Default.Options) { WriteIndented = true, NewLine = "\n", Encoder = RelaxedJson.Options.Encoder });

    /// <summary>Of a run in memory.</summary>
    public static ScenarioFixture Of(RunRequest request, FixtureRecorder recorder, RunResult result)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(request.DefinitionPath))!;
        var definition = Path.GetFileName(request.DefinitionPath);
        return new ScenarioFixture
        {
            Definition = definition == ScenarioFixture.DefinitionFile ? null : definition,
            Import = request.ImportPaths.Count == 0 ? null : [.. request.ImportPaths.Select(p => Relative(p, folder))],
            Input = request.Input is { } input ? Rebased(input, request.InputFolder, folder) : InputJsonElements.Empty,
            Clock = recorder.Events.Count > 0 ? new FixtureClock(recorder.Events[0].Event.At) : null,
            Components = Answers(recorder.Answers.Select(a => (NodeNames.ActivityId(a.NodeId), a.Answer))),
            Answers = recorder.Given.Count == 0 ? null : recorder.Given,
            Status = Status(result.SubStatus ?? result.Status),
            Output = result.Output.Count == 0 ? null : JsonSerializer.SerializeToElement(result.Output, InputJson.Default.JsonObject),
            Lines = result.Lines.Count == 0 ? null : result.Lines,
            Incidents = Incidents(result.Incidents.Select(i => (i.NodeId, (string?)i.Failure.Code))),
            Path = PathOf(FixturePath.Of(recorder.Main, recorder.Events)),
        };
    }

    /// <summary>Of a run of a host.</summary>
    public static ScenarioFixture Of(HostRun run, ScenarioDefinition definition)
    {
        var nodes = definition.Nodes.ToDictionary(n => n.NodeId, StringComparer.Ordinal);
        var steps = run.Steps.Where(s => s.StartedAt is not null && nodes.ContainsKey(s.NodeId)).ToList();
        var answers = steps.Where(s => s.State == "done" && HostStep.Answered.Contains(s.Type, StringComparer.Ordinal)).Select(s => new FixtureAnswer(Node: NodeNames.ActivityId(s.NodeId), Payload: PayloadOf(s))).ToList();
        return new ScenarioFixture
        {
            Input = run.Input is { ValueKind: JsonValueKind.Object } input ? input : InputJsonElements.Empty,
            CorrelationId = run.CorrelationId,
            Clock = new FixtureClock(run.CreatedAt),
            Components = Answers(steps.Select(s => (NodeNames.ActivityId(s.NodeId), Answer: AnswerOf(s, nodes[s.NodeId]))).Where(a => a.Answer is not null).Select(a => (a.Item1, a.Answer!))),
            Answers = answers.Count == 0 ? null : answers,
            Status = Status(run.SubStatus),
            Output = run.Output is { ValueKind: JsonValueKind.Object } output && output.EnumerateObject().Any() ? output : null,
            Lines = run.Lines.Count == 0 ? null : run.Lines,
            Incidents = Incidents(run.Incidents.Select(i => ((string?)i.NodeId, i.Code))),
            Path = run.Steps.Count < run.StepCount ? null : PathOf([.. steps.Where(s => !nodes[s.NodeId].IsContainer).Select(s => s.NodeId)]),
        };
    }

    /// <summary>Writes it; IB7223 when that is not possible.</summary>
    public static Failure? Write(string path, ScenarioFixture fixture)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllText(path, JsonSerializer.Serialize(fixture, Json.ScenarioFixture) + "\n");
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return CliFailures.FileNotWritable(path);
        }
    }

    private static string? Status(string? status) => status == nameof(ExecutionSubStatus.Finished) ? null : status;

    private static IReadOnlyList<FixtureIncident>? Incidents(IEnumerable<(string? NodeId, string? Code)> incidents) =>
        incidents.Select(i => new FixtureIncident(i.Code, i.NodeId is { } id ? NodeNames.ActivityId(id) : null)).ToList() is { Count: > 0 } found ? found : null;

    private static IReadOnlyList<string>? PathOf(IReadOnlyList<string> nodeIds) => nodeIds.Count is 0 or > LongestPath ? null : [.. nodeIds.Select(NodeNames.ActivityId)];

    private static Dictionary<string, JsonElement>? Answers(IEnumerable<(string Key, Result<JsonElement> Answer)> answers) =>
        answers.GroupBy(a => a.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => List(g.Select(a => a.Answer)), StringComparer.Ordinal) is { Count: > 0 } found ? found : null;

    private static JsonElement List(IEnumerable<Result<JsonElement>> answers) =>
        JsonSerializer.SerializeToElement(new JsonArray([.. answers.Select(AnswerNode)]), InputJson.Default.JsonNode);

    private static JsonNode AnswerNode(Result<JsonElement> answer)
    {
        if (answer.TryGet(out var output, out var failure))
        {
            return new JsonObject { ["output"] = output.ValueKind == JsonValueKind.Undefined ? new JsonObject() : JsonNode.Parse(output.GetRawText()) ?? new JsonObject() };
        }

        var fault = new JsonObject { ["code"] = failure.Code, ["message"] = failure.Message.En };
        if (failure.Where is { } where)
        {
            fault["where"] = where;
        }

        return new JsonObject { ["fault"] = fault };
    }

    private static Result<JsonElement>? AnswerOf(HostStep step, ScenarioNode node)
    {
        var isChild = HostStep.Children.Contains(step.Type, StringComparer.Ordinal);
        if (node.ComponentId is null && !isChild)
        {
            return null;
        }

        if (step.Failure is { } failure)
        {
            return failure;
        }

        var output = step.Output is { ValueKind: JsonValueKind.Object } given ? given : InputJsonElements.Empty;
        return step.State != "done" ? null : isChild && output.TryGetProperty("output", out var ofChild) && output.TryGetProperty("workflowInstanceId", out _) ? ofChild : output;
    }

    private static JsonElement? PayloadOf(HostStep step)
    {
        if (step.Type != HostStep.HumanTask)
        {
            return step.Output;
        }

        return JsonSerializer.SerializeToElement(new JsonObject { ["data"] = step.Output is { } data ? JsonNode.Parse(data.GetRawText()) : null }, InputJson.Default.JsonObject);
    }

    // Files are named relative to the folder of the scenario.
    private static JsonElement Rebased(JsonElement input, string from, string to)
    {
        var node = JsonNode.Parse(input.GetRawText());
        Rebase(node, from, to);
        return JsonSerializer.SerializeToElement(node, InputJson.Default.JsonNode);
    }

    private static void Rebase(JsonNode? node, string from, string to)
    {
        if (node is JsonObject file && RunFiles.PathOf(file) is { } path && JsonFile.Resolve(path, from) is { } full && File.Exists(full))
        {
            file["path"] = Relative(full, to);
            return;
        }

        foreach (var child in node switch { JsonObject members => members.Select(m => m.Value), JsonArray items => items, _ => [] })
        {
            Rebase(child, from, to);
        }
    }

    private static string Relative(string path, string folder) => Path.GetRelativePath(folder, path).Replace('\\', '/');
}
