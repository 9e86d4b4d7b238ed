namespace IndustryBrain.Identity.Http;

/// <summary>The HTTP status of each failure code; each room adds its own, anything else is 422.</summary>
public sealed class FailureStatusOptions
{
    private readonly Dictionary<string, int> _statuses = new(StringComparer.Ordinal)
    {
        ["IB0004"] = 507, ["IB0020"] = 404, ["IB0021"] = 413, ["IB0900"] = 500, ["IB0901"] = 400, ["IB0902"] = 413, ["IB0903"] = 404,
        ["IB4001"] = 401, ["IB4002"] = 401, ["IB4003"] = 403, ["IB4004"] = 403, ["IB4005"] = 403, ["IB4007"] = 403, ["IB4008"] = 403, ["IB4009"] = 404,
    };

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
