using IndustryBrain.Identity.Http;
using Microsoft.AspNetCore.Routing.Template;

namespace IndustryBrain.Host.Startup;

/// <summary>What the API answers where no endpoint does: 405 with the methods that the address knows, else 404.</summary>
internal static class NoSuchEndpoint
{
    internal static FailureProblem Answer(HttpContext context, EndpointDataSource endpoints)
    {
        var path = context.Request.Path;
        var methods = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>() is not null && Matches(e, path))
            .SelectMany(e => e.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods)
            .Distinct().Order().ToList();
        if (methods.Count == 0)
        {
            return HostFailures.NotFound(path).ToProblem(StatusCodes.Status404NotFound);
        }

        context.Response.Headers.Allow = string.Join(", ", methods);
        return HostFailures.MethodNotAllowed(context.Request.Method, path, methods).ToProblem(StatusCodes.Status405MethodNotAllowed);
    }

    // Pages have a route for every address.
    private static bool Matches(RouteEndpoint endpoint, PathString path) =>
        endpoint.RoutePattern.RawText is { } pattern && pattern.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) && new TemplateMatcher(TemplateParser.Parse(pattern.TrimStart('/')), []).TryMatch(path, []);
}
