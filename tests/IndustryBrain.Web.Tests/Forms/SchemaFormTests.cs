using System.Text.Json;
using Bunit;
using IndustryBrain.Sdk;
using IndustryBrain.Web.Forms;
using IndustryBrain.Web.Schemas;
using Microsoft.AspNetCore.Components.Forms;

namespace IndustryBrain.Web.Tests.Forms;

public sealed class SchemaFormTests
{
    private const string Schema = """
        {"type":"object","required":["horizon"],"properties":{
          "horizon":{"type":"integer","title":"预测期数","x-en":{"title":"Horizon"},"x-unit":"{periods}","minimum":1,"maximum":24,"default":4,"examples":[6]},
          "file":{"type":"object","format":"file","title":"文件","properties":{"file":{"type":"string"}}},
          "commodity":{"type":"string","title":"品种","x-enum":[{"value":"li","zh":"碳酸锂","en":"Lithium"}],"enum":["li"]},
          "options":{"$ref":"#/$defs/o"},
          "rows":{"type":"array","title":"行","items":{"type":"object","properties":{"q":{"type":"number","title":"数量"}}}}},
         "$defs":{"o":{"type":"object","title":"选项","properties":{"alpha":{"type":["number","null"],"title":"α"}}}}}
        """;

    private const string Texts = """
        {"type":"object","required":["names"],"properties":{"names":{"type":"array","title":"品种","x-en":{"title":"Names"},"items":{"type":"string","maxLength":6}}}}
        """;

    private const string Choices = """
        {"type":"object","required":["days"],"properties":{"days":{"type":["array","null"],"title":"日子","x-en":{"title":"Days"},"maxItems":2,"items":{"$ref":"#/$defs/day"}}},
         "$defs":{"day":{"x-enum":[{"value":"mon","zh":"周一","en":"Monday"},{"value":"tue","zh":"周二","en":"Tuesday"},{"value":3,"zh":"周三","en":"Wednesday"}],"enum":["mon","tue",3]}}}
        """;

    [Fact]
    public async Task Render_Schema_ShowsDefaultUnitHintAndOrder()
    {
        await using var context = new WebContext();

        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Schema)));

        Assert.Equal("4", form.Find("input[inputmode=numeric]").GetAttribute("value"));
        Assert.Equal("期", form.Find(".ib-unit").TextContent);
        Assert.Equal("1 到 24；例 6", form.Find(".ib-hint").TextContent);
        Assert.Equal(["预测期数*", "文件", "品种", "α", "行"], form.FindAll(".ib-label").Select(l => l.TextContent.Trim()));
    }

    [Fact]
    public async Task Render_English_TakesEnglishTitles()
    {
        await using var context = new WebContext("en");

        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Schema)));

        Assert.StartsWith("Horizon", form.Find(".ib-label").TextContent, StringComparison.Ordinal);
        Assert.Contains(form.FindAll("option"), o => o.TextContent == "Lithium");
    }

    [Fact]
    public async Task Submit_WrongNumber_ShowsErrorAtFieldAndDoesNotSend()
    {
        await using var context = new WebContext();
        var sent = 0;
        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Schema)).Add(f => f.OnValidSubmit, _ => sent++));

        await form.Find("input[inputmode=numeric]").ChangeAsync(new() { Value = "30" });
        await form.Find("form").SubmitAsync();

        Assert.Equal(0, sent);
        Assert.Equal("30 超出范围：应为1 到 24。", form.Find(".ib-field-error").TextContent);
        Assert.Equal("true", form.Find("input[inputmode=numeric]").GetAttribute("aria-invalid"));
    }

    [Theory]
    [InlineData("-1\n-2\n-3\n4\n5", 3, 3)]
    [InlineData("-1\n-2\n-3\n-4\n-5", 5, 4)]
    public async Task Submit_SeveralWrongValuesOfASeries_SaysAsManyAsItCounts(string series, int counted, int lines)
    {
        await using var context = new WebContext("en");
        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json("""{"type":"object","properties":{"s":{"type":"array","title":"Series","items":{"type":"number","exclusiveMinimum":0}}}}""")));

        await form.Find("textarea").ChangeAsync(new() { Value = series });
        await form.Find("form").SubmitAsync();

        Assert.Equal($"To correct: {counted}", form.Find(".ib-form-summary").TextContent);
        Assert.Equal(lines, form.FindAll(".ib-field-error").Count);
        Assert.StartsWith("Value 1: -1", form.Find(".ib-field-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(lines > counted - 1 ? 0 : 1, form.FindAll(".ib-field-error").Count(e => e.TextContent == "2 more to correct."));
    }

    [Fact]
    public async Task Submit_ValidForm_SendsTypedValue()
    {
        await using var context = new WebContext();
        JsonElement? sent = null;
        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Schema)).Add(f => f.OnValidSubmit, v => sent = v));

        await form.Find("input[inputmode=numeric]").ChangeAsync(new() { Value = "12" });
        await form.Find("select").ChangeAsync(new() { Value = "li" });
        await form.Find("input[inputmode=decimal]").ChangeAsync(new() { Value = "0.3" });
        await form.Find("form").SubmitAsync();

        Assert.True(JsonElement.DeepEquals(WebContext.Json("""{"horizon":12,"commodity":"li","options":{"alpha":0.3}}"""), sent!.Value), sent.ToString());
    }

    [Fact]
    public async Task Texts_OneALine_AreSentAsAList()
    {
        await using var context = new WebContext();
        JsonElement? sent = null;
        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Texts)).Add(f => f.OnValidSubmit, v => sent = v));
        await form.Find("form").SubmitAsync();
        var missing = form.Find(".ib-field-error").TextContent;

        await form.Find("textarea").ChangeAsync(new() { Value = " 碳酸锂\r\n\n铜, 铝 \n" });
        await form.Find("form").SubmitAsync();

        Assert.Equal("请填写「品种」。", missing);
        Assert.Equal("一行一条", form.Find("textarea").GetAttribute("placeholder"));
        Assert.Equal("2 个值", form.Find(".ib-field-count").TextContent);
        Assert.True(JsonElement.DeepEquals(WebContext.Json("""{"names":["碳酸锂","铜, 铝"]}"""), sent!.Value), sent.ToString());
    }

    [Fact]
    public async Task Texts_TooLongOne_IsNamedByItsLine()
    {
        await using var context = new WebContext("en");
        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Texts)));

        await form.Find("textarea").ChangeAsync(new() { Value = "a\nmuch too long" });
        await form.Find("form").SubmitAsync();

        Assert.StartsWith("Value 2: ", form.Find(".ib-field-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_WithLineBreaksInside_AreEditedAsJson()
    {
        await using var context = new WebContext();

        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Texts)).Add(f => f.Value, WebContext.Json("""{"names":["a\nb"]}""")));

        Assert.Equal("""["a\nb"]""", form.Find("textarea").TextContent);
    }

    [Theory]
    [InlineData("zh-CN", "日子*", "周一 周二 周三")]
    [InlineData("en", "Days*", "Monday Tuesday Wednesday")]
    public async Task Choices_AreBoxesInTheLanguage_SentInTheOrderOfTheSchema(string culture, string title, string labels)
    {
        await using var context = new WebContext(culture);
        JsonElement? sent = null;
        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Choices)).Add(f => f.Value, WebContext.Json("""{"days":[3]}""")).Add(f => f.OnValidSubmit, v => sent = v));
        Assert.Equal(labels, string.Join(' ', form.FindAll(".ib-check").Select(l => l.TextContent.Trim())));
        Assert.Equal([false, false, true], form.FindAll("input[type=checkbox]").Select(b => b.HasAttribute("checked")));
        Assert.Equal(title, form.Find("#" + form.Find("[role=group]").GetAttribute("aria-labelledby")).TextContent.Trim());

        await form.FindAll("input[type=checkbox]")[0].ChangeAsync(new() { Value = true });
        await form.Find("form").SubmitAsync();

        Assert.Equal("""{"days":["mon",3]}""", sent?.GetRawText());
    }

    [Fact]
    public async Task Choices_NoneOrTooMany_AreNamedAtTheField()
    {
        await using var context = new WebContext();
        var sent = 0;
        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Choices.Replace("\"array\",\"null\"", "\"array\"", StringComparison.Ordinal))).Add(f => f.OnValidSubmit, _ => sent++));

        await form.Find("form").SubmitAsync();
        Assert.Equal("请选择「日子」。", form.Find(".ib-field-error").TextContent);

        for (var i = 0; i < 3; i++)
        {
            await form.FindAll("input[type=checkbox]")[i].ChangeAsync(new() { Value = true });
        }

        await form.Find("form").SubmitAsync();
        Assert.Equal(0, sent);
        Assert.Single(form.FindAll(".ib-field-error"));
        Assert.All(form.FindAll("input[type=checkbox]"), b => Assert.Equal("true", b.GetAttribute("aria-invalid")));
    }

    [Theory]
    [InlineData("""["sun"]""")]
    [InlineData("""["mon","mon"]""")]
    [InlineData("""[null]""")]
    public async Task Choices_ThatNoBoxCanShow_AreEditedAsJson(string value)
    {
        await using var context = new WebContext();

        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Choices)).Add(f => f.Value, WebContext.Json($$"""{"days":{{value}}}""")));

        Assert.Equal(value, form.Find("textarea.ib-code").TextContent);
    }

    [Fact]
    public async Task Table_NamesListsOfTexts_AndMarksRequiredMembersWithin()
    {
        await using var context = new WebContext();

        var table = context.Render<SchemaTable>(p => p.Add(t => t.Label, "输入").Add(t => t.Schema, WebContext.Json("""
            {"type":"object","required":["names"],"properties":{"names":{"type":"array","items":{"type":"string"}},
             "site":{"type":"object","required":["city"],"properties":{"city":{"type":"string"},"street":{"type":"string"}}}}}
            """)));

        var rows = table.FindAll("tbody tr");
        Assert.Equal(["文本列表", "对象", "文本", "文本"], rows.Select(row => row.Children[1].TextContent));
        Assert.Equal([true, false, true, false], rows.Select(row => row.QuerySelector(".ib-chip")?.TextContent == "必填"));
    }

    [Fact]
    public async Task Value_FromOutside_ReplacesWhatWasTyped()
    {
        await using var context = new WebContext();
        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Schema)));
        await form.Find("input[inputmode=numeric]").ChangeAsync(new() { Value = "12" });

        form.Render(p => p.Add(f => f.Value, WebContext.Json("""{"horizon":7,"rows":[{"q":1},{"q":2}]}""")));

        Assert.Equal("7", form.Find("input[inputmode=numeric]").GetAttribute("value"));
        Assert.Equal(2, form.FindAll(".ib-entry tbody tr").Count);
    }

    [Fact]
    public async Task Paste_Rows_FollowTheFilledOnes()
    {
        await using var context = new WebContext();
        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Schema)).Add(f => f.Value, WebContext.Json("""{"horizon":4,"rows":[{"q":1},{}]}""")));
        var table = form.FindComponent<TableField>();

        await table.InvokeAsync(() => table.Instance.Paste("数量\n2\n6.8万"));

        Assert.True(JsonElement.DeepEquals(WebContext.Json("""[{"q":1},{"q":2},{"q":"6.8万"}]"""), form.Instance.Current.GetProperty("rows")));
    }

    [Fact]
    public async Task Failure_OfTheHost_StandsAtItsField()
    {
        await using var context = new WebContext();

        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Schema)).Add(f => f.Failure, Refusals.Range("horizon", 99, "1–24")));

        Assert.Contains("「预测期数」为 99", form.Find(".ib-field-error").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("horizon", "Horizon")]
    [InlineData("rows[0].q", "Rows, row 1, Quantity")]
    [InlineData("rows[2]", "Rows, row 3")]
    [InlineData("s[1]", "Series, value 2")]
    [InlineData("rows[0].none", "rows[0].none")]
    [InlineData("elsewhere", "elsewhere")]
    public void Failure_NamesOfTheApi_BecomeLabels(string where, string label)
    {
        System.Globalization.CultureInfo.CurrentUICulture = new("en");
        var schema = SchemaNode.Read(WebContext.Json("""{"type":"object","properties":{"horizon":{"type":"integer","x-en":{"title":"Horizon"}},"s":{"type":"array","x-en":{"title":"Series"},"items":{"type":"number"}},"rows":{"type":"array","x-en":{"title":"Rows"},"items":{"type":"object","properties":{"q":{"type":"number","x-en":{"title":"Quantity"}}}}}}}"""));

        var named = FieldNames.In(schema, Refusals.NotANumber(where) with { Action = new("（horizon）", "Accept it (horizon).") });

        Assert.Equal(($"“{label}” is blank or not a finite number.", label, "Accept it (Horizon)."), (named.Message.En, named.Where, named.Action!.En));
    }

    [Theory]
    [InlineData("""{"type":"string","examples":["重庆"],"x-en":{"examples":["Chongqing"]}}""", "zh-CN", "例 重庆")]
    [InlineData("""{"type":"string","examples":["重庆"],"x-en":{"examples":["Chongqing"]}}""", "en", "e.g. Chongqing")]
    [InlineData("""{"type":"string","examples":["重庆"]}""", "en", "")]
    [InlineData("""{"type":"integer","examples":[6]}""", "en", "e.g. 6")]
    public void Hint_Example_IsOfTheLanguage(string schema, string culture, string expected)
    {
        System.Globalization.CultureInfo.CurrentUICulture = new(culture);

        Assert.Equal(expected, FormState.Hint(SchemaNode.Read(WebContext.Json(schema))));
    }

    [Fact]
    public async Task File_Chosen_IsStoredAndReferred()
    {
        await using var context = new WebContext();
        FileUploader store = async (file, ct) =>
        {
            await file.Content.CopyToAsync(Stream.Null, ct);
            return new UploadedFile("f-1", file.Name, file.Size);
        };
        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Schema)).Add(f => f.OnFile, store));

        form.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("a,b", "价格.csv"));

        form.WaitForAssertion(() => Assert.Equal("价格.csv", form.Find(".ib-drop b").TextContent));
        Assert.Equal("f-1", form.Instance.Current.GetProperty("file").GetProperty("file").GetString());
    }

    [Fact]
    public async Task File_Empty_IsRefusedBeforeItIsSent()
    {
        await using var context = new WebContext();
        var stored = 0;
        FileUploader store = (file, _) => Task.FromResult<Sdk.Result<UploadedFile>>(new UploadedFile($"f-{++stored}", file.Name, file.Size));
        var form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Schema)).Add(f => f.OnFile, store));

        form.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("", "价格.csv"));

        form.WaitForAssertion(() => Assert.StartsWith("文件是空的", form.Find(".ib-field-error").TextContent, StringComparison.Ordinal));
        Assert.Equal(0, stored);
    }

    [Fact]
    public async Task Submit_WhileAFileIsUploaded_SaysSoAndWaits()
    {
        await using var context = new WebContext();
        var (submitted, said) = (0, "");
        IRenderedComponent<SchemaForm> form = null!;
        FileUploader store = async (file, _) =>
        {
            await form.Find("form").SubmitAsync();
            said = form.Find(".ib-form-summary").TextContent;
            return new UploadedFile("f-1", file.Name, file.Size);
        };
        form = context.Render<SchemaForm>(p => p.Add(f => f.Schema, WebContext.Json(Schema)).Add(f => f.OnFile, store).Add(f => f.OnValidSubmit, _ => submitted++));

        form.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("a,b", "价格.csv"));

        Assert.Contains("还在上传", said, StringComparison.Ordinal);
        form.WaitForAssertion(() => Assert.Empty(form.FindAll(".ib-form-summary")));
        Assert.Equal(0, submitted);
    }
}
