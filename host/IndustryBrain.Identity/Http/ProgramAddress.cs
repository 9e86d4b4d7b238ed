using Microsoft.AspNetCore.Http;

namespace IndustryBrain.Identity.Http;

/// <summary>The addresses that programs ask: the API, and what scenarios serve. Anything else is pages and what they are made of.</summary>
public static class ProgramAddress
{
    /// <summary>Where scenarios serve requests.</summary>
    public const string Workflows = "/workflows";

    /// <summary>True for an address of programs.</summary>
    public static bool Is(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments(Workflows, StringComparison.OrdinalIgnoreCase);
}
