using System.Text.Json;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Schemas;

namespace IndustryBrain.Sdk.Tests.Schemas;

public sealed class ComponentSchemaTests
{
    private readonly JsonElement _schema = ComponentSchema.Of(typeof(Sample));

    private JsonElement Property(string name) => _schema.GetProperty("properties").GetProperty(name);

    [Fact]
    public void Of_Record_ListsMembersInOrder_AndRequiresThoseWithoutDefault()
    {
        Assert.Equal(ComponentSchema.Dialect, _schema.GetProperty("$schema").GetString());
        Assert.Equal(["activity", "horizon", "method", "alpha", "file", "asOf", "series", "flags", "key"], _schema.GetProperty("properties").EnumerateObject().Select(p => p.Name));
        Assert.Equal(["activity", "horizon"], _schema.GetProperty("required").EnumerateArray().Select(r => r.GetString()));
    }

    [Fact]
    public void Of_Attributes_BecomeTitlesRangesUnitsAndExamples()
    {
        var activity = Property("activity");
        Assert.Equal("活动", activity.GetProperty("title").GetString());
        Assert.Equal("One item a row", activity.GetProperty("x-en").GetProperty("description").GetString());
        Assert.Equal(1, activity.GetProperty("minItems").GetInt32());
        var quantity = activity.GetProperty("items").GetProperty("properties").GetProperty("quantity");
        Assert.Equal("t", quantity.GetProperty("x-unit").GetString());
        Assert.Equal(0, quantity.GetProperty("exclusiveMinimum").GetInt32());
        Assert.False(quantity.TryGetProperty("maximum", out _));
        Assert.Equal(100, Property("horizon").GetProperty("maximum").GetInt32());
        Assert.Equal(6, Property("horizon").GetProperty("examples")[0].GetInt32());
        Assert.Equal("CNY/t", Property("series").GetProperty("x-unit").GetString());
    }

    [Fact]
    public void Of_Types_FollowTheConventions()
    {
        Assert.Equal("file", Property("file").GetProperty("format").GetString());
        Assert.Equal("date", Property("asOf").GetProperty("format").GetString());
        Assert.Equal("uuid", Property("key").GetProperty("format").GetString());
        Assert.Equal("""["number","null"]""", Property("series").GetProperty("items").GetProperty("type").GetRawText());
        Assert.Equal("boolean", Property("flags").GetProperty("additionalProperties").GetProperty("type").GetString());
        Assert.Equal("doubleExponential", Property("method").GetProperty("default").GetString());
        Assert.Equal("Single", Property("method").GetProperty("x-enum")[0].GetProperty("en").GetString());
    }

    [Fact]
    public void Of_GenericAnswer_DescribesItsValue()
    {
        var schema = ComponentSchema.Of(typeof(KnowledgeAnswer<double>));

        Assert.Equal("number", schema.GetProperty("properties").GetProperty("value").GetProperty("type").GetString());
        Assert.Equal("出处", schema.GetProperty("properties").GetProperty("provenance").GetProperty("title").GetString());
    }

    [Fact]
    public void Of_TypeWithinItself_RefersToItsPlace() =>
        Assert.Equal("#", ComponentSchema.Of(typeof(Tree)).GetProperty("properties").GetProperty("parts").GetProperty("items").GetProperty("$ref").GetString());
}
