using IndustryBrain.Testing;
using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>A plugin on its way through the pages: installed, updated with consent, set, limited, rolled back, disabled, removed.</summary>
public sealed class PluginLifeTests(Site site)
{
    private const string One = "/plugins/" + VersionedPackage.Id;

    [Fact]
    public async Task Plugin_InstalledUpdatedRolledBackDisabledRemoved_OnThePages()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var visit = await site.OpenAsync("/plugins");

        await visit.ChooseAsync(visit.Field("安装插件"), "one.nupkg", await VersionedPackage.OfAsync("1.0.0"));
        await visit.Page.WaitForURLAsync("**" + One);
        await visit.UntilStateAsync("就绪");
        await visit.GoAsync("/plugins");
        await visit.ChooseAsync(visit.Field("安装插件"), "two.nupkg", await VersionedPackage.OfAsync("2.0.0", "GET https://prices.example.com"));
        await visit.Page.WaitForURLAsync("**" + One);
        await Assertions.Expect(visit.Heading("2.0.0 请求新的权限")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByText("GET https://prices.example.com")).ToBeVisibleAsync();
        Assert.Empty(await visit.BarriersAsync());

        await visit.Button("同意并启用").ClickAsync();
        await Assertions.Expect(visit.Button("回到 1.0.0")).ToBeVisibleAsync();
        Assert.Equal("2.0.0", (await site.Api.GetAsync("plugins/" + VersionedPackage.Id, ct)).GetProperty("activeVersion").GetString());
        await visit.Button("回到 1.0.0").ClickAsync();
        await Assertions.Expect(visit.Button("回到 2.0.0")).ToBeVisibleAsync();
        await visit.Button("停用").ClickAsync();
        await visit.UntilStateAsync("已停用");
        await visit.Button("启用").ClickAsync();
        await visit.UntilStateAsync("就绪");
        await visit.Button("卸载").ClickAsync();
        await visit.Button("确认卸载").ClickAsync();
        await visit.Page.WaitForURLAsync("**/plugins");
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("zh-CN", "安装插件", "该文件不是插件包")]
    [InlineData("en", "Install plugin", "The file is not a plugin package")]
    public async Task Package_NotOne_IsRefusedInWords(string language, string install, string words)
    {
        await using var visit = await site.OpenAsync("/plugins", language);

        await visit.ChooseAsync(visit.Field(install), "broken.nupkg", "no package"u8.ToArray());

        await Assertions.Expect(visit.Page.GetByText(words)).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByText("IB1004")).ToBeVisibleAsync();
        await visit.AssertNoTraceAsync();
    }

    [Fact]
    public async Task SettingsAndLimits_CheckedSavedGuardedAndReset_OnThePage()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var visit = await site.OpenAsync("/plugins");
        await visit.ChooseAsync(visit.Field("安装插件"), "one.nupkg", await VersionedPackage.OfAsync("1.0.0"));
        await visit.Page.WaitForURLAsync("**" + One);
        var (settings, limits) = (visit.Page.Locator("section[aria-labelledby=settings]"), visit.Page.Locator("section[aria-labelledby=limits]"));

        // What does not fit is said at its field, and nothing is saved.
        await visit.Field("采样间隔").FillAsync("0");
        await visit.Field("问候语").FillAsync("早上好");
        await Save(settings).ClickAsync();
        await Assertions.Expect(settings.Locator(".ib-field-error")).ToContainTextAsync("3600");

        // Leaving asks first.
        await visit.Page.Locator("a[href='/runs']").First.ClickAsync();
        await Assertions.Expect(settings.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync();
        await visit.Button("留在此页").ClickAsync();
        Assert.EndsWith(One, visit.Page.Url, StringComparison.Ordinal);

        await visit.Field("采样间隔").FillAsync("5");
        await Save(settings).ClickAsync();
        await Assertions.Expect(settings.GetByText("已保存，下一次调用起生效。")).ToBeVisibleAsync();
        var saved = await site.Api.GetAsync($"plugins/{VersionedPackage.Id}/settings", ct);
        Assert.Equal(("早上好", 5), (saved.GetProperty("values").GetProperty("greeting").GetString(), saved.GetProperty("values").GetProperty("interval").GetInt32()));
        Assert.Empty(await visit.BarriersAsync());

        await settings.GetByRole(AriaRole.Button, new() { Name = "恢复默认" }).ClickAsync();
        await Assertions.Expect(visit.Field("采样间隔")).ToHaveValueAsync("60");
        await Save(settings).ClickAsync();
        await Assertions.Expect(settings.GetByText("已保存，下一次调用起生效。")).ToBeVisibleAsync();

        await limits.GetByLabel("每次调用的时长").FillAsync("30");
        await Save(limits).ClickAsync();
        await Assertions.Expect(limits.GetByText("已保存，下一次调用起生效。")).ToBeVisibleAsync();
        Assert.Equal(30, (await site.Api.GetAsync("plugins/" + VersionedPackage.Id, ct)).GetProperty("limits").GetProperty("callSeconds").GetDouble());
        Assert.Empty(visit.Complaints);
        await visit.Button("卸载").ClickAsync();
        await visit.Button("确认卸载").ClickAsync();
        await visit.Page.WaitForURLAsync("**/plugins");
    }

    private static ILocator Save(ILocator card) => card.GetByRole(AriaRole.Button, new() { Name = "保存", Exact = true });
}
