using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>People sign in, work and sign out with a browser.</summary>
public sealed partial class SignInPageTests(Site site)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<string> LinkAsync(string role)
    {
        var host = await site.DevelopmentAsync();
        await host.UntilOutputAsync("Sign in as audit-administrator", Ct);
        return Link().Matches(host.Output).First(m => m.Groups[1].Value == role).Groups[2].Value;
    }

    [Fact]
    public async Task Person_SignsInWorksAndSignsOut()
    {
        var host = await site.DevelopmentAsync();
        await LinkAsync("builder");
        await using var visit = await site.NewVisitAsync(host.Address);
        await visit.Page.GotoAsync("/sign-in");

        await visit.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("周工") }).ClickAsync();
        await visit.Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await visit.GoAsync("/scenarios");
        await visit.Page.Locator("summary[aria-label*='周工']").ClickAsync();
        await visit.SaveScreenshotAsync("person-menu");
        Assert.Empty(await visit.BarriersAsync());
        await visit.Button("退出登录").ClickAsync();
        // The open page may notice first that its session has ended, and leads there by itself.
        await visit.Page.WaitForURLAsync(SignInPage());
        await visit.Page.GotoAsync("/runs");

        Assert.EndsWith("/sign-in?returnUrl=%2Fruns", visit.Page.Url, StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Page_WhoseSessionIsEndedElsewhere_LeadsToTheSignIn()
    {
        var host = await site.DevelopmentAsync();
        var link = await LinkAsync("viewer");
        await using var open = await site.NewVisitAsync(host.Address);
        await open.Page.GotoAsync(link);
        await open.GoAsync("/runs");
        await using var other = await site.NewVisitAsync(host.Address);
        await other.Page.GotoAsync(link);
        await other.Page.GotoAsync("/account");

        await other.Button("结束其他全部会话").ClickAsync();

        await open.Page.WaitForURLAsync("**/sign-in?returnUrl=%2Fruns");
    }

    [Fact]
    public async Task Passkey_AddedNamedAndShown_StandsForBothFactorsUntilItIsRemoved()
    {
        var link = await LinkAsync("audit-administrator");
        var host = await site.DevelopmentAsync();
        // Passkeys belong to a name, and an address is none.
        await using var visit = await site.NewVisitAsync(new Uri($"http://localhost:{host.Address.Port}"));
        var devtools = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await devtools.SendAsync("WebAuthn.enable");
        await AddAuthenticatorAsync("internal");
        await visit.Page.GotoAsync(link);
        await visit.Page.GotoAsync("/account/ways");
        await visit.Page.GetByLabel("名称（例如：办公室电脑）").FillAsync("审计室的电脑");
        await visit.Button("添加通行密钥").ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Cell, new() { Name = "审计室的电脑", Exact = true })).ToBeVisibleAsync();
        await visit.SaveScreenshotAsync("passkeys");
        Assert.Empty(await visit.BarriersAsync());
        await SignOutAsync();

        IRequest? sent = null;
        visit.Page.Request += (_, request) => sent = request.Method == "POST" && request.Url.EndsWith("/sign-in", StringComparison.Ordinal) ? request : sent;
        await visit.SaveScreenshotAsync("sign-in-passkey");
        await visit.Button("用通行密钥登录").ClickAsync();
        await visit.Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await visit.GoAsync("/audit");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        // What the authenticator said serves once, whoever sends it again.
        await SignOutAsync();
        var replayed = await visit.Page.Context.APIRequest.PostAsync("/sign-in", new() { Headers = new Dictionary<string, string> { ["Content-Type"] = "application/x-www-form-urlencoded", ["Origin"] = $"http://localhost:{host.Address.Port}" }, DataString = sent!.PostData });
        Assert.Equal((401, true), (replayed.Status, (await replayed.TextAsync()).Contains("IB4111", StringComparison.Ordinal)));

        await visit.Button("用通行密钥登录").ClickAsync();
        await visit.Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await visit.Page.GotoAsync("/account/confirm?returnUrl=%2Faccount%2Fways");
        await visit.Button("用通行密钥确认").ClickAsync();
        await visit.Page.WaitForURLAsync("**/account/ways");
        await visit.Button("移除 审计室的电脑").ClickAsync();
        // This account has no password beside it.
        await Assertions.Expect(visit.Page.GetByText("IB4106")).ToBeVisibleAsync();
        await AddAuthenticatorAsync("usb");
        await visit.Page.GotoAsync("/account/ways");
        await visit.Page.GetByLabel("名称（例如：办公室电脑）").FillAsync("安全密钥");
        await visit.Button("添加通行密钥").ClickAsync();
        await visit.Button("移除 审计室的电脑").ClickAsync();
        await Assertions.Expect(visit.Button("移除 审计室的电脑")).ToHaveCountAsync(0);
        await Assertions.Expect(visit.Button("移除 安全密钥")).ToBeVisibleAsync();
        Assert.All(visit.Complaints, complaint => Assert.Contains("409", complaint, StringComparison.Ordinal));

        async Task SignOutAsync()
        {
            await visit.Page.GotoAsync("/account");
            await visit.Button("退出登录").ClickAsync();
            await visit.Page.WaitForURLAsync(SignInPage());
        }

        Task AddAuthenticatorAsync(string transport) => devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = transport, ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true },
        });
    }

    [Theory]
    [InlineData("zh-CN", true, true)]
    [InlineData("en", false, false)]
    public async Task SecurityAdministrator_FindsAnAccountAndSuspendsIt(string language, bool dark, bool phone)
    {
        var host = await site.DevelopmentAsync();
        var link = await LinkAsync("security-administrator");
        await using var visit = await site.NewVisitAsync(host.Address, language, dark, phone);
        await visit.Page.GotoAsync(link);
        await visit.GoAsync("/people");
        var (field, find, suspend, sure, resume) = language == "en" ? ("User name", "Find", "Suspend", "Suspend: sure?", "Resume") : ("账号", "查找", "停用", "确认停用？", "恢复");
        var card = visit.Page.Locator("section[aria-labelledby=accounts]");

        await card.GetByLabel(field).FillAsync("demo-runner");
        await card.GetByRole(AriaRole.Button, new() { Name = find, Exact = true }).ClickAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = suspend, Exact = true }).ClickAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = sure, Exact = true }).ClickAsync();
        await Assertions.Expect(card.GetByRole(AriaRole.Button, new() { Name = resume, Exact = true })).ToBeVisibleAsync();
        await visit.SaveScreenshotAsync($"accounts-{language}-{(phone ? "phone" : "wide")}");
        Assert.Empty(await visit.BarriersAsync());
        Assert.True(await visit.FitsTheScreenAsync(), "The page is wider than the screen.");
        // In Development one does alone what elsewhere takes two.
        await card.GetByRole(AriaRole.Button, new() { Name = resume, Exact = true }).ClickAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = language == "en" ? "Resume: sure?" : "确认恢复？", Exact = true }).ClickAsync();
        await Assertions.Expect(card.GetByRole(AriaRole.Button, new() { Name = suspend, Exact = true })).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("owner", "zh-CN", false, false)]
    [InlineData("builder", "en", true, false)]
    [InlineData("runner", "en", false, true)]
    [InlineData("system-administrator", "zh-CN", true, true)]
    public async Task AccountPages_AnyLook_HaveNoComplaintNoBarrierNoOverflow(string role, string language, bool dark, bool phone)
    {
        var host = await site.DevelopmentAsync();
        var link = await LinkAsync(role);
        await using var setUp = await site.NewVisitAsync(site.Address, language, dark, phone);
        await AssertFineAsync(setUp, "/set-up");
        await using var visit = await site.NewVisitAsync(host.Address, language, dark, phone);
        await AssertFineAsync(visit, "/sign-in");
        await visit.Page.GotoAsync(link);
        string[] own = role == "system-administrator" ? ["/system"] : [];
        foreach (var path in (string[])["/account", "/account/second-factor", "/account/ways", "/account/confirm", "/join", "/reset/none", .. own]) await AssertFineAsync(visit, path);

        async Task AssertFineAsync(Visit page, string path)
        {
            await page.Page.GotoAsync(path);
            await page.UntilDrawnAsync();
            await page.SaveScreenshotAsync($"{path.Replace('/', '-')}-{language}-{(dark ? "dark" : "light")}-{(phone ? "phone" : "wide")}");
            Assert.Empty(await page.BarriersAsync());
            Assert.Equal(language, await page.Page.GetAttributeAsync("html", "lang"));
            Assert.True(await page.FitsTheScreenAsync(), path + " is wider than the screen.");
            Assert.Empty(page.Complaints);
        }
    }

    [GeneratedRegex(@"/sign-in(\?|$)")]
    private static partial Regex SignInPage();

    [GeneratedRegex(@"Sign in as ([a-z-]+): http://[^/]+(/sign-in/demo/\S+)")]
    private static partial Regex Link();
}
