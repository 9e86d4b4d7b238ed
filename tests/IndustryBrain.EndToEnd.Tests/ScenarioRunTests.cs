using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>What a business user does: open a scenario, put data in, see the result.</summary>
public sealed class ScenarioRunTests(Site site)
{
    [Fact]
    public async Task Home_FreshStart_ShowsBothScenarios()
    {
        await using var visit = await site.OpenAsync("/");

        await Assertions.Expect(visit.Page.Locator("a[href='/scenarios/price-outlook']").First).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("a[href='/scenarios/carbon-footprint']").First).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("price-outlook")]
    [InlineData("carbon-footprint")]
    public async Task Run_SampleData_ShowsTheView(string scenario)
    {
        await using var visit = await site.OpenAsync($"/scenarios/{scenario}");

        await visit.Page.Locator(".samples button").First.ClickAsync();
        await visit.Button("运行场景").ClickAsync();
        await visit.Page.WaitForURLAsync(new Regex("/runs/"));
        await visit.UntilStateAsync("完成");

        await Assertions.Expect(visit.Page.Locator(".right canvas, .right svg:not(.ib-glyph)").First).ToBeVisibleAsync();
        await Assertions.Expect(visit.Heading("输出").First).ToBeVisibleAsync();
        await visit.SaveScreenshotAsync($"run-{scenario}");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Run_SoManyRowsThatTheResultBecomesAFile_ShowsItsTable()
    {
        var rows = string.Concat(Enumerable.Range(1, 4_000).Select(i => $"电力,{i},kWh\n"));
        await using var visit = await site.OpenAsync("/scenarios/carbon-footprint");
        await visit.ChooseAsync(visit.Page.Locator("input[type=file]").First, "用能.csv", Encoding.UTF8.GetBytes("项目,数量,单位\n" + rows));
        await Assertions.Expect(visit.Button("移除文件")).ToBeVisibleAsync();
        await visit.Field("产量").FillAsync("1000");
        await visit.Field("地区").FillAsync("重庆");
        await visit.Field("数据年份").FillAsync("2022");

        await visit.Button("运行场景").ClickAsync();
        await visit.Page.WaitForURLAsync(new Regex("/runs/"));
        await visit.UntilStateAsync("完成");

        await Assertions.Expect(visit.Heading("明细")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator(".right table tbody tr").First).ToContainTextAsync("电力");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Run_OwnFileInGb18030_ShowsTheForecast()
    {
        await using var visit = await site.OpenAsync("/scenarios/price-outlook");

        await ChooseAsync(visit, Weeks(61, 30));
        await Assertions.Expect(visit.Page.Locator("figure.preview")).ToBeVisibleAsync();
        await visit.Button("运行场景").ClickAsync();
        await visit.Page.WaitForURLAsync(new Regex("/runs/"));
        await visit.UntilStateAsync("完成");

        await Assertions.Expect(visit.Page.Locator(".right canvas, .right svg:not(.ib-glyph)").First).ToBeVisibleAsync();
        var file = visit.Page.GetByRole(AriaRole.Link, new() { Name = "价格.csv" });
        await Assertions.Expect(file).ToHaveAttributeAsync("href", new Regex("^/api/v1/files/[0-9a-f-]{32,36}$"));
        await Assertions.Expect(visit.Page.Locator("dl.files")).ToContainTextAsync("价格数据");
        await Assertions.Expect(visit.Page.Locator("dl.files")).ToContainTextAsync(" B");
        var (name, content) = await visit.DownloadAsync(file);
        Assert.Equal("价格.csv", name);
        Assert.Contains("2026-01-02,61000", content, StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Run_BadCell_NamesRowAndColumn()
    {
        await using var visit = await site.OpenAsync("/scenarios/price-outlook");

        await ChooseAsync(visit, "日期,价格\n2026-01-02,61000\n2026-01-09,62000\n2026-01-16,6.8万\n2026-01-23,63000\n2026-01-30,63500\n");
        await visit.Button("运行场景").ClickAsync();

        var error = visit.Page.GetByRole(AriaRole.Alert).Filter(new() { HasTextString = "6.8万" }).First;
        await Assertions.Expect(error).ToBeVisibleAsync();
        Assert.Matches("4.*价格|价格.*4", (await error.InnerTextAsync()).ReplaceLineEndings(" "));
        Assert.DoesNotContain("   at ", await visit.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NothingFilledIn_SaysWhatIsMissing()
    {
        await using var visit = await site.OpenAsync("/scenarios/carbon-footprint");

        await visit.Button("运行场景").ClickAsync();

        await Assertions.Expect(visit.Page.Locator(".ib-field-error, .ib-form-summary, [role=alert]").First).ToBeVisibleAsync();
        Assert.Contains("/scenarios/carbon-footprint", visit.Page.Url, StringComparison.Ordinal);
    }

    private static string Weeks(int first, int count)
    {
        var text = new StringBuilder("日期,价格\n");
        for (var i = 0; i < count; i++)
            text.Append(new DateOnly(2026, 1, 2).AddDays(7 * i).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)).Append(',').Append(first * 1000 + (i * 137 % 900) + i * 50).Append('\n');
        return text.ToString();
    }

    private static async Task ChooseAsync(Visit visit, string csv)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        await visit.Page.Locator("input[type=file]").First.SetInputFilesAsync(new FilePayload { Name = "价格.csv", MimeType = "text/csv", Buffer = Encoding.GetEncoding("GB18030").GetBytes(csv) });
        await visit.Page.GetByText("价格.csv").First.WaitForAsync();
    }
}
