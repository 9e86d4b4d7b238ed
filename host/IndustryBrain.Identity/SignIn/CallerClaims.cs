using System.Security.Claims;
using IndustryBrain.Storage;

namespace IndustryBrain.Identity.SignIn;

/// <summary>A caller as the claims of a principal, and back.</summary>
internal static class CallerClaims
{
    private const string Organization = "org";
    private const string Kind = "kind";
    private const string Id = "sub";
    private const string Name = "name";
    private const string Source = "source";
    private const string Permission = "permission";
    private const string Session = "session";

    internal static ClaimsPrincipal Write(Caller caller, IEnumerable<string> permissions, string scheme, string? session = null) => new(new ClaimsIdentity(
        [
            .. session is null ? Array.Empty<Claim>() : [new(Session, session)],
            new(Organization, caller.Organization), new(Kind, caller.Actor.Kind.ToString()), new(Id, caller.Actor.Id), new(Name, caller.Actor.DisplayName), new(Source, caller.Source),
            .. permissions.Select(p => new Claim(Permission, p)),
        ],
        scheme, Name, null));

    internal static Caller? Read(ClaimsPrincipal? user) => user?.Identity?.IsAuthenticated == true && user.FindFirstValue(Organization) is { } organization
        ? new Caller(organization, new Actor(Enum.Parse<ActorKind>(user.FindFirstValue(Kind)!), user.FindFirstValue(Id)!, user.FindFirstValue(Name)!), user.FindFirstValue(Source)!)
        : null;

    /// <summary>The session by which the caller is known; null for keys and the person at this machine.</summary>
    internal static string? SessionOf(ClaimsPrincipal user) => user.FindFirstValue(Session);

    internal static bool Has(ClaimsPrincipal user, string permission) => user.HasClaim(Permission, permission);
}
