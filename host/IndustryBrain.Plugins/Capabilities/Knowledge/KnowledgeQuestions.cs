using System.Runtime.InteropServices;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities.Knowledge;

/// <summary>Questions of one plugin to the knowledge of another.</summary>
internal sealed class KnowledgeQuestions(CapabilityOptions options) : Capability
{
    public override string Name => CapabilityNames.Knowledge;

    public override async ValueTask<Result<CapabilityAnswer>> RequestAsync(CapabilityCall call, CancellationToken ct)
    {
        if (call.Request.Operation != "ask")
        {
            return CapabilityFailures.UnknownOperation(Name, call.Request.Operation);
        }

        if (Arguments(call, CapabilityJson.Wire.KnowledgeArguments) is not { } arguments)
        {
            return BadArguments(call);
        }

        if (!KnowledgeTarget.IsComponent(arguments.Component))
        {
            return CapabilityFailures.RequestInvalid("component", new("应为组件编号", "it must be the id of a component"));
        }

        call.Target = arguments.Component;
        if (call.Permissions.Demand(Name, arguments.Component) is { } refused)
        {
            return refused;
        }

        if (call.Context.Chain.Contains(arguments.Component) || call.Context.Chain.Length > options.MaxKnowledgeDepth)
        {
            return CapabilityFailures.QuestionsTooDeep([.. call.Context.Chain, arguments.Component], options.MaxKnowledgeDepth);
        }

        if (!(await call.Context.KnowledgeSource.AskAsync(call.Context, arguments.Component, arguments.Question, ct).ConfigureAwait(false)).TryGet(out var reply, out var failure))
        {
            return failure;
        }

        return JsonMarshal.GetRawUtf8Value(reply.Answer).Length > options.MaxKnowledgeBytes
            ? CapabilityFailures.TooLarge(arguments.Component, options.MaxKnowledgeBytes)
            : Answer(reply, CapabilityJson.Wire.KnowledgeReplyJsonElement);
    }
}
