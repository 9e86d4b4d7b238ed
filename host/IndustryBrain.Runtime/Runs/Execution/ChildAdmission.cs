using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IndustryBrain.Runtime.Inputs;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Runs.Commands;
using IndustryBrain.Runtime.Runs.Control;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Runs.Execution;

/// <summary>Judges what a run asks to start as a person's request would be judged, before the promise is recorded.</summary>
internal sealed class ChildAdmission(ScenarioLibrary library, RunInputs inputs, WorkQueue queue, ScenarioPauses pauses, ExecutionServices engine, IOptions<RunOptions> options)
{
    /// <summary>Elsa's name for the id of the parent, which a dispatched run gets beside its inputs.</summary>
    private const string ParentInstanceId = "ParentInstanceId";

    public async Task<Result<StartChild>> AdmitAsync(string organization, RunRecord parent, ChildRunRequest request, CancellationToken ct)
    {
        var depth = (parent.Parent?.Depth ?? 0) + 1;
        if (depth > engine.Limits.MaxRunDepth)
            return RuntimeFailures.RunsTooDeep(engine.Limits.MaxRunDepth);
        if (!(await library.FindPublishedAsync(organization, request.DefinitionId, parent.Environment ?? ScenarioEnvironments.Production, isPart: true, ct)).TryGet(out var published, out var failure))
            return failure;
        var definition = published.Definition;
        if (request.Version is { } version && version != definition.Version)
            return request.VersionMissing();
        var input = published.Complete(request.Input);
        if (await inputs.CheckAsync(new Caller(organization, parent.StartedBy, "system"), definition, Given(input), ct) is { } refused)
            return refused;
        var isHeld = await pauses.FindAsync(organization, request.DefinitionId, ct) is not null;
        if (await queue.CountQueuedAsync(organization, isHeld ? WorkStates.Paused : WorkStates.Queued, ct) >= options.Value.MaxQueued)
            return RuntimeFailures.QueueFull(options.Value.MaxQueued);
        return new StartChild(
            IdOf(parent.Id, request),
            new(parent.Id, request.StepId, depth, request.IsInline, request.WaitsForCompletion),
            request.DefinitionId,
            definition.Profile.Name,
            definition.Version,
            input.Clone(),
            request.CorrelationId,
            parent.StartedBy)
        {
            Plugins = published.Plugins,
            Environment = published.RecordedEnvironment,
            Secrets = published.Secrets,
            TriggerDepth = parent.TriggerDepth,
        };
    }

    private static JsonElement Given(JsonElement input) => input.ValueKind == JsonValueKind.Object && input.TryGetProperty(ParentInstanceId, out _)
        ? JsonSerializer.SerializeToElement(input.EnumerateObject().Where(m => m.Name != ParentInstanceId).ToDictionary(m => m.Name, m => m.Value))
        : input;

    // The same attempt at a step asks for the same run, however often it is executed.
    public static Guid IdOf(Guid parent, ChildRunRequest request) =>
        request.EarlierAttempts == 0 ? IdOf(parent.ToString(), request.StepId) : IdOf(parent.ToString(), request.StepId, request.EarlierAttempts.ToString(CultureInfo.InvariantCulture));

    /// <summary>The id that belongs to these words.</summary>
    public static Guid IdOf(params ReadOnlySpan<string> words)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(':', words))).AsSpan(0, 16);
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new(bytes, bigEndian: true);
    }
}
