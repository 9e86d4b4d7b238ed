using System.Diagnostics;
using System.Net;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Approvals;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Storage.Tests;

/// <summary>What becomes of accounts: passwords that are reset or too old, factors that are lost, accounts that nobody uses, people who join.</summary>
public sealed partial class SignInTests
{
    private const string NewPassword = "Reiher-fliegt-8";

    private async Task<Account> NewAccountAsync(params (string Organization, string Role)[] memberships)
    {
        await SetUpIsOverAsync();
        return await site.AddAsync(site.NewName(), Ct, memberships);
    }

    private static Caller CallerOf(string organization, string person) => new(organization, new Actor(ActorKind.Person, person, person), "127.0.0.1");

    private async Task<IReadOnlyList<string?>> TrailAsync(string organization) =>
        [.. (await site.Node.Get<AuditTrail>().ReadAsync(organization, 1000, Ct)).Select(r => $"{r.GetProperty("action").GetString()} {r.GetProperty("object").GetProperty("id").GetString()}")];

    [Fact]
    public async Task PasswordLink_OfAnOwner_SetsThePasswordOnceForAMemberOfThatOrganizationAlone()
    {
        var person = await NewAccountAsync(("demo", "builder"));
        var elsewhere = await NewAccountAsync(("demo", "builder"), ("works", "viewer"));
        var desk = site.Node.Get<AccountDesk>();
        var own = RolePermissions.Of([Role.Owner]);
        using var browser = site.NewBrowser();
        await browser.SignInAsync(person.UserName, PeopleSite.Password, Ct);

        var link = (await desk.MakePasswordLinkAsync(CallerOf("demo", "owner"), own, person.Id, Ct)).TryGet(out var made, out _) ? made : throw new InvalidOperationException();
        var refusals = new[]
        {
            (await desk.MakePasswordLinkAsync(CallerOf("demo", "owner"), own, elsewhere.Id, Ct)).Failure?.Code,
            (await desk.MakePasswordLinkAsync(CallerOf("works", "owner"), own, person.Id, Ct)).Failure?.Code,
            (await desk.MakePasswordLinkAsync(CallerOf("demo", "developer"), RolePermissions.Of([Role.Developer]), person.Id, Ct)).Failure?.Code,
        };
        var weak = await browser.SendAsync(link.Path, "reset", Ct, ("Password", "short"), ("Again", "short"));
        var old = await browser.SendAsync(link.Path, "reset", Ct, ("Password", PeopleSite.Password), ("Again", PeopleSite.Password));
        var set = await browser.SendAsync(link.Path, "reset", Ct, ("Password", NewPassword), ("Again", NewPassword));
        var again = await browser.GetAsync(link.Path, Ct);

        Assert.Equal(["IB4120", "IB4076", "IB4079"], refusals);
        Assert.Equal(["IB4030", "IB4035", null, "IB4121"], new[] { weak, old, set, again }.Select(a => PersonBrowser.CodeIn(a.Text)));
        Assert.Equal(302, (await browser.GetAsync("/runs", Ct)).Status);
        Assert.Equal("IB4020", PersonBrowser.CodeIn((await browser.SignInAsync(person.UserName, PeopleSite.Password, Ct)).Text));
        Assert.Equal(302, (await browser.SignInAsync(person.UserName, NewPassword, Ct)).Status);
        Assert.Contains($"account.reset-password {person.Id}", await TrailAsync("demo"));
    }

    [Fact]
    public async Task Account_CaredForByTheSecurityAdministrator_NeedsASecondPersonForWhatLetsIn()
    {
        var person = await NewAccountAsync(("demo", "owner"));
        var (security, system) = (await site.AddAsync(site.NewName(), Ct, ("platform", Role.SecurityAdministrator)), await site.AddAsync(site.NewName(), Ct, ("platform", Role.SystemAdministrator)));
        var (asSecurity, asSystem) = (CallerOf("platform", security.Id), CallerOf("platform", system.Id));
        var (desk, approvals, mine) = (site.Node.Get<AccountDesk>(), site.Node.Get<ApprovalDesk>(), RolePermissions.Of([Role.SystemAdministrator]));
        var factors = site.Node.Get<SecondFactors>();
        using var browser = site.NewBrowser();
        await browser.SignInAsync(person.UserName, PeopleSite.Password, Ct);
        var page = (await browser.GetAsync("/account/second-factor", Ct)).Text;
        await browser.SendAsync(page, "/account/second-factor", "confirm", Ct, ("Code", TimeCodes.Code(FromText(Secret().Match(page).Groups[1].Value), TimeCodes.StepOf(TimeProvider.System.GetUtcNow()))));
        Assert.True(await factors.HasAsync(person.Id, Ct));

        var none = await desk.ResetFactorAsync(asSecurity, system.UserName, Ct);
        var proposed = (await desk.ResetFactorAsync(asSecurity, person.UserName, Ct)).Failure!;
        var alone = await approvals.ApproveAsync(asSecurity, Permission.All, proposed.Where!, Ct);
        Assert.True(await factors.HasAsync(person.Id, Ct));
        var approved = await approvals.ApproveAsync(asSystem, mine, proposed.Where!, Ct);
        Assert.Equal(("IB4123", "IB4090", "IB4092", null), (none.Failure?.Code, proposed.Code, alone.Failure?.Code, approved.Failure?.Code));
        Assert.False(await factors.HasAsync(person.Id, Ct));
        await browser.SignInAsync(person.UserName, PeopleSite.Password, Ct);
        Assert.Equal("/account/second-factor", (await browser.GetAsync("/runs", Ct)).To);

        var link = (await desk.MakePasswordLinkAsync(asSecurity, person.UserName, Ct)).TryGet(out var made, out _) ? made : throw new InvalidOperationException();
        Assert.Equal("IB4121", PersonBrowser.CodeIn((await browser.GetAsync(link.Path, Ct)).Text));
        await approvals.ApproveAsync(asSystem, mine, link.Approval!, Ct);
        Assert.Null(PersonBrowser.CodeIn((await browser.SendAsync(link.Path, "reset", Ct, ("Password", NewPassword), ("Again", NewPassword))).Text));

        Assert.True((await desk.MakePasswordLinkAsync(asSecurity, RolePermissions.Of([Role.SecurityAdministrator]), system.Id, Ct)).TryGet(out var ofAdministrator, out _) && ofAdministrator.Approval is not null);

        await browser.SignInAsync(person.UserName, NewPassword, Ct);
        Assert.Null((await desk.DisableAsync(asSecurity, person.UserName, Ct)).Failure);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while ((await browser.GetAsync("/runs", patience.Token)).To != "/sign-in?returnUrl=%2Fruns") await tick.WaitForNextTickAsync(patience.Token);
        Assert.Equal("IB4020", PersonBrowser.CodeIn((await browser.SignInAsync(person.UserName, NewPassword, Ct)).Text));
        var enabling = (await desk.EnableAsync(asSecurity, person.UserName, Ct)).Failure!;
        await approvals.ApproveAsync(asSystem, mine, enabling.Where!, Ct);
        Assert.Equal(302, (await browser.SignInAsync(person.UserName, NewPassword, Ct)).Status);
        foreach (var action in new[] { "reset-factor", "reset-password", "disable", "enable" }) Assert.Contains($"account.{action} {person.Id}", await TrailAsync("platform"));
    }

    [Theory]
    [InlineData("demo", "builder", 181, "/account#password")]
    [InlineData("demo", "builder", 179, null)]
    public async Task Password_ThatIsTooOld_OpensNothingUntilItIsChanged(string organization, string role, int days, string? to)
    {
        var person = await NewAccountAsync((organization, role));
        await site.ExecuteAsync($"update mt_doc_account set data = jsonb_set(data, '{{passwordSetAt}}', to_jsonb(now() - interval '{days} days')) where id = '{person.Id}'", Ct);
        using var browser = site.NewBrowser();
        await browser.SignInAsync(person.UserName, PeopleSite.Password, Ct);

        Assert.Equal(to, (await browser.GetAsync("/runs", Ct)).To);
        await browser.SendAsync("/account", "password", Ct, ("Present", PeopleSite.Password), ("Password", NewPassword), ("Again", NewPassword));
        Assert.Equal(200, (await browser.GetAsync("/runs", Ct)).Status);
    }

    [Fact]
    public async Task Account_ThatNobodyUsed_IsDisabledUnlessItsKeyIsUsedOrItIsTheLastOfItsKind()
    {
        var people = new List<Account>();
        for (var i = 0; i < 3; i++) people.Add(await NewAccountAsync(("demo", "builder")));
        var audit = (await site.Node.Get<MembershipStore>().ListAsync(CallerOf("platform", "x"), Ct)).Where(m => m.Roles.Contains(Role.AuditAdministrator)).Select(m => m.Person).ToList();
        var unused = site.Node.Get<UnusedAccounts>();
        await unused.PassAsync(Ct);
        var long91 = string.Join(", ", audit.Append(people[0].Id).Append(people[2].Id).Select(p => $"'{p}'"));
        await site.ExecuteAsync($"update account_use set at = now() - interval '91 days' where person in ({long91}); update account_use set at = now() - interval '89 days' where person = '{people[1].Id}'", Ct);
        var key = await site.Node.Get<Identity.Keys.ApiKeyStore>().CreateAsync(CallerOf("demo", people[2].Id), RolePermissions.Of([Role.Builder]), new("of a program", [Permission.ReadRuns]), Ct);
        Assert.Null(key.Failure);
        await site.ExecuteAsync($"insert into mt_doc_apikeyuse (id, data, mt_version, mt_dotnet_type) select id, jsonb_build_object('id', id, 'at', now()::text), gen_random_uuid(), 'x' from mt_doc_apikey where data ->> 'person' = '{people[2].Id}'", Ct);

        await unused.PassAsync(Ct);

        var disabled = await Task.WhenAll(people.Select(IsDisabledAsync));
        Assert.Equal([true, false, false], disabled);
        Assert.Equal(1, await CountAsync($"mt_doc_account where data ->> 'disabledAt' is null and id in ({string.Join(", ", audit.Select(p => $"'{p}'"))})"));
        Assert.Contains($"account.disable-unused {people[0].Id}", await TrailAsync("platform"));
        await site.ExecuteAsync($"update mt_doc_account set data = data - 'disabledAt' where id in ({long91})", Ct);

        async Task<bool> IsDisabledAsync(Account account) => await CountAsync($"mt_doc_account where id = '{account.Id}' and data ->> 'disabledAt' is not null") == 1;
    }

    [Fact]
    public async Task Invitation_OfSomebodyWithoutAccount_MakesOneAndSaysWhatBecameOfItsCode()
    {
        await SetUpIsOverAsync();
        var store = site.Node.Get<InvitationStore>();
        async Task<string> InviteAsync(string? userName) =>
            (await store.CreateAsync(CallerOf("demo", "owner"), RolePermissions.Of([Role.Owner]), [Role.Runner], userName, null, Ct)).TryGet(out var made, out _) ? "/join/" + made.Code : throw new InvalidOperationException();
        var name = site.NewName();
        var (bound, open, late) = (await InviteAsync(name), await InviteAsync(null), await InviteAsync(null));
        await site.ExecuteAsync("update mt_doc_invitation set data = jsonb_set(data, '{expiresAt}', '\"2026-01-01T00:00:00Z\"') where data ->> 'id' = '" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(late["/join/".Length..]))) + "'", Ct);
        using var browser = site.NewBrowser();
        (string, string)[] Form(string userName, string password) => [("Name", "新人"), ("UserName", userName), ("Password", password), ("Again", password)];

        var other = await browser.SendAsync(bound, "register", Ct, Form(site.NewName(), PeopleSite.Password));
        var weak = await browser.SendAsync(bound, "register", Ct, Form(name, "short"));
        var joined = await browser.SendAsync(bound, "register", Ct, Form(name, PeopleSite.Password));
        var used = await browser.GetAsync(bound, Ct);
        var over = await browser.GetAsync(late, Ct);
        var unknown = await browser.GetAsync("/join/nothing", Ct);
        var typed = await browser.SendAsync("/join", "open", Ct, ("Given", " " + open["/join/".Length..] + " "));

        Assert.Equal(["IB4082", "IB4030", null, "IB4127", "IB4128", "IB4081"], new[] { other, weak, joined, used, over, unknown }.Select(a => PersonBrowser.CodeIn(a.Text)));
        Assert.Equal((302, "/", 200, open), (joined.Status, joined.To, (await browser.GetAsync("/runs", Ct)).Status, typed.To));
        // Whoever has an account, and signed in, joins with it; this one is a member already.
        Assert.Equal("IB4080", PersonBrowser.CodeIn((await browser.SendAsync(open, "accept", Ct)).Text));
        using var visitor = site.NewBrowser();
        await visitor.SignInAsync(await NewPersonAsync(("works", "viewer")), PeopleSite.Password, Ct, "/sign-in?returnUrl=" + Uri.EscapeDataString(open));
        Assert.Equal((302, "/account"), await visitor.SendAsync(open, "accept", Ct) is var accepted ? (accepted.Status, accepted.To) : default);
    }

    [Fact]
    public async Task SignIn_NameThatNobodyHas_TakesAsLongAsOneThatSomebodyHas()
    {
        const int Rounds = 9;
        var known = await NewPersonAsync();
        var times = new Dictionary<string, List<double>> { [known] = [], [site.NewName()] = [] };

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, taken) in times)
            {
                await site.Node.Get<AttemptCounter>().ForgetAsync(UserNames.Fold(name), Ct);
                var clock = Stopwatch.GetTimestamp();
                Assert.Equal("IB4020", await SignInAtNodeAsync(name, "wrong", $"203.0.113.{100 + round * 2 + (name == known ? 1 : 0)}"));
                taken.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            }
        }

        var medians = times.Values.Select(t => t.Order().ElementAt(Rounds / 2)).ToList();
        // Hashing takes a hundred times as long as all else: without it for one of the two they would be far apart.
        Assert.True(medians.Max() < medians.Min() * 2, $"Medians of {medians[0]:F1} and {medians[1]:F1} ms.");
    }
}
