using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Storage;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.Access;

/// <summary>What takes two people, over the API.</summary>
public sealed class ApprovalTests(AccessHost access) : IClassFixture<AccessHost>
{
    private static int _last;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Grant_OfAPrivateHost_WaitsForASecondPerson()
    {
        var (organization, first, second) = await OwnersAsync();
        var version = await InstallAsync(first.Key);
        var path = PathOf(version);

        var proposed = await access.AskAsync(first.Key, "POST", path, new { }, Ct);
        var twice = await access.AskAsync(first.Key, "POST", path, new { }, Ct);
        var state = (await access.AskAsync(first.Key, "GET", $"plugins/{VersionedPackage.Id}", null, Ct))["versions"].EnumerateArray().First(v => v.GetProperty("version").GetString() == version).GetProperty("state").GetString();
        var approval = proposed["where"].GetString();
        var alone = await access.AskAsync(first.Key, "POST", $"approvals/{approval}/approve", null, Ct);
        var otherKey = await access.KeyAsync(organization, first.Id, RolePermissions.Of([Role.Owner]), Ct);
        var withAnotherKey = await access.AskAsync(otherKey, "POST", $"approvals/{approval}/approve", null, Ct);
        var viewer = await access.MemberAsync(organization, Ct, Role.Viewer);
        var asViewer = await access.AskAsync(viewer.Key, "POST", $"approvals/{approval}/approve", null, Ct);
        var approved = await access.AskAsync(second.Key, "POST", $"approvals/{approval}/approve", null, Ct);
        var again = await access.AskAsync(second.Key, "POST", $"approvals/{approval}/approve", null, Ct);
        var plugin = await access.AskAsync(first.Key, "GET", $"plugins/{VersionedPackage.Id}", null, Ct);
        var listed = await access.AskAsync(first.Key, "GET", "approvals", null, Ct);
        var actions = (await access.Host.Services.GetRequiredService<AuditTrail>().ReadAsync(organization, 100, Ct)).Select(r => r.GetProperty("action").GetString()).ToList();

        Assert.Equal((409, "IB4090", "IB4095", "awaitingConsent"), (proposed.Status, proposed.Code, twice.Code, state));
        Assert.Equal(("IB4092", "IB4092", "IB4007"), (alone.Code, withAnotherKey.Code, asViewer.Code));
        Assert.Equal((200, "done", "IB4093"), (approved.Status, approved["state"].GetString(), again.Code));
        Assert.Equal(version, plugin["activeVersion"].GetString());
        Assert.Equal((first.Id, "plugin.grant"), (listed.Body[0].GetProperty("proposer").GetString(), listed.Body[0].GetProperty("action").GetString()));
        Assert.Empty(new[] { "approval.propose", "approval.approve", "plugin.grant" }.Except(actions));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Install_WithConsent_OfAnotherVendorOrAfterRemoval_HasNothingFromBefore(bool isRemoved)
    {
        var (_, first, second) = await OwnersAsync();
        var version = await InstallAsync(first.Key);
        var proposed = await access.AskAsync(first.Key, "POST", PathOf(version), new { }, Ct);
        Assert.Equal(200, (await access.AskAsync(second.Key, "POST", $"approvals/{proposed["where"].GetString()}/approve", null, Ct)).Status);
        var (next, host) = ($"{Interlocked.Increment(ref _last)}.0.0", $"GET http://mes-{version}.example");
        if (isRemoved) Assert.Equal(200, (await access.AskAsync(first.Key, "DELETE", $"plugins/{VersionedPackage.Id}", null, Ct)).Status);

        var package = isRemoved ? await VersionedPackage.WithPrivateHostsAsync(next, host) : await VersionedPackage.WithPrivateHostsOfVendorAsync(next, "Somebody Else", host);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/plugins?consent=declared", UriKind.Relative)) { Content = new ByteArrayContent(package), Headers = { { "X-Api-Key", first.Key } } };
        using var answer = await access.Host.Client.SendAsync(request, Ct);
        var state = (await access.AskAsync(first.Key, "GET", $"plugins/{VersionedPackage.Id}", null, Ct))["versions"].EnumerateArray().First(v => v.GetProperty("version").GetString() == next).GetProperty("state").GetString();

        Assert.Contains("IB4090", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal("awaitingConsent", state);
    }

    [Fact]
    public async Task Proposal_ThatIsRejectedOldOrAboutSomethingElseNow_DoesNothing()
    {
        var (_, first, second) = await OwnersAsync();
        var version = await InstallAsync(first.Key);
        var path = PathOf(version);
        async Task<string> ProposeAsync() => (await access.AskAsync(first.Key, "POST", path, new { }, Ct))["where"].GetString()!;

        var rejected = await ProposeAsync();
        var rejection = await access.AskAsync(second.Key, "POST", $"approvals/{rejected}/reject", null, Ct);
        var afterRejection = await access.AskAsync(second.Key, "POST", $"approvals/{rejected}/approve", null, Ct);
        var changed = await ProposeAsync();

        // A tightening acts at once by one, and makes what was proposed void.
        var nothing = await access.AskAsync(second.Key, "POST", path, new { grants = Array.Empty<object>() }, Ct);
        var afterChange = await access.AskAsync(second.Key, "POST", $"approvals/{changed}/approve", null, Ct);
        var old = await ProposeAsync();
        access.Clock.Advance(TimeSpan.FromHours(24));
        var afterItsTime = await access.AskAsync(second.Key, "POST", $"approvals/{old}/approve", null, Ct);
        var states = (await access.AskAsync(first.Key, "GET", "approvals", null, Ct)).Body.EnumerateArray().Select(a => a.GetProperty("state").GetString());

        Assert.Equal(("rejected", "IB4093", 200), (rejection["state"].GetString(), afterRejection.Code, nothing.Status));
        Assert.Equal(("IB4094", "IB4093"), (afterChange.Code, afterItsTime.Code));
        Assert.Equal(["void", "void", "rejected"], states);
    }

    [Fact]
    public async Task Approvers_AtOnce_ApproveOnce()
    {
        var organization = await StoredAsync();
        var owners = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => access.MemberAsync(organization, Ct, Role.Owner)));
        var approval = (await access.AskAsync(owners[0].Key, "DELETE", "organization", null, Ct))["where"].GetString();

        var answers = await Task.WhenAll(owners[1..].Select(o => access.AskAsync(o.Key, "POST", $"approvals/{approval}/approve", null, Ct)));

        Assert.Single(answers, a => a.Status == 200);
        Assert.Equal(3, answers.Count(a => a.Code == "IB4093"));
    }

    [Fact]
    public async Task Deletion_OfAnOrganization_TakesTwoOwnersAndIsTakenBackByOne()
    {
        var organization = await StoredAsync();
        var first = await access.MemberAsync(organization, Ct, Role.Owner);
        var second = await access.MemberAsync(organization, Ct, Role.Owner);

        var proposed = await access.AskAsync(first.Key, "DELETE", "organization", null, Ct);
        var before = (await access.AskAsync(first.Key, "GET", "organization", null, Ct))["state"].GetString();
        await access.AskAsync(second.Key, "POST", $"approvals/{proposed["where"].GetString()}/approve", null, Ct);
        var after = (await access.AskAsync(first.Key, "GET", "organization", null, Ct))["state"].GetString();
        var kept = await access.AskAsync(first.Key, "POST", "organization/keep", null, Ct);

        Assert.Equal(("IB4090", "active", "leaving", "active"), (proposed.Code, before, after, kept["state"].GetString()));
    }

    [Fact]
    public async Task Program_ThatNoPersonStandsBehind_NeitherProposesNorApproves()
    {
        var (organization, first, _) = await OwnersAsync();
        var account = await access.AskAsync(first.Key, "POST", "service-accounts", new { name = "robot", roles = new[] { Role.Owner } }, Ct);
        var robot = (await access.AskAsync(first.Key, "POST", "keys", new { name = "robot", serviceAccount = account["id"].GetString() }, Ct))["text"].GetString()!;
        var version = await InstallAsync(first.Key);
        var path = PathOf(version);

        var proposing = await access.AskAsync(robot, "POST", path, new { }, Ct);
        var proposed = await access.AskAsync(first.Key, "POST", path, new { }, Ct);
        var approving = await access.AskAsync(robot, "POST", $"approvals/{proposed["where"].GetString()}/approve", null, Ct);

        Assert.Equal(("IB4083", "IB4090", "IB4083"), (proposing.Code, proposed.Code, approving.Code));
        Assert.NotEqual(PlatformOrganization.Id, organization);
    }

    [Fact]
    public async Task Grant_WhereOnePersonAloneMayConsent_ActsAtOnce()
    {
        var organization = AccessHost.Fresh("small");
        var owner = await access.MemberAsync(organization, Ct, Role.Owner);
        var version = await InstallAsync(owner.Key);

        Assert.Equal(200, (await access.AskAsync(owner.Key, "POST", PathOf(version), new { }, Ct)).Status);
    }

    private async Task<(string Organization, AccessHost.Member First, AccessHost.Member Second)> OwnersAsync()
    {
        var organization = AccessHost.Fresh("eyes");
        return (organization, await access.MemberAsync(organization, Ct, Role.Owner), await access.MemberAsync(organization, Ct, Role.Owner));
    }

    private async Task<string> StoredAsync()
    {
        var organization = AccessHost.Fresh("made");
        Assert.Null((await access.Host.Services.GetRequiredService<OrganizationStore>().CreateAsync(Caller.ForSystem(PlatformOrganization.Id), organization, "Name of " + organization, OrganizationKind.Enterprise, null, Ct)).Failure);
        return organization;
    }

    private static string PathOf(string version) => $"plugins/{VersionedPackage.Id}/versions/{version}/consent";

    /// <summary>Installs a version that asks for a host inside the enterprise which no earlier one has.</summary>
    private async Task<string> InstallAsync(string key)
    {
        var version = $"{Interlocked.Increment(ref _last)}.0.0";
        var package = await VersionedPackage.WithPrivateHostsAsync(version, $"GET http://mes-{version}.example");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/plugins", UriKind.Relative)) { Content = new ByteArrayContent(package), Headers = { { "X-Api-Key", key } } };
        using var answer = await access.Host.Client.SendAsync(request, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return version;
    }
}
