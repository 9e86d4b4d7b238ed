using CsCheck;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.People;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.Access;

/// <summary>Organizations and their people, over the API.</summary>
public sealed class OrganizationTests(AccessHost access) : IClassFixture<AccessHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Organization_IsMadeJoinedSuspendedAndResumed()
    {
        var administrator = await access.MemberAsync(PlatformOrganization.Id, Ct, Role.SystemAdministrator);
        var id = AccessHost.Fresh("plant");

        var made = await access.AskAsync(administrator.Key, "POST", "organizations", new { id, name = $"工厂 {id}", kind = "enterprise" }, Ct);
        var code = made["owner"].GetProperty("code").GetString()!;
        var person = await access.AccountAsync(Ct);
        var invitations = access.Host.Services.GetRequiredService<InvitationStore>();
        var joined = await invitations.AcceptAsync(Caller.ForSystem(id), person, code, Ct);
        var twice = await invitations.AcceptAsync(Caller.ForSystem(id), await access.AccountAsync(Ct), code, Ct);
        var key = await access.KeyAsync(id, person, RolePermissions.Of([Role.Owner]), Ct);
        var renamed = await access.AskAsync(key, "PUT", "organization/name", new { name = $"新名 {id}" }, Ct);
        await access.AskAsync(key, "POST", "scenarios/import", System.Text.Json.JsonElement.Parse(Definitions.Sequence("stopped", Definitions.Line("l", "x"))), Ct);
        await access.AskAsync(key, "POST", "scenarios/stopped/publish", null, Ct);
        var suspended = await access.AskAsync(administrator.Key, "POST", $"organizations/{id}/suspend", new { reason = "unpaid" }, Ct);
        var within = await access.AskAsync(key, "GET", "organization", null, Ct);
        var start = await access.Host.Runs.StartAsync(Caller.ForSystem(id), "stopped", System.Text.Json.JsonElement.Parse("{}"), Ct);
        var memberships = await access.Host.Services.GetRequiredService<MembershipStore>().OfPersonAsync(person, Ct);
        var resumed = await access.AskAsync(administrator.Key, "POST", $"organizations/{id}/resume", null, Ct);
        var again = await access.AskAsync(key, "GET", "organization", null, Ct);

        Assert.Equal(201, made.Status);
        Assert.Equal([Role.Owner], joined.TryGet(out var membership, out _) ? membership.Roles : []);
        Assert.Equal("IB4127", twice.Failure?.Code);
        Assert.Equal((200, 200, "IB4002", 200), (renamed.Status, suspended.Status, within.Code, resumed.Status));
        Assert.Empty(memberships);
        Assert.Equal("IB4088", start.Failure?.Code);
        Assert.Equal(("active", $"新名 {id}"), (again["state"].GetString(), again["name"].GetString()));
        var trail = await access.Host.Services.GetRequiredService<AuditTrail>().ReadAsync(id, 50, Ct);
        Assert.Contains(trail, r => r.GetProperty("action").GetString() == "organization.suspend" && r.GetProperty("actor").GetProperty("type").GetString() == "key");
    }

    [Fact]
    public async Task Organization_ThatMayNotBe_IsRefusedWithItsCode()
    {
        var administrator = await access.MemberAsync(PlatformOrganization.Id, Ct, Role.SystemAdministrator);
        var id = AccessHost.Fresh("only");
        Assert.Equal(201, (await access.AskAsync(administrator.Key, "POST", "organizations", new { id, name = "Acme Steel " + id }, Ct)).Status);
        (object Body, string Code)[] wrong =
        [
            (new { id = "Not An Id", name = "x" }, "IB4071"),
            (new { id, name = "another" }, "IB4072"),
            (new { id = "dem0", name = "another" }, "IB4072"),
            (new { id = AccessHost.Fresh("x"), name = "Ａcme-Ѕteel " + id }, "IB4072"),
            (new { id = AccessHost.Fresh("x"), name = "a\u202Eb" }, "IB4064"),
            (new { id = AccessHost.Fresh("x"), name = "x", kind = "platform" }, "IB4089"),
            (new { id = AccessHost.Fresh("x"), name = "x", kind = "club" }, "IB4089"),
        ];

        foreach (var (body, code) in wrong)
        {
            Assert.Equal(code, (await access.AskAsync(administrator.Key, "POST", "organizations", body, Ct)).Code);
        }

        Assert.Equal("IB4073", (await access.AskAsync(administrator.Key, "POST", "organizations/nowhere/suspend", new { }, Ct)).Code);
        Assert.Equal("IB4074", (await access.AskAsync(administrator.Key, "POST", "organizations/platform/suspend", new { }, Ct)).Code);
    }

    [Fact]
    public async Task Owner_WhoIsTheLast_CannotLeaveUntilItIsHandedOver()
    {
        var (organization, owner) = await OwnerAsync();
        var member = await access.MemberAsync(organization, Ct, Role.Viewer);

        var leaving = await access.AskAsync(owner.Key, "POST", "members/leave", null, Ct);
        var demoted = await access.AskAsync(owner.Key, "PUT", $"members/{owner.Id}/roles", new { roles = new[] { Role.Builder } }, Ct);
        var suspended = await access.AskAsync(owner.Key, "POST", $"members/{owner.Id}/suspend", null, Ct);
        var nobody = await access.AskAsync(owner.Key, "POST", "organization/transfer", new { to = "somebody" }, Ct);
        var handed = await access.AskAsync(owner.Key, "POST", "organization/transfer", new { to = member.Id }, Ct);
        var left = await access.AskAsync(owner.Key, "POST", "members/leave", null, Ct);
        var after = await access.AskAsync(owner.Key, "GET", "organization", null, Ct);
        var people = await access.AskAsync(member.Key, "GET", "members", null, Ct);

        Assert.Equal(("IB4077", "IB4077", "IB4077", "IB4076"), (leaving.Code, demoted.Code, suspended.Code, nobody.Code));
        Assert.Equal((200, 200, "IB4002"), (handed.Status, left.Status, after.Code));
        var only = Assert.Single(people.Body.EnumerateArray());
        Assert.Equal((member.Id, $"Name of {member.Id}"), (only.GetProperty("person").GetString(), only.GetProperty("name").GetString()));
        Assert.Equal([Role.Owner, Role.Viewer], only.GetProperty("roles").EnumerateArray().Select(r => r.GetString()));
    }

    [Fact]
    public async Task Owners_WhoLeaveAtOnce_LeaveOneBehind()
    {
        var organization = AccessHost.Fresh("race");
        var owners = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => access.MemberAsync(organization, Ct, Role.Owner)));

        var answers = await Task.WhenAll(owners.Select(o => access.AskAsync(o.Key, "POST", "members/leave", null, Ct)));

        Assert.Equal(5, answers.Count(a => a.Status == 200));
        Assert.Single(answers, a => a.Code == "IB4077");
    }

    [Fact]
    public async Task Developer_InvitesNobodyAboveThemselvesAndTouchesNoOwner()
    {
        var (organization, owner) = await OwnerAsync();
        var developer = await access.MemberAsync(organization, Ct, Role.Developer);

        var above = await access.AskAsync(developer.Key, "POST", "invitations", new { roles = new[] { Role.Owner } }, Ct);
        var equal = await access.AskAsync(developer.Key, "POST", "invitations", new { roles = new[] { Role.Developer } }, Ct);
        var promoted = await access.AskAsync(developer.Key, "PUT", $"members/{developer.Id}/roles", new { roles = new[] { Role.Owner } }, Ct);
        var removed = await access.AskAsync(developer.Key, "DELETE", $"members/{owner.Id}", null, Ct);
        var platform = await access.AskAsync(owner.Key, "POST", "invitations", new { roles = new[] { Role.AuditAdministrator } }, Ct);
        var viewer = await access.MemberAsync(organization, Ct, Role.Viewer);
        var asViewer = await access.AskAsync(viewer.Key, "POST", "invitations", new { roles = new[] { Role.Viewer } }, Ct);

        Assert.Equal(("IB4079", 201, "IB4079", "IB4079"), (above.Code, equal.Status, promoted.Code, removed.Code));
        Assert.Equal(("IB4075", "IB4007"), (platform.Code, asViewer.Code));
    }

    [Fact]
    public async Task Invitation_HoldsForItsPersonItsTimeAndUntilItIsWithdrawn()
    {
        var (organization, owner) = await OwnerAsync();
        var person = await access.AccountAsync(Ct);
        var store = access.Host.Services.GetRequiredService<InvitationStore>();
        async Task<string> InviteAsync(object body) => (await access.AskAsync(owner.Key, "POST", "invitations", body, Ct))["code"].GetString()!;
        async Task<string?> AcceptAsync(string who, string code) => (await store.AcceptAsync(Caller.ForSystem(organization), who, code, Ct)).Failure?.Code;

        var bound = await InviteAsync(new { roles = new[] { Role.Builder }, userName = $"Ｐ{person[1..].ToUpperInvariant()}@example.com" });
        var stranger = await AcceptAsync(await access.AccountAsync(Ct), bound);
        var accepted = await AcceptAsync(person, bound);
        var member = await AcceptAsync(person, await InviteAsync(new { roles = new[] { Role.Viewer } }));
        var withdrawn = await access.AskAsync(owner.Key, "POST", "invitations", new { roles = new[] { Role.Viewer } }, Ct);
        await access.AskAsync(owner.Key, "DELETE", $"invitations/{withdrawn["invitation"].GetProperty("id").GetString()}", null, Ct);
        var afterWithdrawal = await AcceptAsync(await access.AccountAsync(Ct), withdrawn["code"].GetString()!);
        var late = await InviteAsync(new { roles = new[] { Role.Viewer } });
        var hours = await access.AskAsync(owner.Key, "POST", "invitations", new { roles = new[] { Role.Viewer }, hours = 721 }, Ct);
        access.Clock.Advance(TimeSpan.FromHours(24));
        var afterItsTime = await AcceptAsync(await access.AccountAsync(Ct), late);
        var open = await access.AskAsync(owner.Key, "GET", "invitations", null, Ct);

        Assert.Equal(("IB4082", null, "IB4080", "IB4081", "IB4084", "IB4128"), (stranger, accepted, member, afterWithdrawal, hours.Code, afterItsTime));
        Assert.Empty(open.Body.EnumerateArray());
        Assert.Equal(0, await access.Host.CountAsync($"select count(*) from mt_doc_invitation where data::text like '%{late}%'", Ct));
    }

    [Fact]
    public async Task Invitation_OfAnotherOrganization_IsAcceptedByAMemberWithTheirKey()
    {
        var (_, owner) = await OwnerAsync();
        var (_, host) = await OwnerAsync();
        var code = (await access.AskAsync(host.Key, "POST", "invitations", new { roles = new[] { Role.Viewer } }, Ct))["code"].GetString();

        Assert.Equal(200, (await access.AskAsync(owner.Key, "POST", "invitations/accept", new { code }, Ct)).Status);
        Assert.Equal("IB4127", (await access.AskAsync(owner.Key, "POST", "invitations/accept", new { code }, Ct)).Code);
    }

    [Fact]
    public async Task Deletion_CoolsOffAndCanBeTakenBack()
    {
        var (_, owner) = await OwnerOfStoredAsync();

        var deleted = await access.AskAsync(owner.Key, "DELETE", "organization", null, Ct);
        var twice = await access.AskAsync(owner.Key, "DELETE", "organization", null, Ct);
        var kept = await access.AskAsync(owner.Key, "POST", "organization/keep", null, Ct);
        var again = await access.AskAsync(owner.Key, "POST", "organization/keep", null, Ct);

        Assert.Equal((200, "leaving"), (deleted.Status, deleted["state"].GetString()));
        Assert.Equal(30, (deleted["deletesAt"].GetDateTimeOffset() - access.Clock.GetUtcNow()).TotalDays, 1);
        Assert.Equal(("IB4074", 200, "active", "IB4074"), (twice.Code, kept.Status, kept["state"].GetString(), again.Code));
    }

    [Fact]
    public async Task Deletion_AfterItsCoolingOff_LeavesTheTrailAndTheId()
    {
        var (organization, owner) = await OwnerOfStoredAsync();
        var departures = access.Host.Services.GetRequiredService<OrganizationDepartures>();
        await access.AskAsync(owner.Key, "POST", "scenarios/import", System.Text.Json.JsonElement.Parse(Definitions.Sequence("gone", Definitions.Line("l", "x"))), Ct);
        var hold = await access.AskAsync(owner.Key, "POST", "holds", new { scope = "organization", reason = "case 7" }, Ct);
        await access.AskAsync(owner.Key, "DELETE", "organization", null, Ct);
        async Task<long> StoredAsync() => await access.Host.CountAsync($"select count(*) from mt_doc_scenariorecord where tenant_id = '{organization}'", Ct);
        async Task<int> LookAsync()
        {
            await departures.LookAsync(Ct);
            return (await access.AskAsync(owner.Key, "GET", "organization", null, Ct)).Status;
        }

        var early = await LookAsync();
        access.Clock.Advance(TimeSpan.FromDays(30));
        var held = await LookAsync();
        await access.AskAsync(owner.Key, "POST", $"holds/{hold["id"].GetString()}/lift", new { reason = "closed" }, Ct);
        var closed = await LookAsync();
        var kept = await StoredAsync();
        await LookAsync();
        var erased = await StoredAsync();
        var organizations = access.Host.Services.GetRequiredService<OrganizationStore>();
        var again = await organizations.CreateAsync(Caller.ForSystem(PlatformOrganization.Id), organization, "Another " + organization, OrganizationKind.Enterprise, null, Ct);
        var trail = await access.Host.Services.GetRequiredService<AuditTrail>().ReadAsync(organization, 10, Ct);

        Assert.Equal((200, 200, 401, 1, 0, "IB4072"), (early, held, closed, kept, erased, again.Failure?.Code));
        Assert.Equal("organization.erase", trail[0].GetProperty("action").GetString());
        Assert.Equal(0, await access.Host.CountAsync($"select count(*) from mt_doc_membership where data ->> 'organization' = '{organization}'", Ct));
    }

    [Fact]
    public async Task Directory_OfAnOrganizationWithMembers_KnowsThemAndNobodyElse()
    {
        var (organization, owner) = await OwnerAsync();
        var directory = access.Host.Services.GetRequiredService<IPersonDirectory>();
        var key = "key-" + owner.Key.Split('_')[1];

        var person = await directory.FindAsync(organization, new Actor(ActorKind.Key, key, "k"), Ct);
        var stranger = await directory.FindAsync(organization, new Actor(ActorKind.Person, "stranger", "s"), Ct);
        var elsewhere = await directory.FindAsync(AccessHost.Fresh("empty"), new Actor(ActorKind.Person, "local", "l"), Ct);

        Assert.Equal((owner.Id, $"Name of {owner.Id}", true, false), (person!.Id, person.Name, person.IsIn(Role.Owner), person.StandsForAll));
        Assert.Null(stranger);
        Assert.True(elsewhere!.StandsForAll);
    }

    /// <summary>Whatever is tried in whatever order, nobody is administrator in two ways, nor administrator and something else.</summary>
    [Fact]
    public async Task Roles_OfAdministrators_ExcludeEachOtherAndThoseOfOrganizations()
    {
        var store = access.Host.Services.GetRequiredService<MembershipStore>();
        string[] organizations = [PlatformOrganization.Id, AccessHost.Fresh("one"), AccessHost.Fresh("two")];
        string[] every = [.. Role.OfOrganizations, .. Role.OfPlatform];
        var step = Gen.Select(Gen.OneOfConst(organizations), Gen.OneOfConst(every).Array[1, 3], Gen.Bool);

        await step.Array[1, 8].SampleAsync(
            async steps =>
            {
                var person = await access.AccountAsync(CancellationToken.None);
                foreach (var (organization, roles, changes) in steps)
                {
                    var caller = Caller.ForSystem(organization);
                    _ = changes
                        ? (await store.SetRolesAsync(caller, Permission.All, person, roles, CancellationToken.None)).Failure
                        : (await store.AddAsync(caller, person, organization, roles, CancellationToken.None)).Failure;
                    var held = (await store.OfPersonAsync(person, CancellationToken.None)).SelectMany(m => m.Roles).ToList();
                    Assert.True(!held.Any(Role.OfPlatform.Contains) || held.Count == 1, string.Join(", ", held));
                }
            },
            iter: 60,
            threads: 4);
    }

    private async Task<(string Organization, AccessHost.Member Owner)> OwnerAsync()
    {
        var organization = AccessHost.Fresh("org");
        return (organization, await access.MemberAsync(organization, Ct, Role.Owner));
    }

    /// <summary>An organization that an administrator made, with its owner.</summary>
    private async Task<(string Organization, AccessHost.Member Owner)> OwnerOfStoredAsync()
    {
        var organization = AccessHost.Fresh("made");
        var made = await access.Host.Services.GetRequiredService<OrganizationStore>().CreateAsync(Caller.ForSystem(PlatformOrganization.Id), organization, "Name of " + organization, OrganizationKind.Enterprise, null, Ct);
        Assert.Null(made.Failure);
        return (organization, await access.MemberAsync(organization, Ct, Role.Owner));
    }
}
