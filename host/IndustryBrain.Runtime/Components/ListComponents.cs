using IndustryBrain.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Components;

/// <summary><c>GET /components</c>.</summary>
internal static class ListComponents
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/components", Handle)
        .WithName("ListComponents")
        .WithTags("Components")
        .WithSummary("Lists the components that can be called, with their schemas and the plugins they came in.")
        .RequirePermission(Permission.ReadComponents);

    private static Ok<IReadOnlyList<InstalledComponent>> Handle(ComponentDirectory components) => TypedResults.Ok(components.List());
}
