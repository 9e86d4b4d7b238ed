using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Sdk.Capabilities;

/// <summary>What the platform takes for now.</summary>
/// <param name="Now">The time, with the offset that holds now in <paramref name="TimeZone"/>.</param>
/// <param name="TimeZone">The zone that the platform's people live in, by its IANA name, such as <c>Asia/Shanghai</c>.</param>
public sealed record ClockReading(DateTimeOffset Now, string TimeZone);

/// <summary>The host's clock and time zone (<c>clock</c>): the same for every component on every machine, and the one that a test of a run sets.</summary>
public sealed class ClockCapability
{
    private readonly ComponentContext _context;

    internal ClockCapability(ComponentContext context) => _context = context;

    /// <summary>Reads the clock.</summary>
    public async ValueTask<Result<ClockReading>> ReadAsync(CancellationToken cancellationToken) =>
        (await _context.RequestAsync(CapabilityNames.Clock, "read", new(), CapabilityJson.Wire.ClockArguments, CapabilityJson.Wire.ClockReading, default, cancellationToken).ConfigureAwait(false))
            .TryGet(out var answer, out var failure) ? answer.Value : failure;
}
