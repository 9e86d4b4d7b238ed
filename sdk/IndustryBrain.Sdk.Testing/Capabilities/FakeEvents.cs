using System.Collections.Immutable;
using System.Text.Json;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Events;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Sdk.Testing.Capabilities;

/// <summary>An event that a component has published.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Payload">What it carries; null for nothing.</param>
/// <param name="CorrelationId">The runs that are meant; null for all.</param>
/// <param name="Id">Its id.</param>
public sealed record PublishedEvent(string Name, JsonElement? Payload, string? CorrelationId, string Id);

/// <summary>Events for other runs in a test: what is published is kept, once for each step.</summary>
public sealed class FakeEvents : FakeCapability
{
    private readonly Lock _gate = new();
    private ImmutableList<PublishedEvent> _published = [];
    private ImmutableList<string> _allowed = [];

    internal FakeEvents(FakeHost host)
        : base(host)
    {
    }

    /// <summary>What was published, in order.</summary>
    public IReadOnlyList<PublishedEvent> Published => _published;

    /// <summary>Lets components publish an event.</summary>
    /// <param name="name">Its name; <c>*</c> at the end stands for any rest.</param>
    public void Allow(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ImmutableInterlocked.Update(ref _allowed, (held, added) => held.Add(added), name);
    }

    internal override ValueTask<Result<CapabilityAnswer>> RequestAsync(FakeContext context, CapabilityRequest request, CancellationToken ct)
    {
        if (request.Operation != "publish")
        {
            return new(Unknown(request));
        }

        if (Arguments(request, CapabilityJson.Wire.EventArguments) is not { } arguments)
        {
            return new(BadArguments(request));
        }

        if (!EventTarget.IsName(arguments.Name))
        {
            return new(CapabilityFailures.EventNameInvalid());
        }

        if (Host.Undeclared(CapabilityNames.Events, arguments.Name) is { } undeclared)
        {
            return new(undeclared);
        }

        if (!_allowed.Any(a => EventTarget.Covers(a, arguments.Name)))
        {
            return new(Host.NotGranted(CapabilityNames.Events, arguments.Name));
        }

        if (StepId.Refuse(arguments.Id) is { } badId)
        {
            return new(badId);
        }

        var id = context.IdOf(arguments.Id);
        lock (_gate)
        {
            var isNew = !_published.Exists(e => e.Id == id);
            if (isNew)
            {
                _published = _published.Add(new(arguments.Name, arguments.Payload, arguments.CorrelationId, id));
            }

            return new(Answer(new EventReceipt(id, isNew), CapabilityJson.Wire.EventReceipt));
        }
    }
}
