using System.Buffers.Text;
using System.Text;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.SignIn;

namespace IndustryBrain.Storage.Tests;

/// <summary>People sign in with the OpenID Connect server of their company.</summary>
public sealed partial class SignInTests
{
    private const string Company = "/sign-in/with/company";

    private CompanyPerson NewCompanyPerson(params string[] groups)
    {
        var name = site.NewName();
        return site.Company.Person = new("sub-" + name, name, groups, ["pwd"]);
    }

    private async Task<string> LinkedPersonAsync(CompanyPerson person, string provider, params (string Organization, string Role)[] memberships)
    {
        var name = await NewPersonAsync(memberships);
        using var browser = site.NewBrowser();
        await browser.SignInAsync(name, PeopleSite.Password, Ct);
        site.Company.Person = person;
        Assert.Equal((302, "/account/ways"), await LinkAsync(browser, provider));
        return name;
    }

    private static async Task<(int, string?)> LinkAsync(PersonBrowser browser, string provider)
    {
        var page = (await browser.GetAsync("/account/ways", Ct)).Text;
        var link = System.Text.RegularExpressions.Regex.Match(page, $"/account/link/{provider}\\?ticket=[^\"]+").Value;
        return await browser.GoThroughAsync(link, Ct) is var linked ? (linked.Status, linked.To) : default;
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = site.Node.Database.DataSource.CreateCommand("select count(*) from " + sql);
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    [Fact]
    public async Task Provider_PersonWithAGrant_ComesInWithItsRolesAsLongAsItIsGiven()
    {
        await SetUpIsOverAsync();
        var person = NewCompanyPerson("planners", "others");
        using var browser = site.NewBrowser();

        var page = await browser.GetAsync("/sign-in", Ct);
        var first = await browser.GoThroughAsync(Company + "?returnUrl=%2Fscenarios", Ct);

        Assert.Contains($"href=\"{Company}\"", page.Text, StringComparison.Ordinal);
        Assert.Equal((302, "/scenarios"), (first.Status, first.To));
        Assert.Equal((200, 403), ((await browser.GetAsync("/scenarios", Ct)).Status, (await browser.GetAsync("/keys", Ct)).Status));
        // The organization that a grant names and nobody made is passed over; a second sign-in makes no second account.
        Assert.Equal(302, (await browser.GoThroughAsync(Company, Ct)).Status);
        Assert.Equal(1, await CountAsync($"mt_doc_account where data ->> 'userName' = '{person.UserName}'"));
        Assert.Equal(1, await CountAsync($"mt_doc_membership m join external_login l on l.person = m.data ->> 'personId' where l.subject = '{person.Subject}'"));

        await site.ExecuteAsync($"update mt_doc_membership set data = jsonb_set(data, '{{suspendedAt}}', '\"2026-01-01T00:00:00Z\"') where data ->> 'personId' = (select person from external_login where subject = '{person.Subject}')", Ct);
        Assert.Equal("/sign-in?failure=IB4103", (await browser.GoThroughAsync(Company, Ct)).To);
        await site.ExecuteAsync($"update mt_doc_membership set data = data - 'suspendedAt' where data ->> 'personId' = (select person from external_login where subject = '{person.Subject}')", Ct);
        site.Company.Person = person with { Groups = [] };
        var lost = await browser.GoThroughAsync(Company, Ct);
        Assert.Equal("/sign-in?failure=IB4103", lost.To);
        Assert.Equal((403, "IB4103"), await browser.GetAsync(lost.To!, Ct) is var told ? (told.Status, PersonBrowser.CodeIn(told.Text)) : default);
        Assert.Equal(0, await CountAsync($"mt_doc_membership where data ->> 'personId' = (select person from external_login where subject = '{person.Subject}')"));
        var trail = await site.Node.Get<AuditTrail>().ReadAsync("demo", 1000, Ct);
        foreach (var action in new[] { "member.add", "member.remove" }) Assert.Contains(trail, r => r.GetProperty("action").GetString() == action && r.GetProperty("object").ToString().Contains("company", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Provider_PersonWithoutLinkOrGrant_GetsNobodysAccount()
    {
        var taken = await NewPersonAsync();
        using var browser = site.NewBrowser();

        site.Company.Person = new("sub-thief", taken, ["planners"], ["mfa"]);
        Assert.Equal("/sign-in?failure=IB4104", (await browser.GoThroughAsync(Company, Ct)).To);
        site.Company.Person = new("sub-nothing", site.NewName(), ["others"], []);
        Assert.Equal("/sign-in?failure=IB4103", (await browser.GoThroughAsync(Company, Ct)).To);
        Assert.Equal("/sign-in?failure=IB4102", (await browser.GoThroughAsync("/sign-in/with/trusted", Ct)).To);

        Assert.Null(browser.Session);
        Assert.Equal(0, await CountAsync("external_login where subject in ('sub-thief', 'sub-nothing')"));
        Assert.Equal(404, (await browser.GetAsync("/sign-in/with/nobody", Ct)).Status);
        Assert.DoesNotContain("ib-error-what", (await browser.GetAsync("/sign-in?failure=IB4999", Ct)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Provider_AnswerThatIsReplayedForeignOrTampered_LetsNobodyIn()
    {
        await SetUpIsOverAsync();
        NewCompanyPerson("planners");
        using var browser = site.NewBrowser();
        await browser.GoThroughAsync(Company, Ct);
        var answer = browser.Return!;
        await browser.SendAsync("/account", "/sign-out", Ct);
        using var other = site.NewBrowser();

        var replayed = await browser.ComeBackAsync(answer, Ct);
        var foreign = await other.ComeBackAsync(answer, Ct);
        var bare = await other.GetAsync("/sign-in/with/company/return?code=x&state=y", Ct);
        List<string?> tampered = [];
        foreach (var tamper in new Func<string, string>[] { AsSomebodyElse, Unsigned, token => token[..^6] + "AAAAAA" })
        {
            site.Company.Tamper = tamper;
            tampered.Add((await other.GoThroughAsync(Company, Ct)).To);
        }

        site.Company.Tamper = null;
        Assert.All([replayed.To, foreign.To, bare.To, .. tampered], to => Assert.Equal("/sign-in?failure=IB4101", to));
        Assert.Equal((null, null), (browser.Session, other.Session));

        static string AsSomebodyElse(string token) => token.Split('.') is [var head, var body, var signature]
            ? $"{head}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(body)).Replace("sub-", "sbu-", StringComparison.Ordinal)))}.{signature}"
            : "";
        static string Unsigned(string token) => $"{Base64Url.EncodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}"u8)}.{token.Split('.')[1]}.";
    }

    [Fact]
    public async Task Provider_ThatIsDown_IsSaidSoAndLeavesThePassword()
    {
        var name = await NewPersonAsync();
        NewCompanyPerson("planners");
        using var browser = site.NewBrowser();
        await browser.GoThroughAsync(Company, Ct);

        var never = await browser.GoThroughAsync("/sign-in/with/gone?returnUrl=%2Fruns", Ct);
        site.Company.IsDownForPrograms = true;
        var midway = await browser.GoThroughAsync(Company, Ct);
        site.Company.IsDownForPrograms = false;

        Assert.Equal("/sign-in?failure=IB4100&returnUrl=%2Fruns", never.To);
        Assert.Equal("/sign-in?failure=IB4100", midway.To);
        Assert.Equal(503, (await browser.GetAsync(never.To!, Ct)).Status);
        Assert.Equal(302, (await browser.SignInAsync(name, PeopleSite.Password, Ct)).Status);
    }

    [Fact]
    public async Task Provider_LinkedInTheAccount_LetsItsPersonInUntilItIsUnlinked()
    {
        var person = NewCompanyPerson();
        var name = await LinkedPersonAsync(person, "company", ("demo", "viewer"));
        using var browser = site.NewBrowser();

        Assert.Equal("/", (await browser.GoThroughAsync(Company, Ct)).To);
        Assert.Contains(name, (await browser.GetAsync("/account", Ct)).Text, StringComparison.Ordinal);
        Assert.Equal(302, (await browser.GetAsync("/account/link/trusted?ticket=x", Ct)).Status);
        using var other = site.NewBrowser();
        await other.SignInAsync(await NewPersonAsync(), PeopleSite.Password, Ct);
        Assert.Equal((302, "/account/ways?failure=IB4105"), await LinkAsync(other, "company"));

        await browser.SendAsync("/account/ways", "unlink-company", Ct);
        Assert.Equal("/sign-in?failure=IB4103", (await other.GoThroughAsync(Company, Ct)).To);
    }

    [Fact]
    public async Task Provider_PersonWhoNeedsASecondFactor_NeedsItHereUnlessTheProviderIsTrustedWithIt()
    {
        var person = NewCompanyPerson() with { Methods = ["pwd", "mfa"] };
        await LinkedPersonAsync(person, "company", ("demo", "owner"));
        using var browser = site.NewBrowser();
        await browser.GoThroughAsync(Company, Ct);
        Assert.Equal("/account/second-factor", (await browser.GetAsync("/runs", Ct)).To);
        var page = (await browser.GetAsync("/account/second-factor", Ct)).Text;
        var secret = FromText(Secret().Match(page).Groups[1].Value);
        var enrolled = await browser.SendAsync(page, "/account/second-factor", "confirm", Ct, ("Code", TimeCodes.Code(secret, TimeCodes.StepOf(TimeProvider.System.GetUtcNow()))));
        var code = RecoveryCode().Match(enrolled.Text).Value;

        using var next = site.NewBrowser();
        var asked = await next.GoThroughAsync(Company + "?returnUrl=%2Fruns", Ct);
        Assert.Equal(("/sign-in?returnUrl=%2Fruns", null), (asked.To, next.Session));
        var given = await next.SendAsync(asked.To!, "code", Ct, ("Code", code));
        Assert.Equal((302, "/runs"), (given.Status, given.To));
        Assert.Equal(200, (await next.GetAsync("/runs", Ct)).Status);

        var trusted = person with { Subject = person.Subject + "-2" };
        await LinkedPersonAsync(trusted, "trusted", ("demo", "owner"));
        using var last = site.NewBrowser();
        await last.GoThroughAsync("/sign-in/with/trusted", Ct);
        Assert.Equal(200, (await last.GetAsync("/runs", Ct)).Status);
        site.Company.Person = trusted with { Methods = ["pwd"] };
        await last.GoThroughAsync("/sign-in/with/trusted", Ct);
        Assert.Equal("/account/second-factor", (await last.GetAsync("/runs", Ct)).To);
    }

    [Fact]
    public async Task Provider_ConfirmsItsPersonWhoJustSignedInThereAgain()
    {
        var person = NewCompanyPerson();
        var name = await LinkedPersonAsync(person, "company", ("demo", "viewer"));
        using var browser = site.NewBrowser();
        await browser.GoThroughAsync(Company, Ct);
        await site.ExecuteAsync($"update sign_in_session set confirmed_at = now() - interval '6 minutes' where person = (select id from mt_doc_account where data ->> 'userName' = '{name}')", Ct);
        var asked = (await browser.GetAsync("/account/ways", Ct)).To!;
        var link = asked.Replace("/account/confirm?", "/account/confirm/company?", StringComparison.Ordinal);

        site.Company.Person = person with { SignedInAt = TimeProvider.System.GetUtcNow().AddMinutes(-7) };
        var old = await browser.GoThroughAsync(link, Ct);
        site.Company.Person = NewCompanyPerson();
        var somebody = await browser.GoThroughAsync(link, Ct);
        site.Company.Person = person with { SignedInAt = TimeProvider.System.GetUtcNow() };
        var again = await browser.GoThroughAsync(link, Ct);

        Assert.Equal("/account/confirm?returnUrl=%2Faccount%2Fways", asked);
        Assert.All([old.To, somebody.To], to => Assert.Equal("/account/confirm?failure=IB4109&returnUrl=%2Faccount%2Fways", to));
        Assert.Equal("/account/ways", again.To);
        Assert.Equal(200, (await browser.GetAsync("/account/ways", Ct)).Status);
    }
}
