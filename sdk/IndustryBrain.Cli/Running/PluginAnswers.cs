using System.Text.Json;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Cli.Running;

/// <summary>The real components; no network.</summary>
internal sealed class PluginAnswers(PluginFolder plugins) : IRunAnswers
{
    public Task<Result<JsonElement>> CallAsync(ComponentCall call, ComponentContext context, CancellationToken ct) =>
        call.ComponentId == HttpCall.ComponentId
            ? Task.FromResult<Result<JsonElement>>(CliFailures.NoNetwork(call.Input.GetProperty("url").GetString()))
            : plugins.CallAsync(call.ComponentId, call.Input, context, ct).AsTask();

    public Result<ChildRunState>? Child(ChildRunRequest request) => null;
}
