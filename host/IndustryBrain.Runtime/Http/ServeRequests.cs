using IndustryBrain.Identity.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Http;

/// <summary><c>/workflows/{organization}/{path}</c>: the endpoints of published scenarios. Which of them are open to everybody each says itself.</summary>
internal static class ServeRequests
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.Map("/workflows/{**path}", HandleAsync)
        .RequireRateLimiting(RateLimits.Starts)
        .AllowAnonymous()
        .DisableAntiforgery()
        .ExcludeFromDescription();

    private static Task<IResult> HandleAsync(string? path, HttpContext http, RequestServer server, CancellationToken ct) => server.ServeAsync(http, path ?? "", ct);
}
