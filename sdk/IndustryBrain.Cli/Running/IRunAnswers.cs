using System.Text.Json;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Cli.Running;

/// <summary>What answers the calls of runs in memory.</summary>
internal interface IRunAnswers
{
    /// <summary>Performs a component call or an HTTP request.</summary>
    Task<Result<JsonElement>> CallAsync(ComponentCall call, ComponentContext context, CancellationToken ct);

    /// <summary>How a run that was asked for has ended; null when it is to be started.</summary>
    Result<ChildRunState>? Child(ChildRunRequest request);
}
