using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>Every page in both languages, both themes and both sizes: no complaint of the browser, no barrier, nothing wider than the screen.</summary>
public sealed class PageTests(Site site)
{
    public static TheoryData<string, string, bool, bool> Looks
    {
        get
        {
            var looks = new TheoryData<string, string, bool, bool>();
            foreach (var path in new[] { "/", "/scenarios", "/scenarios/price-outlook", "/scenarios/price-outlook?tab=definition", "/runs", "/archive", "/usage", "/audit", "/people", "/organization", "/keys", "/secrets", "/connections", "/data", "/approvals", "/tasks", "/tasks?show=all", "/components", "/components/forecasting.des", "/plugins", "/plugins/IndustryBrain.Forecasting" })
            {
                looks.Add(path, "zh-CN", false, false);
                looks.Add(path, "en", true, false);
                looks.Add(path, "en", false, true);
                looks.Add(path, "zh-CN", true, true);
            }

            return looks;
        }
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Page_AnyLook_HasNoComplaintNoBarrierNoOverflow(string path, string language, bool dark, bool phone)
    {
        await using var visit = await site.LookAsync(path, language, dark, phone);

        await visit.SaveScreenshotAsync($"{string.Concat(path.Select(c => char.IsLetterOrDigit(c) ? c : '-'))}-{language}-{(dark ? "dark" : "light")}-{(phone ? "phone" : "wide")}");
        Assert.Empty(await visit.BarriersAsync());
        Assert.Equal(language, await visit.Page.GetAttributeAsync("html", "lang"));
        Assert.NotEqual("", await visit.Page.TitleAsync());
        Assert.True(await visit.FitsTheScreenAsync(), "The page is wider than the screen.");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Language_Switched_ShowsEnglishAndKeepsThePage()
    {
        await using var visit = await site.OpenAsync("/components");

        await visit.Page.Locator(".ib-tools button[lang=en]").ClickAsync();

        await Assertions.Expect(visit.Heading("Components").First).ToBeVisibleAsync();
        Assert.EndsWith("/components", visit.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Theme_Switched_IsDarkAndStaysSo()
    {
        await using var visit = await site.OpenAsync("/");

        await visit.Button("换成深色").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("html[data-theme=dark]")).ToHaveCountAsync(1);
        await visit.GoAsync("/runs");

        await Assertions.Expect(visit.Page.Locator("html[data-theme=dark]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Address_Unknown_IsA404InWords()
    {
        await using var visit = await site.OpenAsync("/");

        var response = await visit.GoAsync("/no/such/page");

        Assert.Equal(404, response?.Status);
        await Assertions.Expect(visit.Heading("没有这个页面")).ToBeVisibleAsync();
    }
}
