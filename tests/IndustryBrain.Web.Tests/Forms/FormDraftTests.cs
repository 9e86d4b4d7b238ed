using System.Text.Json;
using Bunit;
using IndustryBrain.Web.Forms;

namespace IndustryBrain.Web.Tests.Forms;

public sealed class FormDraftTests
{
    private const string Schema = """{"type":"object","properties":{"n":{"type":"integer","title":"期数"},"rows":{"type":"array","title":"行","items":{"type":"object","properties":{"item":{"type":"string","title":"项目"},"q":{"type":"number","title":"数量"}}}}}}""";
    private const string Module = "./_content/IndustryBrain.Web/dist/shell.js";

    [Fact]
    public async Task Render_TabHasADraft_PutsItBackAndSaysSo()
    {
        await using var context = new WebContext();
        context.JSInterop.SetupModule(Module).Setup<string?>("attachDraft", _ => true).SetResult("""{"Value":{"n":7},"FileNames":{}}""");
        JsonElement? value = null;

        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Schema)).Add(f => f.DraftKey, "run:x").Add(f => f.ValueChanged, v => value = v));

        form.WaitForAssertion(() => Assert.Equal("7", form.Find("input[inputmode]").GetAttribute("value")));
        Assert.Equal(7, value?.GetProperty("n").GetInt32());
        Assert.NotNull(form.Find(".ib-form-note"));
    }

    [Fact]
    public async Task Value_ReplacedAfterADraftCameBack_TakesTheNoteAway()
    {
        await using var context = new WebContext();
        context.JSInterop.SetupModule(Module).Setup<string?>("attachDraft", _ => true).SetResult("""{"Value":{"n":7},"FileNames":{}}""");
        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Schema)).Add(f => f.DraftKey, "run:x"));
        form.WaitForAssertion(() => Assert.NotNull(form.Find(".ib-form-note")));

        form.Render(p => p.Add(f => f.Value, WebContext.Json("""{"n":3}""")));

        Assert.Equal("3", form.Find("input[inputmode]").GetAttribute("value"));
        Assert.Empty(form.FindAll(".ib-form-note"));
    }

    [Fact]
    public async Task Change_WithDraftKey_KeepsTheValueInTheTab()
    {
        await using var context = new WebContext();
        var module = context.JSInterop.SetupModule(Module);
        module.Mode = JSRuntimeMode.Loose;
        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Schema)).Add(f => f.DraftKey, "run:x"));

        await form.Find("input[inputmode]").ChangeAsync(new() { Value = "12" });

        Assert.Contains("\"n\":12", Assert.IsType<string>(module.VerifyInvoke("keepDraft").Arguments[1]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void Read_WhatIsNoDraft_IsNone(string text) => Assert.Null(FormDraft.Read(text));

    [Fact]
    public async Task Paste_HundredThousandRows_DrawsOnlyWhatIsSeenAndSendsAll()
    {
        await using var context = new WebContext();
        JsonElement? value = null;
        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Schema)).Add(f => f.ValueChanged, v => value = v));
        var text = "项目\t数量\n" + string.Join('\n', Enumerable.Range(1, 100_000).Select(i => $"电力\t{i}"));

        await form.InvokeAsync(() => form.FindComponent<TableField>().Instance.Paste(text));

        Assert.Equal(100_000, value?.GetProperty("rows").GetArrayLength());
        Assert.InRange(form.FindAll(".ib-entry tbody tr").Count, 1, 200);
        Assert.Contains("已粘贴 100000 行", form.Markup, StringComparison.Ordinal);
    }
}
