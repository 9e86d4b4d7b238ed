using System.Text.Json.Nodes;
using IndustryBrain.Web.Forms;
using IndustryBrain.Web.Schemas;

namespace IndustryBrain.Web.Tests.Forms;

public sealed class EntryTests
{
    private static readonly SchemaNode Item = SchemaNode.Read(WebContext.Json(
        """{"type":"object","properties":{"item":{"type":"string","title":"项目","x-en":{"title":"Item"}},"quantity":{"type":"number","title":"数量","x-en":{"title":"Quantity"}}}}"""));

    [Theory]
    [InlineData("""["boolean","integer"]""", "Boolean")]
    [InlineData("""["boolean","null"]""", "Boolean")]
    [InlineData("""["number","string"]""", "Number")]
    public void Read_SeveralTypes_IsWhatAPersonFillsIn(string types, string kind) =>
        Assert.Equal(kind, SchemaNode.Read(WebContext.Json($$"""{"type":{{types}}}""")).Kind.ToString());

    [Theory]
    [InlineData("68400", 68400)]
    [InlineData("68,400.5", 68400.5)]
    [InlineData(" １２３ ", 123)]
    [InlineData("-1.5e3", -1500)]
    public void TryRead_NumberAsPeopleWriteIt_IsRead(string text, double expected)
    {
        Assert.True(NumberEntry.TryRead(text, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("1,23")]
    [InlineData("6.8万")]
    [InlineData("12%")]
    [InlineData("NaN")]
    [InlineData("1e999")]
    [InlineData("")]
    public void TryRead_NotSurelyANumber_IsRefused(string text) => Assert.False(NumberEntry.TryRead(text, out _));

    [Theory]
    [InlineData("1\n2\n3")]
    [InlineData("1\t2\t3")]
    [InlineData("1, 2, 3")]
    [InlineData("1,2,3")]
    [InlineData("1\r\n\r\n2\r\n3\r\n")]
    public void SeriesRead_AnySeparator_GivesNumbers(string text) => Assert.Equal("[1,2,3]", SeriesText.Read(text)!.ToJsonString());

    [Theory]
    [InlineData("120,125,130,128", "[120,125,130,128]")]
    [InlineData("120, 125, 130", "[120,125,130]")]
    [InlineData("120，125，130", "[120,125,130]")]
    [InlineData("100 200 300 400", "[100,200,300,400]")]
    [InlineData("1 2 3 4 5 6", "[1,2,3,4,5,6]")]
    [InlineData("1,200 1,300 1,400", "[1200,1300,1400]")]
    [InlineData("1,200\n1,300", "[1200,1300]")]
    [InlineData("1,200.5\t1,300", "[1200.5,1300]")]
    [InlineData("6.4 5.6,7.8", "[6.4,5.6,7.8]")]
    public void SeriesRead_SeveralNumbersALine_AreNotJoined(string text, string expected) => Assert.Equal(expected, SeriesText.Read(text)!.ToJsonString());

    [Theory]
    [InlineData("price\n10\n11\n12", "[10,11,12]")]
    [InlineData("价格（元/吨）\r\n68,400\r\n69,100\r\n", "[68400,69100]")]
    [InlineData("price\n68,400", "[68400]")]
    [InlineData("date\tprice\n2026-01-02\t10\n2026-01-09\t11", "[10,11]")]
    [InlineData("日期,价格\n2026-01-02,10.5\n2026-01-09,11", "[10.5,11]")]
    [InlineData("2026/1/2\t10\n2026/1/9\t11", "[10,11]")]
    [InlineData("date,price,unit\n2026-01,10,CNY\n2026-02,11,CNY", "[10,11]")]
    public void SeriesRead_HeadAndDates_LeaveTheNumbers(string text, string expected) => Assert.Equal(expected, SeriesText.Read(text)!.ToJsonString());

    [Theory]
    [InlineData("NaN\n10\n11", """["NaN",10,11]""")]
    [InlineData("6.8万\n10\n11", """["6.8\u4E07",10,11]""")]
    [InlineData("price\nabc\n11", """["price","abc",11]""")]
    [InlineData("2026-01-02\t10\t20\n2026-01-09\t11\t21", """["2026-01-02",10,20,"2026-01-09",11,21]""")]
    public void SeriesRead_NotSurelyAHeadOrOneColumn_StaysAsTyped(string text, string expected) => Assert.Equal(expected, SeriesText.Read(text)!.ToJsonString());

    [Fact]
    public void SeriesRead_BadValue_StaysAsTyped() => Assert.Equal("""[68400,"abc"]""", SeriesText.Read("68,400\nabc")!.ToJsonString());

    [Theory]
    [InlineData("数量\t项目\n12.5\t钢")]
    [InlineData("Quantity (t)\tItem\n12.5\t钢")]
    [InlineData("钢\t12.5")]
    [InlineData("钢,12.5\r\n")]
    [InlineData("\"钢\",\"12.5\"")]
    public void PastedRows_WithAndWithoutHead_FindTheirColumns(string text)
    {
        var row = Assert.Single(PastedRows.Read(Item, text));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"item":"钢","quantity":12.5}"""), row), row.ToJsonString());
    }

    [Fact]
    public void PastedCells_QuotedNewlineAndQuote_StayInTheCell() =>
        Assert.Equal(["a\nb", "c\"d"], Assert.Single(PastedCells.Read("\"a\nb\"\t\"c\"\"d\"")));
}
