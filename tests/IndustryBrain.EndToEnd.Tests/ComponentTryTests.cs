using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>A component tried on its own page.</summary>
public sealed class ComponentTryTests(Site site)
{
    [Theory]
    [InlineData("zh-CN", "填入示例值", "试运行组件", "结果")]
    [InlineData("en", "Fill in examples", "Try component", "Result")]
    public async Task Tool_WithItsExamples_ShowsTheOutput(string language, string examples, string call, string heading)
    {
        await using var visit = await site.OpenAsync("/components/forecasting.des", language);

        await visit.Button(examples).ClickAsync();
        await visit.Button(call).ClickAsync();

        var result = visit.Page.GetByRole(AriaRole.Region, new() { Name = heading, Exact = true });
        await Assertions.Expect(result).ToContainTextAsync("25.77");
        Assert.Empty(await visit.BarriersAsync());
        Assert.True(await visit.FitsTheScreenAsync());
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("zh-CN", "预测期数", "序列", "试运行组件", "30 超出范围", "至少需要 4 个")]
    [InlineData("en", "Horizon", "Series", "Try component", "30 is out of range", "at least 4 are needed")]
    public async Task Tool_WithBadInput_SaysSoAtTheFieldThenInItsOwnWords(string language, string horizon, string series, string call, string range, string few)
    {
        await using var visit = await site.OpenAsync("/components/forecasting.des", language);
        await visit.Field(series).FillAsync("1\n2\n3");
        await visit.Field(horizon).FillAsync("30");

        await visit.Button(call).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText(range)).ToBeVisibleAsync();
        await Assertions.Expect(visit.Field(horizon)).ToHaveAttributeAsync("aria-invalid", "true");

        await visit.Field(horizon).FillAsync("5");
        await visit.Button(call).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "IB7106" })).ToContainTextAsync(few);
        await Assertions.Expect(visit.Field(series)).ToHaveValueAsync("1\n2\n3");
        await visit.AssertNoTraceAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Button_ThatMovesWhileItIsPressed_IsPressed()
    {
        await using var visit = await site.OpenAsync("/components/forecasting.des");
        await visit.Field("序列").FillAsync("1\n2\n3\n4\n5");
        await visit.Field("预测期数").FillAsync("30");
        await visit.Button("试运行组件").ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("30 超出范围")).ToBeVisibleAsync();
        await visit.Field("预测期数").FillAsync("5");

        var button = visit.Button("试运行组件");
        await button.ScrollIntoViewIfNeededAsync();
        await button.HoverAsync();
        var before = (await button.BoundingBoxAsync())!.Y;
        await visit.Page.Mouse.DownAsync();
        await Assertions.Expect(visit.Page.GetByText("30 超出范围")).ToBeHiddenAsync();
        var after = (await button.BoundingBoxAsync())!.Y;
        await visit.Page.Mouse.UpAsync();

        Assert.NotEqual(before, after);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "结果", Exact = true })).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Knowledge_WithItsExamples_ShowsTheOutput()
    {
        await using var visit = await site.OpenAsync("/components/price-alerts.threshold");

        await visit.Button("填入示例值").ClickAsync();
        await visit.Button("试运行组件").ClickAsync();

        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "结果", Exact = true })).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Component_Unknown_IsSaidInWords()
    {
        await using var visit = await site.OpenAsync("/components/no.such");

        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("IB0910");
        Assert.Empty(await visit.BarriersAsync());
    }
}
