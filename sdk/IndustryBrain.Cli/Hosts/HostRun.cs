using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Hosts;

/// <summary>A run as a host describes it: what a fixture is made of.</summary>
internal sealed record HostRun(
    string Id,
    string DefinitionId,
    int Version,
    string SubStatus,
    JsonElement? Input,
    JsonElement? Output,
    IReadOnlyList<string> Lines,
    IReadOnlyList<HostIncident> Incidents,
    IReadOnlyList<HostStep> Steps,
    DateTimeOffset CreatedAt)
{
    public string? CorrelationId { get; init; }

    /// <summary>Steps started; there may be more than are listed.</summary>
    public int StepCount { get; init; }

    /// <summary>Reads a host's answer; IB7143 when it is something else.</summary>
    public static Result<HostRun> Read(JsonElement json, Uri host)
    {
        try
        {
            return json.Deserialize(HostJson.Default.HostRun) is { } run ? run : CliFailures.NotAHost(host, 200);
        }
        catch (JsonException)
        {
            return CliFailures.NotAHost(host, 200);
        }
    }
}

/// <summary>One step of it.</summary>
internal sealed record HostStep(string NodeId, string Type, string State, DateTimeOffset? StartedAt)
{
    public const string HumanTask = "IndustryBrain.HumanTask";

    /// <summary>Activities that go on with what comes from outside; the host keeps it as their output.</summary>
    public static readonly IReadOnlyList<string> Answered = ["Elsa.Event", "Elsa.RunTask", "IndustryBrain.MqttMessage", "IndustryBrain.FileArrived", "IndustryBrain.RunEnded", HumanTask];

    /// <summary>Activities that start another run.</summary>
    public static readonly IReadOnlyList<string> Children = ["Elsa.DispatchWorkflow", "Elsa.ExecuteWorkflow", "IndustryBrain.SubScenario"];

    /// <summary>Activities whose answer a host does not keep, or not whole.</summary>
    public static readonly IReadOnlyList<string> NotKept = ["Elsa.SendHttpRequest", "Elsa.FlowSendHttpRequest", "Elsa.DownloadHttpFile", "Elsa.HttpEndpoint", "Elsa.BulkDispatchWorkflows", HumanTask];

    public JsonElement? Output { get; init; }

    public Failure? Failure { get; init; }
}

/// <summary>What went wrong in it.</summary>
internal sealed record HostIncident(string NodeId, string? Code);
