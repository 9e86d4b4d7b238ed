using IndustryBrain.Web.Forms;
using IndustryBrain.Web.Schemas;

namespace IndustryBrain.Web.Tests.Forms;

public sealed class SchemaValidatorTests
{
    private const string Rows = """{"type":"object","required":["rows"],"properties":{"rows":{"type":"array","title":"数据","items":{"type":"object","required":["price"],"properties":{"price":{"type":"number","title":"价格","x-en":{"title":"Price"},"minimum":0}}}}}}""";

    [Theory]
    [InlineData("""{"type":"number"}""", "\"6.8万\"", "'6.8万' is not a number. Write 68000.")]
    [InlineData("""{"type":"number"}""", "\"abc\"", "'abc' is not a number. Write digits only, such as 68400.")]
    [InlineData("""{"type":"integer","minimum":1,"maximum":24}""", "25", "25 is out of range: 1 to 24.")]
    [InlineData("""{"type":"integer"}""", "2.5", "2.5 is not a whole number.")]
    [InlineData("""{"type":"number","exclusiveMinimum":0,"maximum":1}""", "0", "0 is out of range: more than 0, at most 1.")]
    [InlineData("""{"type":"string","format":"date"}""", "\"2026-13-01\"", "'2026-13-01' is not a date. Write 2026-11-20.")]
    [InlineData("""{"type":"string","enum":["a","b"]}""", "\"c\"", "'c' is not one of the choices.")]
    [InlineData("""{"type":"string","maxLength":3}""", "\"abcd\"", "At most 3 characters; it has 4.")]
    [InlineData("""{"type":"boolean"}""", "\"maybe\"", "'maybe' is neither yes nor no.")]
    [InlineData("""{"type":"array","items":{"type":"number"},"minItems":4}""", "[1,2]", "At least 4 values; it has 2.")]
    [InlineData("""{"type":"array","items":{"type":"number"}}""", "[1,\"x\"]", "Value 2: 'x' is not a number. Write digits only, such as 68400.")]
    public void Validate_WrongValue_SaysWhatAndWhatToWrite(string field, string value, string expected)
    {
        var schema = SchemaNode.Read(WebContext.Json($$$"""{"type":"object","properties":{"f":{{{field}}}}}"""));

        var error = Assert.Single(SchemaValidator.Validate(schema, WebContext.Json($$$"""{"f":{{{value}}}}""")));

        Assert.Equal(expected, error.Message.En);
        Assert.StartsWith("f", error.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_BadCell_NamesRowAndColumn()
    {
        var errors = SchemaValidator.Validate(SchemaNode.Read(WebContext.Json(Rows)), WebContext.Json("""{"rows":[{"price":1},{"price":-5},{}]}"""));

        Assert.Collection(errors,
            e => { Assert.Equal("rows[1].price", e.Path); Assert.Equal("第 2 行「价格」：-5 超出范围：应为至少 0。", e.Message.Zh); },
            e => { Assert.Equal("rows[2].price", e.Path); Assert.Equal("Row 3, Price: Enter Price.", e.Message.En); });
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"rows":[]}""")]
    [InlineData("""{"rows":null}""")]
    public void Validate_RequiredAbsent_IsOneError(string value) =>
        Assert.Equal("rows", Assert.Single(SchemaValidator.Validate(SchemaNode.Read(WebContext.Json(Rows)), WebContext.Json(value))).Path);

    [Theory]
    [InlineData("{}", "请给出「文件」或「数列」。")]
    [InlineData("""{"series":[]}""", "请给出「文件」或「数列」。")]
    [InlineData("""{"series":[1]}""", null)]
    [InlineData("""{"file":{"file":"f-1"},"other":1}""", null)]
    public void Validate_OneOfSeveralRequired_NamesThem(string value, string? expected)
    {
        var schema = SchemaNode.Read(WebContext.Json("""{"type":"object","anyOf":[{"required":["file"]},{"required":["series"]}],"properties":{"other":{"type":"number"},"series":{"type":"array","title":"数列","items":{"type":"number"}},"file":{"type":"object","format":"file","title":"文件"}}}"""));

        var errors = SchemaValidator.Validate(schema, WebContext.Json(value));

        Assert.Equal(expected, errors.SingleOrDefault()?.Message.Zh);
        Assert.All(errors, e => Assert.Equal("file", e.Path));
    }

    [Fact]
    public void Validate_NullableNumberEmpty_IsFine() =>
        Assert.Empty(SchemaValidator.Validate(SchemaNode.Read(WebContext.Json("""{"type":"object","required":["a"],"properties":{"a":{"type":["number","null"]}}}""")), WebContext.Json("""{"a":null}""")));

    [Fact]
    public void Validate_HostilePattern_EndsInTime() =>
        SchemaValidator.Validate(
            SchemaNode.Read(WebContext.Json("""{"type":"object","properties":{"a":{"type":"string","pattern":"^(a+)+$"}}}""")),
            WebContext.Json($$"""{"a":"{{new string('a', 60)}}!"}"""));
}
