using System.Collections.Concurrent;
using System.Text.Json;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Knowledge;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Sdk.Testing.Capabilities;

/// <summary>Knowledge of other plugins in a test, granted by being prepared.</summary>
public sealed class FakeKnowledge : FakeCapability
{
    private readonly ConcurrentDictionary<string, Func<JsonElement, CancellationToken, ValueTask<Result<JsonElement>>>> _byComponent = new(StringComparer.Ordinal);

    internal FakeKnowledge(FakeHost host)
        : base(host)
    {
    }

    /// <summary>Lets a component answer all questions alike.</summary>
    /// <param name="component">Id of the knowledge component.</param>
    /// <param name="answer">A record, an anonymous object or JSON.</param>
    public void Answer(string component, object answer)
    {
        var json = FakeHost.ToJson(answer);
        _byComponent[component] = (_, _) => new(json);
    }

    /// <summary>Lets a component answer by a function of the question.</summary>
    public void Answer(string component, Func<JsonElement, Result<JsonElement>> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        _byComponent[component] = (question, _) => new(answer(question));
    }

    /// <summary>Lets the component itself answer, on a host that grants it nothing.</summary>
    public void Answer(string component, Component knowledge)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        var host = new FakeHost(knowledge.GetType());
        _byComponent[component] = async (question, ct) => (await host.CallAsync(knowledge, question, ct).ConfigureAwait(false)).Result;
    }

    internal override async ValueTask<Result<CapabilityAnswer>> RequestAsync(FakeContext context, CapabilityRequest request, CancellationToken ct)
    {
        if (request.Operation != "ask")
        {
            return Unknown(request);
        }

        if (Arguments(request, CapabilityJson.Wire.KnowledgeArguments) is not { } arguments)
        {
            return BadArguments(request);
        }

        if (!KnowledgeTarget.IsComponent(arguments.Component))
        {
            return CapabilityFailures.RequestInvalid("component", new("应为组件编号", "it must be the id of a component"));
        }

        if (Host.Undeclared(CapabilityNames.Knowledge, arguments.Component) is { } undeclared)
        {
            return undeclared;
        }

        if (!_byComponent.TryGetValue(arguments.Component, out var answer))
        {
            return Host.NotGranted(CapabilityNames.Knowledge, arguments.Component);
        }

        return (await answer(arguments.Question, ct).ConfigureAwait(false)).TryGet(out var given, out var failure)
            ? Answer(new KnowledgeReply<JsonElement>(given, new(arguments.Component, "test", "1.0.0", new string('0', 64))), CapabilityJson.Wire.KnowledgeReplyJsonElement)
            : failure;
    }
}
