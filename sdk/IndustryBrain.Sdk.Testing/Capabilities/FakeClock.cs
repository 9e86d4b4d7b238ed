using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Sdk.Testing.Capabilities;

/// <summary>The host's clock in a test: the time of <see cref="FakeHost.Time"/>, once it is allowed.</summary>
public sealed class FakeClock : FakeCapability
{
    private TimeZoneInfo? _zone;

    internal FakeClock(FakeHost host)
        : base(host)
    {
    }

    /// <summary>Lets components read the clock.</summary>
    /// <param name="timeZone">IANA name of the time zone that they are told.</param>
    /// <exception cref="TimeZoneNotFoundException">There is no such time zone.</exception>
    public void Allow(string timeZone = "Asia/Shanghai") => _zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);

    internal override ValueTask<Result<CapabilityAnswer>> RequestAsync(FakeContext context, CapabilityRequest request, CancellationToken ct) => new(
        request.Operation != "read" ? Unknown(request)
        : Host.Undeclared(CapabilityNames.Clock) is { } undeclared ? undeclared
        : _zone is null ? Host.NotGranted(CapabilityNames.Clock)
        : Answer(new ClockReading(TimeZoneInfo.ConvertTime(Host.Time.GetUtcNow(), _zone), _zone.Id), CapabilityJson.Wire.ClockReading));
}
