using System.Text;
using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>Secrets, data sets and connections by hand: what is stored is there, a secret is not on the page again, and the pages have no barrier when they are full.</summary>
public sealed class DataPageTests(Site site)
{
    private const string Value = "s3cret-of-the-page";

    [Fact]
    public async Task Secret_StoredAndRotated_IsListedWithoutItsValue()
    {
        await using var visit = await site.OpenAsync("/secrets");
        await visit.Page.GetByLabel("名称").FillAsync("page-key");
        await visit.Page.GetByLabel("用途").FillAsync("车间接口");
        await visit.Page.GetByLabel("值", new() { Exact = true }).FillAsync(Value);
        await visit.Button("保存").ClickAsync();

        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Cell, new() { Name = "page-key" })).ToBeVisibleAsync();
        await visit.Button("轮换").First.ClickAsync();
        await visit.Page.GetByLabel("环境").SelectOptionAsync("test");
        await visit.Page.GetByLabel("值", new() { Exact = true }).FillAsync(Value + "-2");
        await visit.Button("轮换").Last.ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Cell).Filter(new() { HasText = "测试环境" })).ToBeVisibleAsync();

        Assert.DoesNotContain("s3cret", await visit.Page.ContentAsync(), StringComparison.Ordinal);
        await LookAsync("/secrets");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Table_Uploaded_IsShownByPages_AndABadVersionSaysWhere()
    {
        var rows = new StringBuilder("品种,价格,日期\n");
        for (var i = 1; i <= 60; i++) rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"螺纹钢 {i},{3500 + i},2026-01-{(i % 28) + 1:00}\n");
        await using var visit = await site.OpenAsync("/data");
        await visit.Page.GetByLabel("名称").FillAsync("page-prices");
        await visit.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "prices.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(rows.ToString()) });
        await Assertions.Expect(visit.Heading("page-prices")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Cell, new() { Name = "螺纹钢 50", Exact = true })).ToBeVisibleAsync();

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "下一页" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Cell, new() { Name = "螺纹钢 60", Exact = true })).ToBeVisibleAsync();
        await visit.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "bad.csv", MimeType = "text/csv", Buffer = "品种,价格,日期\n铜,6.8万,2026-01-01\n"u8.ToArray() });

        await Assertions.Expect(visit.Page.GetByText("第 2 行「价格」不是数值：'6.8万'")).ToBeVisibleAsync();
        await LookAsync("/data");
        await LookAsync("/data/page-prices");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Connection_MadeAndTested_SaysHowItWent()
    {
        await using var visit = await site.OpenAsync("/connections");
        await visit.Page.GetByLabel("名称").FillAsync("page-erp");
        await visit.Field("地址").FillAsync("http://127.0.0.1:9/");
        await visit.Button("保存").ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Cell, new() { Name = "page-erp" })).ToBeVisibleAsync();

        await visit.Button("测试").ClickAsync();

        await Assertions.Expect(visit.Page.GetByText("连接未获许可访问它")).ToBeVisibleAsync();
        await LookAsync("/connections");
        Assert.Empty(visit.Complaints);
    }

    private async Task LookAsync(string path)
    {
        foreach (var (language, dark, phone) in new[] { ("zh-CN", false, false), ("en", true, false), ("en", false, true), ("zh-CN", true, true) })
        {
            await using var visit = await site.LookAsync(path, language, dark, phone);
            await visit.SaveScreenshotAsync($"full-{string.Concat(path.Select(c => char.IsLetterOrDigit(c) ? c : '-'))}-{language}-{(dark ? "dark" : "light")}-{(phone ? "phone" : "wide")}");
            Assert.Empty(await visit.BarriersAsync());
            Assert.True(await visit.FitsTheScreenAsync(), $"{path} is wider than the screen.");
        }
    }
}
