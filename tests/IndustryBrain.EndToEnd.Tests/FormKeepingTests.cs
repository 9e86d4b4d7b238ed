using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>The run form by keyboard alone, and what it keeps when the page is loaded again.</summary>
public sealed class FormKeepingTests(Site site)
{
    private const string Focus = """
        () => {
          const at = document.activeElement;
          const ring = [at, at.closest('.ib-drop'), at.closest('.ib-switch')].some(e => e !== null && getComputedStyle(e).outlineStyle !== 'none');
          return { name: at.innerText?.trim() ?? '', ring };
        }
        """;

    [Fact]
    public async Task Form_ByKeyboard_ShowsTheFocusEverywhereUpToTheButton()
    {
        await using var visit = await site.OpenAsync("/scenarios/price-outlook");
        var (unseen, last) = (new List<string>(), "");

        for (var i = 0; i < 60 && last != "运行场景"; i++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            var at = await visit.Page.EvaluateAsync<Focused>(Focus);
            last = at.Name;
            if (!at.Ring) unseen.Add(at.Name);
        }

        Assert.Equal("运行场景", last);
        Assert.Empty(unseen);
    }

    [Fact]
    public async Task Form_LanguageSwitchedAndReloaded_KeepsWhatWasEntered()
    {
        await using var visit = await site.OpenAsync("/scenarios/price-outlook");
        await visit.Page.Locator("textarea").FillAsync("10\n12\n13");
        await visit.Page.Locator("textarea").BlurAsync();

        await visit.Page.Locator(".ib-tools button[lang=en]").ClickAsync();
        await Assertions.Expect(visit.Heading("Raw-material price outlook")).ToBeVisibleAsync();

        await Assertions.Expect(visit.Page.Locator("textarea")).ToHaveValueAsync("10\n12\n13");
        await visit.GoAsync("/scenarios/price-outlook");
        await Assertions.Expect(visit.Page.Locator("textarea")).ToHaveValueAsync("10\n12\n13");
        await visit.Button("Start over").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("textarea")).ToHaveValueAsync("");
        Assert.Empty(visit.Complaints);
    }

    private sealed class Focused
    {
        public string Name { get; set; } = "";

        public bool Ring { get; set; }
    }
}
