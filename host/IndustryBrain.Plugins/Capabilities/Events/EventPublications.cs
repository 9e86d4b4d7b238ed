using System.Runtime.InteropServices;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities.Events;

/// <summary>Events of plugins for the runs of the organization.</summary>
/// <param name="options">Limits.</param>
/// <param name="publisher">Who brings them there; null where no runs wait.</param>
internal sealed class EventPublications(CapabilityOptions options, IEventPublisher? publisher) : Capability
{
    public override string Name => CapabilityNames.Events;

    public override async ValueTask<Result<CapabilityAnswer>> RequestAsync(CapabilityCall call, CancellationToken ct)
    {
        if (call.Request.Operation != "publish")
        {
            return CapabilityFailures.UnknownOperation(Name, call.Request.Operation);
        }

        if (Arguments(call, CapabilityJson.Wire.EventArguments) is not { } arguments)
        {
            return BadArguments(call);
        }

        if (!EventTarget.IsName(arguments.Name))
        {
            return CapabilityFailures.EventNameInvalid();
        }

        call.Target = arguments.Name;
        if (call.Permissions.Demand(Name, arguments.Name) is { } refused)
        {
            return refused;
        }

        if (StepId.Refuse(arguments.Id) is { } badId)
        {
            return badId;
        }

        if (!Storable.Fits(arguments.CorrelationId) || (arguments.Payload is { } given && !Storable.Fits(given)))
        {
            return CapabilityFailures.RequestInvalid("payload", new($"含有 U+0000 或半个字符，或嵌套超过 {Storable.MaxDepth} 层", $"it holds U+0000 or half a character, or nests more than {Storable.MaxDepth} levels"));
        }

        if (arguments.Payload is { } payload && JsonMarshal.GetRawUtf8Value(payload).Length > options.MaxEventBytes)
        {
            return CapabilityFailures.TooLarge(arguments.Name, options.MaxEventBytes);
        }

        if (publisher is null)
        {
            return CapabilityFailures.NoRuns(arguments.Name);
        }

        var published = new PluginEvent(call.Context.IdOf(arguments.Id), arguments.Name, arguments.CorrelationId, arguments.Payload);
        return (await publisher.PublishAsync(call.Organization, published, ct).ConfigureAwait(false)).TryGet(out var isNew, out var failure)
            ? Answer(new EventReceipt(published.Id, isNew), CapabilityJson.Wire.EventReceipt)
            : failure;
    }
}
