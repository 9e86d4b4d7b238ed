using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace IndustryBrain.Identity.Http;

/// <summary>The number under which the log has a fault; the answer and the page of the same request name it.</summary>
public static class FailureNumber
{
    /// <summary>The number of this request.</summary>
    public static string Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
    }
}
