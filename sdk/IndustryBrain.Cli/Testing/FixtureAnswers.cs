using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Cli.Running;
using IndustryBrain.Scenarios;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Cli.Testing;

/// <summary>Answers calls as a fixture says; what it does not mention goes to the real components.</summary>
internal sealed class FixtureAnswers : IRunAnswers, IComponentCatalog
{
    private static readonly JsonElement AnyObject = JsonElement.Parse("""{"type":"object"}""");

    private readonly IReadOnlyDictionary<string, JsonElement> _answers;
    private readonly PluginFolder _plugins;
    private readonly PluginAnswers _real;
    private readonly HashSet<string> _mocked;
    private readonly Dictionary<string, int> _given = new(StringComparer.Ordinal);

    public FixtureAnswers(ScenarioFixture fixture, ScenarioFiles scenario, PluginFolder plugins)
    {
        _answers = fixture.Components ?? new Dictionary<string, JsonElement>();
        (_plugins, _real) = (plugins, new PluginAnswers(plugins));
        var nodes = scenario.All.SelectMany(d => d.Nodes).Where(n => n.ComponentId is not null).ToList();
        _mocked = [.. nodes.Where(n => KeyOf(n.NodeId, n.ComponentId!) is not null).Select(n => n.ComponentId!)];
        NeedsPlugins = nodes.Exists(n => KeyOf(n.NodeId, n.ComponentId!) is null);
    }

    /// <summary>True when a component is not answered by the fixture.</summary>
    public bool NeedsPlugins { get; }

    /// <summary>The calls so far.</summary>
    public List<ComponentCall> Calls { get; } = [];

    // A component that is answered need not be installed; then it takes whatever it is given.
    public ComponentDescriptor? Find(string componentId) => _plugins.Find(componentId)
        ?? (_mocked.Contains(componentId)
            ? new ComponentDescriptor(componentId, ComponentKind.Tool, LocalizedText.Same(componentId), LocalizedText.Same(""), HasSideEffects: false, IsDeterministic: true, AnyObject, AnyObject)
            : null);

    public Task<Result<JsonElement>> CallAsync(ComponentCall call, ComponentContext context, CancellationToken ct)
    {
        if (call.ComponentId == ThrottleCall.ComponentId)
        {
            return _real.CallAsync(call, context, ct);
        }

        Calls.Add(call);
        return KeyOf(call.NodeId, call.ComponentId) is not { } key ? _real.CallAsync(call, context, ct)
            : Task.FromResult(Next(key).TryGet(out var output, out var failure) ? call.ComponentId == HttpCall.ComponentId ? Response(output) : new Result<JsonElement>(output) : failure);
    }

    public Result<ChildRunState>? Child(ChildRunRequest request) => KeyOf(request.NodeId, request.DefinitionId) is not { } key ? null
        : Next(key).TryGet(out var output, out var failure)
            ? new ChildRunState(string.Create(CultureInfo.InvariantCulture, $"{request.DefinitionId}-{_given[key]}"), ExecutionStatus.Finished, ExecutionSubStatus.Finished, output)
            : failure;

    private string? KeyOf(string nodeId, string target) =>
        _answers.ContainsKey(nodeId) ? nodeId
        : _answers.ContainsKey(NodeNames.ActivityId(nodeId)) ? NodeNames.ActivityId(nodeId)
        : _answers.ContainsKey(target) ? target
        : null;

    private Result<JsonElement> Next(string key)
    {
        var answers = _answers[key];
        var index = _given[key] = _given.GetValueOrDefault(key) + 1;
        if (answers.ValueKind == JsonValueKind.Array && index > answers.GetArrayLength())
        {
            return CliFailures.AnswersUsedUp(key, answers.GetArrayLength());
        }

        var answer = answers.ValueKind == JsonValueKind.Array ? answers[index - 1] : answers;
        return answer.TryGetProperty("fault", out var fault)
            ? new Failure(Text(fault, "code")!, LocalizedText.Same(Text(fault, "message") ?? Text(fault, "code")!)) { Where = Text(fault, "where") }
            : answer.GetProperty("output");
    }

    // As the shell hands it to the engine: each header a list, and JSON as the text that came over the wire.
    private static JsonElement Response(JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.Object)
        {
            return given;
        }

        var content = given.TryGetProperty("content", out var found) && found.ValueKind != JsonValueKind.Null ? found : default;
        var headers = new JsonObject();
        foreach (var header in given.TryGetProperty("headers", out var sent) && sent.ValueKind == JsonValueKind.Object ? sent.EnumerateObject() : default)
        {
            headers[header.Name] = header.Value.ValueKind == JsonValueKind.Array ? JsonArray.Create(header.Value) : new JsonArray(JsonValue.Create(header.Value));
        }

        var response = new JsonObject
        {
            ["statusCode"] = given.TryGetProperty("statusCode", out var status) ? JsonValue.Create(status) : 200,
            ["headers"] = headers,
            ["content"] = content.ValueKind switch { JsonValueKind.Undefined => null, JsonValueKind.String => content.GetString(), _ => content.GetRawText() },
        };
        return JsonSerializer.SerializeToElement(response, InputJson.Default.JsonObject);
    }

    private static string? Text(JsonElement json, string member) => json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
