using IndustryBrain.Identity.Roles;
using IndustryBrain.Sdk;

namespace IndustryBrain.Identity.Organizations;

/// <summary>Who may have which roles beside which, and who may give them.</summary>
internal static class MembershipRules
{
    /// <summary>The roles without doubles. Refused: none, or one that the organization has not (IB4075); one that may do more than whoever gives it (IB4079). The roles of the platform are given by whoever may administer roles.</summary>
    internal static Result<IReadOnlyList<string>> Read(IReadOnlyList<string>? roles, IReadOnlyCollection<string> own, string organization)
    {
        if (!Read(roles, organization).TryGet(out var read, out var failure))
        {
            return failure;
        }

        return read.FirstOrDefault(role => !MayGive(role, own)) is { } beyond ? OrganizationFailures.BeyondOwn(beyond) : new Result<IReadOnlyList<string>>(read);
    }

    internal static Result<IReadOnlyList<string>> Read(IReadOnlyList<string>? roles, string organization)
    {
        var known = organization == PlatformOrganization.Id ? Role.OfPlatform : Role.OfOrganizations;
        if (roles is not { Count: > 0 } || roles.FirstOrDefault(r => !known.Contains(r)) is not null)
        {
            return OrganizationFailures.RolesInvalid(roles?.FirstOrDefault(r => !known.Contains(r)) ?? "");
        }

        return new Result<IReadOnlyList<string>>([.. known.Where(roles.Contains)]);
    }

    internal static bool MayGive(string role, IReadOnlyCollection<string> own) =>
        Role.OfPlatform.Contains(role) ? own.Contains(Permission.AdministerRoles) : RolePermissions.Of([role]).All(own.Contains);

    /// <summary>IB4078 when a person who has the memberships cannot have the roles in the organization beside them.</summary>
    internal static Failure? Judge(string person, IEnumerable<Membership> memberships, string organization, IReadOnlyList<string> roles)
    {
        var all = memberships.Where(m => m.Organization != organization).SelectMany(m => m.Roles).Concat(roles).ToList();
        return all.Any(Role.OfPlatform.Contains) && all.Count > 1 ? OrganizationFailures.Excluded(person) : null;
    }

    /// <summary>IB4077 when a role that must not be without a holder would lose its last one: an organization's owner, each of the administrators.</summary>
    internal static Failure? Holders(IReadOnlyCollection<Membership> before, IReadOnlyCollection<Membership> after)
    {
        string[] kept = [Role.Owner, .. Role.OfPlatform];
        return kept.FirstOrDefault(role => Has(before, role) && !Has(after, role)) is { } lost ? OrganizationFailures.LastHolder(lost) : null;

        static bool Has(IEnumerable<Membership> members, string role) => members.Any(m => m.SuspendedAt is null && m.Roles.Contains(role));
    }
}
