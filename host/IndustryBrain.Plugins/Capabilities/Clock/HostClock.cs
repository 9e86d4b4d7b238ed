using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities.Clock;

/// <summary>The host's clock, in the time zone that the platform is set to.</summary>
internal sealed class HostClock(CapabilityOptions options, TimeProvider time) : Capability
{
    private readonly TimeZoneInfo _zone = options.TimeZone.Length == 0 ? time.LocalTimeZone : TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);

    public override string Name => CapabilityNames.Clock;

    public override ValueTask<Result<CapabilityAnswer>> RequestAsync(CapabilityCall call, CancellationToken ct) => new(
        call.Request.Operation != "read" ? CapabilityFailures.UnknownOperation(Name, call.Request.Operation)
        : call.Permissions.Demand(Name) is { } refused ? refused
        : Answer(new ClockReading(TimeZoneInfo.ConvertTime(time.GetUtcNow(), _zone), NameOf(_zone)), CapabilityJson.Wire.ClockReading));

    private static string NameOf(TimeZoneInfo zone) => !zone.HasIanaId && TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var name) ? name : zone.Id;
}
