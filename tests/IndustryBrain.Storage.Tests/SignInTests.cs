using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Storage.Tests;

/// <summary>People sign in with a browser, on a host as it stands in Production.</summary>
public sealed partial class SignInTests(PeopleSite site) : IClassFixture<PeopleSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // Three people who have the powers of administrators, so that the set-up of this host is over.
    private async Task<string> NewPersonAsync(params (string Organization, string Role)[] memberships)
    {
        await SetUpIsOverAsync();
        var name = site.NewName();
        await site.AddAsync(name, Ct, memberships is [] ? [("demo", "builder")] : memberships);
        return name;
    }

    private async Task SetUpIsOverAsync()
    {
        await using var command = site.Node.Database.DataSource.CreateCommand("select count(*) from mt_doc_membership where id like 'platform/%'");
        if ((long)(await command.ExecuteScalarAsync(Ct))! == 0)
        {
            foreach (var role in new[] { "system-administrator", "security-administrator", "audit-administrator" }) await site.AddAsync("first-" + role, Ct, ("platform", role));
        }

        // The host looks every few seconds.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        using var browser = site.NewBrowser();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while ((await browser.GetAsync("/sign-in", patience.Token)).Status != 200) await tick.WaitForNextTickAsync(patience.Token);
    }

    [Fact]
    public async Task Request_WithoutSession_LeadsPagesToSignInAndRefusesTheApi()
    {
        await SetUpIsOverAsync();
        using var browser = site.NewBrowser();

        var page = await browser.GetAsync("/runs?status=faulted", Ct);
        var first = await browser.GetAsync("/", Ct);
        var api = await browser.GetAsync("/api/v1/runs", Ct);
        var circuit = await browser.GetAsync("/_blazor", Ct);

        Assert.Equal((302, "/sign-in?returnUrl=%2Fruns%3Fstatus%3Dfaulted"), (page.Status, page.To));
        Assert.Equal((302, "/sign-in"), (first.Status, first.To));
        Assert.Equal((401, "IB4001"), (api.Status, PersonBrowser.CodeIn(api.Text)));
        Assert.Equal(401, circuit.Status);
    }

    [Fact]
    public async Task SignIn_WithThePassword_OpensPagesUntilSignOut()
    {
        var name = await NewPersonAsync();
        using var browser = site.NewBrowser();

        var signedIn = await browser.SignInAsync(name.ToUpperInvariant(), PeopleSite.Password, Ct, "/sign-in?returnUrl=%2Fscenarios%3Fa%3D1");
        var cookie = browser.Cookies.GetAllCookies()["ib-session"]!;
        var page = await browser.GetAsync("/scenarios", Ct);
        var api = await browser.GetAsync("/api/v1/scenarios", Ct);
        var stolen = cookie.Value;
        var signedOut = await browser.SendAsync("/account", "/sign-out", Ct);
        var after = await browser.GetAsync("/scenarios", Ct);
        using var thief = site.NewBrowser();
        thief.Cookies.Add(new Cookie("ib-session", stolen, "/", "127.0.0.1"));
        var theft = await thief.GetAsync("/scenarios", Ct);
        await using var stored = site.Node.Database.DataSource.CreateCommand("select count(*) from sign_in_session where position($1 in encode(id, 'escape')) > 0");
        stored.Parameters.Add(new() { Value = stolen });

        Assert.Equal((302, "/scenarios?a=1"), (signedIn.Status, signedIn.To));
        Assert.True(cookie.HttpOnly);
        Assert.Equal((200, 200), (page.Status, api.Status));
        Assert.Equal((302, "/sign-in"), (signedOut.Status, signedOut.To));
        Assert.Equal((302, 302), (after.Status, theft.Status));
        Assert.Equal(0L, await stored.ExecuteScalarAsync(Ct));
        var trail = await site.Node.Get<AuditTrail>().ReadAsync("demo", 1000, Ct);
        foreach (var action in new[] { "sign-in.accept", "session.end", "account.create" })
        {
            Assert.Contains(trail.Concat(await site.Node.Get<AuditTrail>().ReadAsync("platform", 1000, Ct)), r => r.GetProperty("action").GetString() == action);
        }
    }

    [Fact]
    public async Task SignIn_Again_TakesAnotherSessionAndEndsTheOneBefore()
    {
        var name = await NewPersonAsync();
        using var browser = site.NewBrowser();
        await browser.SignInAsync(name, PeopleSite.Password, Ct);
        var before = browser.Session!;
        await browser.SignInAsync(name, PeopleSite.Password, Ct);

        using var fixated = site.NewBrowser();
        fixated.Cookies.Add(new Cookie("ib-session", before, "/", "127.0.0.1"));

        Assert.NotEqual(before, browser.Session);
        Assert.Equal(302, (await fixated.GetAsync("/runs", Ct)).Status);
        Assert.Equal(200, (await browser.GetAsync("/runs", Ct)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SignIn_AHundredWrongPasswordsAtOnce_FiveAreJudgedAndTheNameIsLocked(bool exists)
    {
        var name = exists ? await NewPersonAsync() : site.NewName();
        await SetUpIsOverAsync();
        using var browser = site.NewBrowser();
        var page = (await browser.GetAsync("/sign-in", Ct)).Text;

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => browser.SendAsync(page, "/sign-in", "password", Ct, ("UserName", name), ("Password", "wrong" + i))));
        var right = await browser.SignInAsync(name, PeopleSite.Password, Ct);

        var codes = answers.CountBy(a => PersonBrowser.CodeIn(a.Text) ?? "").ToDictionary(c => c.Key, c => c.Value);
        Assert.Equal(new Dictionary<string, int> { ["IB4020"] = 5, ["IB4021"] = 95 }, codes);
        Assert.Equal((429, "IB4021"), (right.Status, PersonBrowser.CodeIn(right.Text)));
        if (!exists) return;

        await site.ExecuteAsync($"update sign_in_attempt set since = since - interval '30 minutes', locked_until = locked_until - interval '30 minutes 1 second' where key = '{AttemptCounter.KeyOf(UserNames.Fold(name))}'", Ct);
        Assert.Equal(302, (await browser.SignInAsync(name, PeopleSite.Password, Ct)).Status);
        var trail = await site.Node.Get<AuditTrail>().ReadAsync("demo", 1000, Ct);
        Assert.Contains(trail, r => r.GetProperty("action").GetString() == "sign-in.lock");
    }

    [Fact]
    public async Task SignIn_OnTwoNodes_CountsOnce()
    {
        var name = await NewPersonAsync();
        using var browser = site.NewBrowser();
        for (var i = 0; i < 3; i++) await browser.SignInAsync(name, "wrong", Ct);
        var other = new List<string?>();
        for (var i = 0; i < 3; i++) other.Add(await SignInAtNodeAsync(name, "wrong", $"203.0.113.{i}"));

        var here = await browser.SignInAsync(name, PeopleSite.Password, Ct);

        Assert.Equal(["IB4020", "IB4020", "IB4021"], other);
        Assert.Equal("IB4021", PersonBrowser.CodeIn(here.Text));
    }

    [Fact]
    public async Task SignIn_TooOftenFromOneAddress_IsRefusedWhateverTheName()
    {
        var codes = new List<string?>();
        for (var i = 0; i < 4; i++) codes.Add(await SignInAtNodeAsync(site.NewName(), "wrong", "198.51.100.7"));

        Assert.Equal(["IB4020", "IB4020", "IB4020", "IB4022"], codes);
    }

    private async Task<string?> SignInAtNodeAsync(string name, string password, string address)
    {
        await using var scope = site.Node.Get<IServiceScopeFactory>().CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
        return (await scope.ServiceProvider.GetRequiredService<PersonSignIn>().GivePasswordAsync(context, name, password, Ct)).Failure?.Code;
    }

    [Theory]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("runs", "/")]
    [InlineData("/runs?a=b", "/runs?a=b")]
    public async Task SignIn_ReturnAddress_IsOneOfThisHost(string asked, string to)
    {
        var name = await NewPersonAsync();
        using var browser = site.NewBrowser();

        var signedIn = await browser.SignInAsync(name, PeopleSite.Password, Ct, "/sign-in?returnUrl=" + Uri.EscapeDataString(asked));

        Assert.Equal((302, to), (signedIn.Status, signedIn.To));
    }

    [Fact]
    public async Task SignIn_AFourthTime_EndsTheFirst()
    {
        var name = await NewPersonAsync();
        var browsers = Enumerable.Range(0, 4).Select(_ => site.NewBrowser()).ToList();
        foreach (var browser in browsers) await browser.SignInAsync(name, PeopleSite.Password, Ct);

        var statuses = new List<int>();
        foreach (var browser in browsers) statuses.Add((await browser.GetAsync("/runs", Ct)).Status);

        Assert.Equal([302, 200, 200, 200], statuses);
        await browsers[3].SendAsync("/account", "/account/sessions/end-others", Ct);
        Assert.Equal((302, 302, 200), ((await browsers[1].GetAsync("/runs", Ct)).Status, (await browsers[2].GetAsync("/runs", Ct)).Status, (await browsers[3].GetAsync("/runs", Ct)).Status));
        browsers.ForEach(b => b.Dispose());
    }

    [Theory]
    [InlineData("seen_at = now() - interval '31 minutes'")]
    [InlineData("seen_at = now() - interval '1 minute', created_at = now() - interval '721 minutes'")]
    [InlineData("ended_at = now()")]
    public async Task Session_WhoseTimeIsOver_OpensNothing(string change)
    {
        var account = await NewPersonAsync();
        using var browser = site.NewBrowser();
        await browser.SignInAsync(account, PeopleSite.Password, Ct);

        await site.ExecuteAsync($"update sign_in_session set {change} where person = (select id from mt_doc_account where data ->> 'userName' = '{account}')", Ct);

        // Before the first request nobody has looked it up; what was looked up is looked up again within five seconds.
        Assert.Equal(302, (await browser.GetAsync("/runs", Ct)).Status);
    }

    [Fact]
    public async Task Organization_Switched_IsActedForInTheSameSessionAndNoOther()
    {
        var name = await NewPersonAsync(("demo", "builder"), ("works", "viewer"));
        using var browser = site.NewBrowser();
        await browser.SignInAsync(name, PeopleSite.Password, Ct);
        var session = browser.Session;
        var account = (await browser.GetAsync("/account", Ct)).Text;

        var foreign = await browser.SendAsync(account, "/account", "/account/organization", Ct, ("organization", "platform"));
        var switched = await browser.SendAsync(account, "/account", "/account/organization", Ct, ("organization", "works"));
        var after = (await browser.GetAsync("/account", Ct)).Text;

        Assert.Equal((403, "IB4040"), (foreign.Status, PersonBrowser.CodeIn(foreign.Text)));
        Assert.Equal((302, "/account"), (switched.Status, switched.To));
        Assert.Equal(session, browser.Session);
        Assert.Contains("value=\"demo\"", after, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"works\"", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_WithoutItsToken_IsRefused()
    {
        var name = await NewPersonAsync();
        using var browser = site.NewBrowser();
        await browser.SignInAsync(name, PeopleSite.Password, Ct);
        var account = (await browser.GetAsync("/account", Ct)).Text;

        var refused = await browser.SendAsync(account, "/account", "/sign-out", Ct, ("__RequestVerificationToken", "x"));
        var unsafeApi = await browser.SendAsync("<form action=\"/api/v1/runs/repairs\"></form>", "/", "/api/v1/runs/repairs", Ct);

        Assert.Equal((400, "IB4043"), (refused.Status, PersonBrowser.CodeIn(refused.Text)));
        Assert.Equal(401, unsafeApi.Status);
        Assert.Equal(200, (await browser.GetAsync("/runs", Ct)).Status);
    }

    [Fact]
    public async Task Password_Changed_EndsOtherSessionsAndKeepsThisOne()
    {
        var name = await NewPersonAsync();
        using var browser = site.NewBrowser();
        using var other = site.NewBrowser();
        await browser.SignInAsync(name, PeopleSite.Password, Ct);
        await other.SignInAsync(name, PeopleSite.Password, Ct);

        var wrong = await browser.SendAsync("/account", "password", Ct, ("Present", "x"), ("Password", "Reiher-fliegt-8"), ("Again", "Reiher-fliegt-8"));
        var differs = await browser.SendAsync("/account", "password", Ct, ("Present", PeopleSite.Password), ("Password", "Reiher-fliegt-8"), ("Again", "x"));
        var same = await browser.SendAsync("/account", "password", Ct, ("Present", PeopleSite.Password), ("Password", PeopleSite.Password), ("Again", PeopleSite.Password));
        var changed = await browser.SendAsync("/account", "password", Ct, ("Present", PeopleSite.Password), ("Password", "Reiher-fliegt-8"), ("Again", "Reiher-fliegt-8"));

        Assert.Equal(["IB4037", "IB4038", "IB4035"], new[] { wrong, differs, same }.Select(a => PersonBrowser.CodeIn(a.Text)));
        Assert.Null(PersonBrowser.CodeIn(changed.Text));
        Assert.Equal(200, (await browser.GetAsync("/runs", Ct)).Status);
        Assert.Equal(302, (await other.GetAsync("/runs", Ct)).Status);
        Assert.Equal(302, (await other.SignInAsync(name, "Reiher-fliegt-8", Ct)).Status);
    }

    [Fact]
    public async Task SecondFactor_NeededByTheRole_OpensNothingElseUntilItIsSetUpAndServesOnce()
    {
        var name = await NewPersonAsync(("demo", "owner"));
        using var browser = site.NewBrowser();
        await browser.SignInAsync(name, PeopleSite.Password, Ct);

        var before = await browser.GetAsync("/runs", Ct);
        var api = await browser.GetAsync("/api/v1/runs", Ct);
        var page = (await browser.GetAsync("/account/second-factor", Ct)).Text;
        var secret = FromText(Secret().Match(page).Groups[1].Value);
        var wrong = await browser.SendAsync(page, "/account/second-factor", "confirm", Ct, ("Code", "000000"));
        var step = TimeCodes.StepOf(TimeProvider.System.GetUtcNow());
        var enrolled = await browser.SendAsync(page, "/account/second-factor", "confirm", Ct, ("Code", TimeCodes.Code(secret, step)));
        var codes = RecoveryCode().Matches(enrolled.Text).Select(m => m.Value).ToList();

        Assert.Equal((302, "/account/second-factor"), (before.Status, before.To));
        Assert.Equal(403, api.Status);
        Assert.Equal("IB4023", PersonBrowser.CodeIn(wrong.Text));
        Assert.Equal(10, codes.Count);
        Assert.Equal(200, (await browser.GetAsync("/runs", Ct)).Status);

        using var next = site.NewBrowser();
        var asked = await next.SignInAsync(name, PeopleSite.Password, Ct);
        Assert.Null(next.Session);
        var replay = await next.SendAsync(asked.Text, "/sign-in", "code", Ct, ("Code", TimeCodes.Code(secret, step)));
        var early = await next.SendAsync(asked.Text, "/sign-in", "code", Ct, ("Code", TimeCodes.Code(secret, step + 5)));
        var recovered = await next.SendAsync(asked.Text, "/sign-in", "code", Ct, ("Code", codes[0].ToLowerInvariant()));
        Assert.Equal(["IB4023", "IB4023"], new[] { replay, early }.Select(a => PersonBrowser.CodeIn(a.Text)));
        Assert.Equal((302, "/"), (recovered.Status, recovered.To));

        using var last = site.NewBrowser();
        asked = await last.SignInAsync(name, PeopleSite.Password, Ct);
        var again = await last.SendAsync(asked.Text, "/sign-in", "code", Ct, ("Code", codes[0]));
        Assert.Equal("IB4023", PersonBrowser.CodeIn(again.Text));
        await using var dump = site.Node.Database.DataSource.CreateCommand("select string_agg(encode(hash, 'escape'), ' ') from recovery_code");
        Assert.DoesNotContain(codes[1], (string)(await dump.ExecuteScalarAsync(Ct))!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecentSignIn_TooLongAgo_AsksForThePasswordAgain()
    {
        var name = await NewPersonAsync();
        using var browser = site.NewBrowser();
        await browser.SignInAsync(name, PeopleSite.Password, Ct);
        await site.ExecuteAsync($"update sign_in_session set confirmed_at = now() - interval '6 minutes' where person = (select id from mt_doc_account where data ->> 'userName' = '{name}')", Ct);

        var asked = await browser.GetAsync("/account/second-factor", Ct);
        var wrong = await browser.SendAsync(asked.To!, "confirm", Ct, ("Password", "wrong"));
        var confirmed = await browser.SendAsync(asked.To!, "confirm", Ct, ("Password", PeopleSite.Password));

        Assert.Equal("/account/confirm?returnUrl=%2Faccount%2Fsecond-factor", asked.To);
        Assert.Equal("IB4037", PersonBrowser.CodeIn(wrong.Text));
        Assert.Equal((302, "/account/second-factor"), (confirmed.Status, confirmed.To));
        Assert.Equal(200, (await browser.GetAsync("/account/second-factor", Ct)).Status);
    }

    [Fact]
    public async Task UserName_ThatReadsAlike_IsTaken()
    {
        var name = await NewPersonAsync();

        var alike = await Assert.ThrowsAsync<InvalidOperationException>(() => site.AddAsync("\uFF50" + name[1..].ToUpperInvariant(), Ct, ("demo", "viewer")));

        Assert.StartsWith("IB4029", alike.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_IsHashedWithEnoughIterations()
    {
        var account = await site.AddAsync(site.NewName(), Ct, ("demo", "viewer"));

        var hash = Convert.FromBase64String(account.PasswordHash!);

        // Format 3: marker, PRF (2 is HMAC-SHA-512), iterations.
        Assert.Equal((1, 2), (hash[0], hash[4]));
        Assert.Equal(210_000u, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)));
    }

    internal static byte[] FromText(string text)
    {
        var bits = string.Concat(text.Where(char.IsLetterOrDigit).Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    [GeneratedRegex("class=\"secret\"[^>]*>([A-Z2-7 ]+)<")]
    internal static partial Regex Secret();

    [GeneratedRegex("(?<=<code[^>]*>)[A-Z2-7]{4}(-[A-Z2-7]{4}){3}(?=</code>)")]
    internal static partial Regex RecoveryCode();
}
