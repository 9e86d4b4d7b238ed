using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using IndustryBrain.Testing;
using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>Files of a person's own in the price outlook. The prices lie on a straight line, so the forecast must go on with it exactly.</summary>
public sealed partial class FileInputTests(Site site)
{
    private const int Periods = 3;

    static FileInputTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public async Task Csv_InGb18030Dropped_IsForecast()
    {
        var folder = Directory.CreateTempSubdirectory("ib-drop-");
        try
        {
            var path = Path.Combine(folder.FullName, "铜价.csv");
            await File.WriteAllBytesAsync(path, Encoding.GetEncoding("GB18030").GetBytes(Line(40, header: "日期,价格（元/吨）")), TestContext.Current.CancellationToken);
            await using var visit = await site.OpenAsync("/scenarios/price-outlook");

            await visit.DropAsync(visit.Field("价格数据"), path);

            await ExpectForecastAsync(visit, "铜价.csv", 40);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Workbook_Chosen_IsForecast()
    {
        await using var visit = await site.OpenAsync("/scenarios/price-outlook");
        var rows = Enumerable.Range(0, 30).Select(i => (IReadOnlyList<object>)[Day(i), Price(i)]).Prepend(["日期", "价格"]);

        await visit.ChooseAsync(visit.Field("价格数据"), "铜价.xlsx", Workbook.Of(rows));

        await ExpectForecastAsync(visit, "铜价.xlsx", 30);
    }

    [Fact]
    public async Task Csv_OfAHundredThousandRows_ShowsItsUploadAndIsForecast()
    {
        await using var visit = await site.OpenAsync("/scenarios/price-outlook");
        await visit.Page.EvaluateAsync("""
            () => {
              window.progress = [];
              new MutationObserver(() => document.querySelectorAll("[role=status]").forEach(e => { if (e.textContent.includes("正在上传")) window.progress.push(e.textContent); }))
                .observe(document.body, { subtree: true, childList: true, characterData: true });
            }
            """);

        await visit.ChooseAsync(visit.Field("价格数据"), "长序列.csv", Encoding.UTF8.GetBytes(Line(100_000)));

        await ExpectForecastAsync(visit, "长序列.csv", 100_000);
        Assert.NotEmpty(await visit.Page.EvaluateAsync<string[]>("window.progress"));
    }

    public static TheoryData<string, string, string, string, string> Bad => new()
    {
        // What is in the file; what the person wrote as its price column; then what the page says: what, where, what to do.
        { "日期,价格\n2026-01-02,61000\n2026-01-03,61010\n2026-01-04,61020\n2026-01-05,61030\n", "收盘价", "没有「收盘价」列|no column “收盘价”", "收盘价", "只有：日期、价格.*请改正表头|only: 日期, 价格.*Correct the header" },
        { "日期,价格\n2026-01-02,61000\n2026-01-03,61010\n2026-01-04,6.1万\n2026-01-05,61030\n", "价格", "不是数字：'6.1万'|not a number: '6.1万'", "第 4 行「价格」|Row 4, “价格”", "61000" },
        { "日期,价格\n2026-01-02,61000\n2026-01-03,61010\n", "", "只有 2 个值|has 2 values", "series|价格", "至少需要 4 个|at least 4" },
    };

    public static TheoryData<string, string, string, string, string, string> BadInBothLanguages
    {
        get
        {
            var data = new TheoryData<string, string, string, string, string, string>();
            foreach (var (content, column, what, where, action) in Bad.Select(row => row.Data))
            {
                data.Add("zh-CN", content, column, what, where, action);
                data.Add("en", content, column, what, where, action);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(BadInBothLanguages))]
    public async Task Csv_Bad_SaysWhatWhereAndWhatToDo_AndTheInputComesBack(string language, string content, string column, string what, string where, string action)
    {
        var english = language == "en";
        await using var visit = await site.OpenAsync("/scenarios/price-outlook", language);
        await visit.Field(english ? "Horizon" : "预测期数").FillAsync("7");
        await visit.Field(english ? "Price column" : "价格列").FillAsync(column);
        await visit.ChooseAsync(visit.Field(english ? "Price data" : "价格数据"), "bad.csv", Encoding.UTF8.GetBytes(content));
        await Assertions.Expect(visit.Button(english ? "Remove file" : "移除文件")).ToBeVisibleAsync();

        await visit.Button(english ? "Run scenario" : "运行场景").ClickAsync();
        await visit.UntilStateAsync(english ? "Failed" : "出错");

        var said = await visit.Page.GetByRole(AriaRole.Alert).First.InnerTextAsync();
        foreach (var pattern in new[] { what, where, action })
            Assert.Matches(new Regex(pattern, RegexOptions.Singleline), said);
        await visit.AssertNoTraceAsync();

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = english ? "Edit and run again" : "改输入再运行" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("bad.csv").First).ToBeVisibleAsync();
        await Assertions.Expect(visit.Field(english ? "Horizon" : "预测期数")).ToHaveValueAsync("7");
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("zh-CN", "文件是空的", "请给出「价格数据」或「数值序列」")]
    [InlineData("en", "The file is empty", "Give “Price data” or “Series”")]
    public async Task File_EmptyAndNothingElse_IsSaidInTheForm(string language, string empty, string missing)
    {
        var english = language == "en";
        await using var visit = await site.OpenAsync("/scenarios/price-outlook", language);

        await visit.ChooseAsync(visit.Field(english ? "Price data" : "价格数据"), "empty.csv", []);
        await Assertions.Expect(visit.Page.GetByText(empty)).ToBeVisibleAsync();
        await visit.Button(english ? "Run scenario" : "运行场景").ClickAsync();

        await Assertions.Expect(visit.Page.GetByText(missing)).ToBeVisibleAsync();
        Assert.EndsWith("/scenarios/price-outlook", visit.Page.Url, StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    private static async Task ExpectForecastAsync(Visit visit, string file, int rows)
    {
        await Assertions.Expect(visit.Button("移除文件")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByText(file).First).ToBeVisibleAsync();
        await visit.Field("预测期数").FillAsync(Periods.ToString(CultureInfo.InvariantCulture));
        await visit.Button("运行场景").ClickAsync();
        await visit.Page.WaitForURLAsync(RunAddress());
        await visit.UntilStateAsync("完成");

        var actions = visit.Page.Locator(".ib-page-header");
        var (_, json) = await visit.DownloadAsync(actions.GetByRole(AriaRole.Button, new() { Name = "下载输出 JSON" }));
        var forecast = JsonElement.Parse(json).GetProperty("forecast").EnumerateArray().Select(n => n.GetDouble()).ToList();
        Assert.Equal(Periods, forecast.Count);
        Assert.All(forecast.Select((value, i) => (value, i)), f => Assert.Equal(Price(rows + f.i), f.value, 1e-3 * Price(rows)));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "价格与预测" }).Locator(".ib-chart svg")).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    private static double Price(int period) => 1000 + 0.5 * period;

    private static string Day(int period) => new DateOnly(1900, 1, 1).AddDays(period).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Line(int rows, string header = "日期,价格")
    {
        var text = new StringBuilder(header).Append('\n');
        for (var i = 0; i < rows; i++) text.Append(CultureInfo.InvariantCulture, $"{Day(i)},{Price(i)}\n");
        return text.ToString();
    }

    [GeneratedRegex("/runs/[0-9a-f-]{36}$")]
    private static partial Regex RunAddress();
}
