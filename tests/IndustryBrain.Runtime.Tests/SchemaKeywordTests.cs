using System.Text.Json;
using IndustryBrain.Scenarios.Inputs;

namespace IndustryBrain.Runtime.Tests;

/// <summary>Each keyword of JSON Schema 2020-12 that an input's schema may use: one value that fits, and one that is refused with its code.</summary>
public sealed class SchemaKeywordTests
{
    [Theory]
    [InlineData("""{"type":["integer","null"]}""", "3.0", "3.5", "IB7102")]
    [InlineData("""{"enum":["a",1,null]}""", "1.0", "\"b\"", "IB7102")]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[1.0]}""", """{"a":[2]}""", "IB7102")]
    [InlineData("""{"minimum":1}""", "1", "0.99", "IB7105")]
    [InlineData("""{"maximum":1}""", "1", "1.01", "IB7105")]
    [InlineData("""{"exclusiveMinimum":1}""", "1.01", "1", "IB7105")]
    [InlineData("""{"exclusiveMaximum":1}""", "0.99", "1", "IB7105")]
    [InlineData("""{"multipleOf":0.1}""", "0.3", "0.35", "IB7105")]
    [InlineData("""{"minLength":2}""", "\"😀😀\"", "\"😀\"", "IB7106")]
    [InlineData("""{"maxLength":1}""", "\"😀\"", "\"ab\"", "IB7108")]
    [InlineData("""{"pattern":"^[a-z]+$"}""", "\"abc\"", "\"ab1\"", "IB7102")]
    [InlineData("""{"minItems":1}""", "[1]", "[]", "IB7106")]
    [InlineData("""{"maxItems":1}""", "[1]", "[1,2]", "IB7108")]
    [InlineData("""{"uniqueItems":true}""", "[1,\"1\"]", "[{\"a\":1,\"b\":2},{\"b\":2,\"a\":1.0}]", "IB2022")]
    [InlineData("""{"items":{"type":"number"}}""", "[1]", "[1,\"x\"]", "IB7102")]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":{"type":"number"}}""", "[\"a\",1]", "[\"a\",\"b\"]", "IB7102")]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":false}""", "[\"a\"]", "[\"a\",1]", "IB7102")]
    [InlineData("""{"contains":{"const":1},"minContains":2}""", "[1,1]", "[1,2]", "IB2022")]
    [InlineData("""{"contains":{"const":1},"maxContains":1}""", "[1,2]", "[1,1]", "IB2022")]
    [InlineData("""{"contains":{"const":1},"minContains":0}""", "[]", "null", null)]
    [InlineData("""{"required":["a"]}""", """{"a":1}""", """{"b":1}""", "IB7101")]
    [InlineData("""{"minProperties":1}""", """{"a":1}""", "{}", "IB7106")]
    [InlineData("""{"maxProperties":1}""", """{"a":1}""", """{"a":1,"b":2}""", "IB7108")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"a":"x","b":1}""", """{"a":1}""", "IB7102")]
    [InlineData("""{"patternProperties":{"^n":{"type":"number"}}}""", """{"n1":1,"x":"y"}""", """{"n1":"y"}""", "IB7102")]
    [InlineData("""{"additionalProperties":{"type":"number"}}""", """{"a":1}""", """{"a":"x"}""", "IB7102")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"a":1}""", """{"b":1}""", "IB2021")]
    [InlineData("""{"propertyNames":{"maxLength":2}}""", """{"ab":1}""", """{"abc":1}""", "IB7108")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"a":1,"b":2}""", """{"a":1}""", "IB7101")]
    [InlineData("""{"dependentSchemas":{"a":{"required":["b"]}}}""", """{"a":1,"b":2}""", """{"a":1}""", "IB7101")]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":2}]}""", "2", "3", "IB7105")]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":5}]}""", "6", "4", "IB7102")]
    [InlineData("""{"anyOf":[{"required":["a"]},{"required":["b"]}]}""", """{"b":1}""", """{"c":1}""", "IB7101")]
    [InlineData("""{"properties":{"a":{}},"anyOf":[{"required":["a"]}]}""", """{"a":1}""", "{}", "IB7101")]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":5}]}""", "3", "6", "IB2022")]
    [InlineData("""{"not":{"type":"string"}}""", "1", "\"x\"", "IB2022")]
    [InlineData("""{"if":{"minimum":10},"then":{"multipleOf":5},"else":{"maximum":3}}""", "15", "11", "IB7105")]
    [InlineData("""{"if":{"minimum":10},"then":{"multipleOf":5},"else":{"maximum":3}}""", "2", "4", "IB7105")]
    [InlineData("""{"$defs":{"n":{"type":"number"}},"items":{"$ref":"#/$defs/n"}}""", "[1]", "[\"x\"]", "IB7102")]
    [InlineData("""{"format":"date"}""", "\"2026-02-28\"", "\"2026-02-29\"", "IB7102")]
    [InlineData("""{"format":"date-time"}""", "\"2026-01-31T08:30:00Z\"", "\"2026-01-31 8:30\"", "IB7102")]
    [InlineData("""{"format":"time"}""", "\"08:30:00Z\"", "\"25:00:00\"", "IB7102")]
    [InlineData("""{"format":"duration"}""", "\"P3W\"", "\"3h\"", "IB7102")]
    [InlineData("""{"format":"uuid"}""", "\"7f6b1b2e-0f0a-4c3e-9d52-1a2b3c4d5e6f\"", "\"7f6b\"", "IB7102")]
    [InlineData("""{"format":"email"}""", "\"a@b.cn\"", "\"a@\"", "IB7102")]
    [InlineData("""{"format":"uri"}""", "\"https://a.cn/b\"", "\"/b\"", "IB7102")]
    [InlineData("""{"format":"ipv4"}""", "\"127.0.0.1\"", "\"127.1\"", "IB7102")]
    [InlineData("""{"format":"ipv6"}""", "\"::1\"", "\"127.0.0.1\"", "IB7102")]
    [InlineData("""{"format":"hostname"}""", "\"a.cn\"", "\"a b\"", "IB7102")]
    [InlineData("""{"format":"regex"}""", "\"a+\"", "\"(\"", "IB7102")]
    public void Check_Keyword_TakesWhatFitsAndNamesWhatDoesNot(string schema, string fits, string refused, string? code)
    {
        var root = JsonElement.Parse("{\"type\":\"object\",\"properties\":{\"v\":" + schema.Replace("#/$defs", "#/properties/v/$defs", StringComparison.Ordinal) + "}}");

        Assert.Null(InputCheck.Check(root, JsonElement.Parse("{\"v\":" + fits + "}")));
        if (code is not null)
            Assert.Equal(code, InputCheck.Check(root, JsonElement.Parse("{\"v\":" + refused + "}"))?.Code);
    }

    [Fact]
    public void Check_OneOfTwoMembersIsRequired_NamesBothAndStillKnowsAMistypedName()
    {
        var schema = JsonElement.Parse("""{"type":"object","anyOf":[{"required":["file"]},{"required":["series"]}],"properties":{"file":{},"series":{},"horizon":{}}}""");

        Assert.Equal("“file” or “series” is missing.", InputCheck.Check(schema, JsonElement.Parse("""{"horizon":1}"""))?.Message.En);
        Assert.Equal(("IB2021", "horizn"), (InputCheck.Check(schema, JsonElement.Parse("""{"series":[1],"horizn":1}""")) is { } failure ? (failure.Code, failure.Where) : default));
    }

    [Fact]
    public void Check_NoneOfTheListedValues_NamesThem()
    {
        var schema = JsonElement.Parse("""{"type":"object","properties":{"period":{"enum":["month","year",null]}}}""");

        var failure = InputCheck.Check(schema, JsonElement.Parse("""{"period":"decade"}"""));

        Assert.Equal(("「period」应为 month、year、null 之一，得到的是：'decade'。", "“period” should be one of month, year, null, but is 'decade'."), (failure?.Message.Zh, failure?.Message.En));
    }

    [Fact]
    public void Check_SchemaThatNeverEnds_IsRefused()
    {
        var root = JsonElement.Parse("""{"type":"object","properties":{"v":{"$ref":"#/properties/v"}}}""");

        Assert.Equal("IB7108", InputCheck.Check(root, JsonElement.Parse("""{"v":1}"""))?.Code);
    }
}
