using System.Net;
using System.Text.RegularExpressions;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Testing;

namespace IndustryBrain.Storage.Tests;

/// <summary>How people get into a host that has just been started for the first time.</summary>
public sealed partial class FirstStartTests(PostgresFixture postgres) : IDisposable
{
    private const string Key = "0123456789abcdef0123456789abcdef";
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ib-first-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Delete(recursive: true);

    private async Task<HostProcess> StartAsync(string environment, string key = "") => await HostProcess.StartAsync(
        _root.FullName, HostProcess.FreePort(), new Dictionary<string, string> { ["ConnectionStrings__IndustryBrain"] = await postgres.CreateDatabaseAsync(Ct), ["IB_BOOTSTRAP_API_KEY"] = key }, Ct, "--environment", environment);

    [Fact]
    public async Task Production_First_IsOpenToTheSetUpAloneUntilThreePeopleAreAdministrators()
    {
        await using var host = await StartAsync("Production", Key);
        await host.UntilOutputAsync("Set-up, audit-administrator", Ct);
        var links = Link().Matches(host.Output).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        Assert.Equal(3, links.Count);
        using var browser = new PersonBrowser(host.Address);
        foreach (var path in new[] { "/", "/runs", "/sign-in" }) Assert.Equal((302, "/set-up"), (await browser.GetAsync(path, Ct)) is var page ? (page.Status, page.To) : default);
        Assert.Equal(200, (await browser.GetAsync("/set-up", Ct)).Status);
        Assert.NotEqual(200, (await browser.GetAsync("/scalar/", Ct)).Status);
        Assert.NotEqual(200, (await browser.GetAsync("/openapi/v1.json", Ct)).Status);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/scenarios") { Headers = { { "X-Api-Key", Key } } };
        using var scenarios = await host.Client.SendAsync(request, Ct);
        Assert.Equal((HttpStatusCode.OK, "[]"), (scenarios.StatusCode, await scenarios.Content.ReadAsStringAsync(Ct)));

        var factors = new Dictionary<string, (byte[] Secret, string Recovery)>();
        foreach (var (role, path) in links)
        {
            var page = (await browser.GetAsync(path, Ct)).Text;
            var secret = SignInTests.FromText(SignInTests.Secret().Match(page).Groups[1].Value);
            (string, string)[] form = [("Name", "管理员"), ("UserName", role), ("Password", PeopleSite.Password), ("Again", PeopleSite.Password), ("Code", TimeCodes.Code(secret, TimeCodes.StepOf(TimeProvider.System.GetUtcNow())))];
            Assert.Equal("IB4023", PersonBrowser.CodeIn((await browser.SendAsync(page, path, "become", Ct, [.. form[..^1], ("Code", "12")])).Text));
            var made = await browser.SendAsync(page, path, "become", Ct, form);
            factors[role] = (secret, SignInTests.RecoveryCode().Match(made.Text).Value);
            Assert.Equal(19, factors[role].Recovery.Length);
        }

        Assert.Equal((302, "/sign-in"), (await browser.GetAsync(links["system-administrator"], Ct)) is var used ? (used.Status, used.To) : default);
        var asked = await browser.SignInAsync("audit-administrator", PeopleSite.Password, Ct);
        await browser.SendAsync(asked.Text, "/sign-in", "code", Ct, ("Code", factors["audit-administrator"].Recovery));
        Assert.Equal((true, false), (await MayAsync(browser, "/audit"), await MayAsync(browser, "/runs")));
        var output = host.Output;
        Assert.All(factors.Values, f => Assert.DoesNotContain(TimeCodes.ToText(f.Secret), output, StringComparison.Ordinal));
        Assert.DoesNotContain(PeopleSite.Password, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Development_HasPeopleToBeAndTheLocalPersonUntilSomebodySignsIn()
    {
        await using var host = await StartAsync("Development");
        await host.UntilOutputAsync("Sign in as audit-administrator", Ct);
        var links = Demo().Matches(host.Output).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        using var browser = new PersonBrowser(host.Address);
        Assert.Equal((200, 200), ((await browser.GetAsync("/audit", Ct)).Status, (await browser.GetAsync("/scalar/", Ct)).Status));
        Assert.Contains("price-outlook", (await browser.GetAsync("/api/v1/scenarios", Ct)).Text, StringComparison.Ordinal);

        foreach (var (role, audit, runs) in new[] { ("viewer", false, true), ("owner", true, true), ("audit-administrator", true, false) })
        {
            Assert.Equal(302, (await browser.GetAsync(links[role], Ct)).Status);
            Assert.Equal((role, audit, runs), (role, await MayAsync(browser, "/audit"), await MayAsync(browser, "/runs")));
        }

        await browser.SendAsync("/account", "/sign-out", Ct);
        Assert.Equal(302, (await browser.GetAsync("/runs", Ct)).Status);
        await browser.SendAsync("/sign-in", "/sign-in/local", Ct);
        Assert.Equal(200, (await browser.GetAsync("/runs", Ct)).Status);
        browser.Cookies.Add(new Cookie("ib-session", "made-up", "/", "127.0.0.1"));
        Assert.Equal(302, (await browser.GetAsync("/runs", Ct)).Status);
        Assert.Equal((404, "IB4039"), (await browser.GetAsync("/sign-in/demo/demo-owner/x", Ct)) is var guessed ? (guessed.Status, PersonBrowser.CodeIn(guessed.Text)) : default);
    }

    // A page says itself what its person may not see.
    private static async Task<bool> MayAsync(PersonBrowser browser, string path)
    {
        var page = await browser.GetAsync(path, Ct);
        Assert.True(page.Status is 200 or 403, $"{path}: {page.Status}");
        Assert.Equal(page.Status == 403, page.Text.Contains("IB4007", StringComparison.Ordinal));
        return page.Status == 200;
    }

    [GeneratedRegex(@"Set-up, ([a-z-]+): http://[^/]+(/set-up/\S+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"Sign in as ([a-z-]+): http://[^/]+(/sign-in/demo/\S+)")]
    private static partial Regex Demo();
}
