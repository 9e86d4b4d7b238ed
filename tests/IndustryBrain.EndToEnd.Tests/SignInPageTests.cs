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
        await visit.Page.WaitForURLAsync("**/sign-in");
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
        foreach (var path in new[] { "/account", "/account/second-factor", "/account/confirm" }) await AssertFineAsync(visit, path);

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

    [GeneratedRegex(@"Sign in as ([a-z-]+): http://[^/]+(/sign-in/demo/\S+)")]
    private static partial Regex Link();
}
