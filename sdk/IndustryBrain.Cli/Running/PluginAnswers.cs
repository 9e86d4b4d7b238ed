using System.Collections.Concurrent;
using System.Text.Json;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Cli.Running;

/// <summary>The real components; no network.</summary>
internal sealed class PluginAnswers(PluginFolder plugins) : IRunAnswers
{
    private readonly ConcurrentDictionary<string, Queue<DateTimeOffset>> _passes = new(StringComparer.Ordinal);

    public Task<Result<JsonElement>> CallAsync(ComponentCall call, ComponentContext context, CancellationToken ct) => call.ComponentId switch
    {
        HttpCall.ComponentId => Task.FromResult<Result<JsonElement>>(CliFailures.NoNetwork(call.Input.GetProperty("url").GetString())),
        ThrottleCall.ComponentId => Task.FromResult<Result<JsonElement>>(Pass(call.Input, context.Time.GetUtcNow())),
        _ => plugins.CallAsync(call.ComponentId, call.Input, context, ct).AsTask(),
    };

    // The runs of one command are all that there are.
    private JsonElement Pass(JsonElement input, DateTimeOffset now)
    {
        var (key, limit, interval) = ThrottleCall.Read(input);
        var passes = _passes.GetOrAdd(key, _ => new());
        lock (passes)
        {
            return ThrottleCall.Answer(ThrottleCall.Pass(passes, limit, interval, now));
        }
    }

    public Result<ChildRunState>? Child(ChildRunRequest request) => null;
}
