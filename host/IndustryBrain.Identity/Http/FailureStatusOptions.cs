namespace IndustryBrain.Identity.Http;

/// <summary>The HTTP status of each failure code; each room adds its own, anything else is 422.</summary>
public sealed class FailureStatusOptions
{
    private readonly Dictionary<string, int> _statuses = new(StringComparer.Ordinal);

    /// <summary>The codes of Storage, Identity and the host.</summary>
    public FailureStatusOptions()
    {
        Map(400, "IB0921");
        Map(401, "IB4001", "IB4002");
        Map(403, "IB4003", "IB4004", "IB4005", "IB4007", "IB4008");
        Map(404, "IB0020", "IB0923", "IB4009");
        Map(401, "IB4060");
        Map(403, "IB4061", "IB4068", "IB4079", "IB4082", "IB4083", "IB4088", "IB4092");
        Map(404, "IB4067", "IB4073", "IB4076", "IB4085", "IB4087", "IB4091");
        Map(409, "IB4065", "IB4066", "IB4069", "IB4072", "IB4074", "IB4077", "IB4078", "IB4080", "IB4086", "IB4090", "IB4093", "IB4094", "IB4095");
        Map(413, "IB0021", "IB0922");
        Map(429, "IB0924");
        Map(500, "IB0900");
        Map(503, "IB0019");
        Map(507, "IB0004", "IB0023");
    }

    /// <summary>Sets the status of codes.</summary>
    public FailureStatusOptions Map(int status, params IEnumerable<string> codes)
    {
        foreach (var code in codes)
        {
            _statuses[code] = status;
        }

        return this;
    }

    /// <summary>The status of a code.</summary>
    public int StatusOf(string code) => _statuses.GetValueOrDefault(code, 422);
}
