using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>What a person takes from a finished run: the numbers as files, and a failure in words.</summary>
public sealed class RunPageTests(Site site)
{
    [Fact]
    public async Task Downloads_OfAForecast_HoldTheNumbersOfTheApi()
    {
        var ct = TestContext.Current.CancellationToken;
        var run = await site.Api.RunAsync("price-outlook", Handbook(), ct);
        var output = run.GetProperty("output");
        var forecast = output.GetProperty("forecast").EnumerateArray().Select(n => n.GetDouble()).ToList();
        await using var visit = await site.OpenAsync("/runs/" + BrainApi.Id(run));
        var actions = visit.Page.Locator(".ib-page-header");
        var view = visit.Page.GetByRole(AriaRole.Group, new() { Name = "原材料价格走势研判" });

        var (jsonName, json) = await visit.DownloadAsync(actions.GetByRole(AriaRole.Button, new() { Name = "下载输出 JSON" }));
        Assert.EndsWith("-outputs.json", jsonName, StringComparison.Ordinal);
        Assert.True(JsonElement.DeepEquals(output, JsonElement.Parse(json)), json);

        var (csvName, csv) = await visit.DownloadAsync(actions.GetByRole(AriaRole.Button, new() { Name = "下载输出 CSV" }));
        Assert.EndsWith("-outputs.csv", csvName, StringComparison.Ordinal);
        var table = Rows(csv);
        Assert.Equal(forecast, Column(table, "forecast"));
        foreach (var bound in new[] { "lower80", "upper80", "lower95", "upper95" })
            Assert.Equal(output.GetProperty("interval").EnumerateArray().Select(i => i.GetProperty(bound).GetDouble()), Column(table, "interval." + bound));
        Assert.Equal(output.GetProperty("level").GetDouble(), Column(table, "level").Single());
        Assert.Equal(output.GetProperty("trend").GetDouble(), Column(table, "trend").Single());
        Assert.Equal(output.GetProperty("alert").GetString(), table[1][table[0].IndexOf("alert")]);

        var (chartName, chart) = await visit.DownloadAsync(view.GetByRole(AriaRole.Region, new() { Name = "价格与预测" }).GetByRole(AriaRole.Button, new() { Name = "下载图中数据 CSV" }));
        Assert.EndsWith("-价格与预测.csv", chartName, StringComparison.Ordinal);
        var drawn = Rows(chart);
        Assert.Equal(Handbook()["series"]!.AsArray().Select(n => n!.GetValue<double>()), Column(drawn, "实际"));
        Assert.Equal(forecast, Column(drawn, "预测").TakeLast(forecast.Count));

        var (tableName, listed) = await visit.DownloadAsync(view.GetByRole(AriaRole.Button, new() { Name = "下载此表 CSV" }).Last);
        Assert.EndsWith("-预测值.csv", tableName, StringComparison.Ordinal);
        Assert.Equal(forecast, Column(Rows(listed), "预测"));
        var (_, listedJson) = await visit.DownloadAsync(view.GetByRole(AriaRole.Button, new() { Name = "下载此表 JSON" }).Last);
        Assert.Equal(output.GetProperty("interval")[0].GetProperty("lower80").GetDouble(), JsonElement.Parse(listedJson)[0].GetProperty("80 % 下限").GetDouble());
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("zh-CN", "出错", "「数值序列 第 3 个值」为 1E+300，应在 [-1e100, 1e100] 之内。")]
    [InlineData("en", "Failed", "“Series, value 3” is 1E+300; it must lie within [-1e100, 1e100].")]
    public async Task Incident_OfAComponent_IsReadableInBothLanguages(string language, string state, string message)
    {
        var run = await site.Api.RunAsync("price-outlook", new JsonObject { ["series"] = new JsonArray(5, 6, 1e300, 7) }, TestContext.Current.CancellationToken);

        await using var visit = await site.OpenAsync("/runs/" + BrainApi.Id(run), language);

        await visit.UntilStateAsync(state);
        var alert = visit.Page.GetByRole(AriaRole.Alert).First;
        await Assertions.Expect(alert).ToContainTextAsync(message);
        await Assertions.Expect(alert).ToContainTextAsync("IB7105");
        await visit.AssertNoTraceAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Incident_OfAScript_ShowsWhatWhereAndNoTrace()
    {
        var ct = TestContext.Current.CancellationToken;
        var id = await site.Api.PublishAsync(Elsa.Scenario("e2e-script-fault", "脚本出错", Elsa.Line("before", "之前写下的一行"), Elsa.Answer("answer", "nobody.knows(this)")), ct);
        var run = await site.Api.RunAsync(id, null, ct);

        await using var visit = await site.OpenAsync("/runs/" + BrainApi.Id(run), "en");

        await visit.UntilStateAsync("Failed");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync(new Regex("nobody.*IB", RegexOptions.Singleline));
        await Assertions.Expect(visit.Page.GetByText("之前写下的一行")).ToBeVisibleAsync();
        await visit.AssertNoTraceAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Steps_WhileTheRunGoesOn_ChangeWithoutReload()
    {
        var ct = TestContext.Current.CancellationToken;
        var id = await site.Api.PublishAsync(
            Elsa.Scenario("e2e-progress", "进展", Elsa.Delay("first", TimeSpan.FromSeconds(2)), Elsa.Line("middle", "走到中间"), Elsa.Delay("second", TimeSpan.FromSeconds(2)), Elsa.Answer("answer", "'到了'")), ct);
        var run = await site.Api.StartAsync(id, null, ct);

        await using var visit = await site.OpenAsync("/runs/" + run);
        await visit.Page.EvaluateAsync("window.stayed = true");

        await visit.Page.GetByText("走到中间").WaitForAsync();
        await visit.UntilStateAsync("完成");
        await Assertions.Expect(visit.Page.GetByText("4 / 4 完成")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByText("到了").Last).ToBeVisibleAsync();
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.stayed === true"));
        Assert.Empty(visit.Complaints);
    }

    /// <summary>The series of the NIST handbook with its own weights.</summary>
    private static JsonObject Handbook() => new() { ["series"] = new JsonArray(6.4, 5.6, 7.8, 8.8, 11.0, 11.6, 16.7, 15.3, 21.6, 22.4), ["horizon"] = 5, ["alpha"] = 0.3623, ["gamma"] = 1 };

    private static List<List<string>> Rows(string csv)
    {
        Assert.StartsWith("\ufeff", csv, StringComparison.Ordinal);
        return [.. csv[1..].Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',').ToList())];
    }

    /// <summary>The numbers of the first column whose head starts with the name; a unit may follow it.</summary>
    private static List<double> Column(List<List<string>> rows, string name)
    {
        var place = rows[0].FindIndex(head => head == name || head.StartsWith(name + " (", StringComparison.Ordinal));
        Assert.True(place >= 0, $"{name} in {string.Join('|', rows[0])}");
        return [.. rows.Skip(1).Where(row => row[place].Length > 0).Select(row => double.Parse(row[place], CultureInfo.InvariantCulture))];
    }
}
