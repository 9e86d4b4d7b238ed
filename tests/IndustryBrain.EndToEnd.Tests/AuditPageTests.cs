using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>The audit trail as its reader sees it.</summary>
public sealed class AuditPageTests(Site site)
{
    [Theory]
    [InlineData("zh-CN", "校验全部记录", "对象", "完整", "发布应用场景")]
    [InlineData("en", "Verify all records", "What", "are intact", "Scenario published")]
    public async Task Trail_FilteredAndVerified_SaysThatItIsIntact(string language, string verify, string kind, string intact, string published)
    {
        await using var visit = await site.OpenAsync("/audit", language);

        await visit.Choice(kind).SelectOptionAsync("scenario.");
        await visit.Page.WaitForURLAsync(new Regex("kind=scenario"));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Cell, new() { Name = published, Exact = true }).First).ToBeVisibleAsync();
        await visit.Button(verify).ClickAsync();

        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = intact })).ToBeVisibleAsync();
        await visit.SaveScreenshotAsync($"audit-{language}");
        Assert.Empty(await visit.BarriersAsync());
        Assert.Empty(visit.Complaints);
    }
}
