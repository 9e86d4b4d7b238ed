namespace IndustryBrain.Plugins.Tabular.Tests;

public sealed class ReadRecordsTests
{
    private static readonly object[] Columns =
    [
        new { field = "item", aliases = new[] { "项目" } },
        new { field = "quantity", aliases = new[] { "数量" }, type = "number" },
        new { field = "unit", aliases = new[] { "单位" } },
        new { field = "density", aliases = new[] { "密度" }, type = "number", required = false },
    ];

    private readonly ReadRecords _component = new();

    [Fact]
    public async Task Read_File_MapsHeaders()
    {
        var output = await _component.OutputAsync(new { columns = Columns, file = CallContext.File }, CallContext.Gb18030("项目,数量（年）,单位\n电力,\"3,000,000\",kWh\n柴油,25000,kg\n"));

        var first = output.GetProperty("records")[0];
        Assert.Equal("电力", first.GetProperty("item").GetString());
        Assert.Equal(3_000_000, first.Number("quantity"));
        Assert.False(first.TryGetProperty("density", out _));
        Assert.Equal(2, output.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Read_Rows_ChecksThem()
    {
        var output = await _component.OutputAsync(new { columns = Columns, rows = new object[] { new { item = "电力", quantity = "1,000", unit = "kWh", density = 0.84 } } });

        Assert.Equal(1000, output.GetProperty("records")[0].Number("quantity"));
        Assert.Equal(0.84, output.GetProperty("records")[0].Number("density"));
    }

    [Fact]
    public async Task Read_BadRows_AreNamed()
    {
        var missing = await _component.RefusalAsync(new { columns = Columns, rowsName = "activity", rows = new object[] { new { item = "电力", unit = "kWh" } } });
        var wrong = await _component.RefusalAsync(new { columns = Columns, rowsName = "activity", rows = new object[] { new { item = "电力", quantity = "many", unit = "kWh" } } });

        Assert.Equal(("IB7101", "activity[0].quantity"), (missing.Code, missing.Where));
        Assert.Equal(("IB7102", "activity[0].quantity"), (wrong.Code, wrong.Where));
        Assert.Equal("IB7106", (await _component.RefusalAsync(new { columns = Columns, rows = Array.Empty<object>() })).Code);
    }

    [Fact]
    public async Task Read_FileWithoutColumn_NamesIt()
    {
        var failure = await _component.RefusalAsync(new { columns = Columns, file = CallContext.File }, CallContext.Utf8("项目,单位\n电力,kWh\n"));

        Assert.Equal("IB7101", failure.Code);
        Assert.Contains("数量", failure.Message.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_BelowTheMinimum_IsRefusedByPlace()
    {
        object[] columns = [new { field = "quantity", type = "number", minimum = 0 }];

        var inFile = await _component.RefusalAsync(new { columns, file = CallContext.File }, CallContext.Utf8("quantity\n3\n0\n-5\n"));
        var inRows = await _component.RefusalAsync(new { columns, rowsName = "activity", rows = new object[] { new { quantity = 0 }, new { quantity = -5 } } });

        Assert.Equal(("IB7105", "row 4, quantity", "第 4 行「quantity」为 -5，应不小于 0。"), (inFile.Code, inFile.Where, inFile.Message.Zh));
        Assert.Equal(("IB7105", "activity[1].quantity"), (inRows.Code, inRows.Where));
    }

    [Fact]
    public async Task Read_File_TellsTheRowOfEachRecord()
    {
        var output = await _component.OutputAsync(new { columns = Columns, file = CallContext.File }, CallContext.Utf8("某厂能耗\n项目,数量,单位\n电力,3,kWh\n\n柴油,5,kg\n"));

        Assert.Equal([3, 5], output.Numbers("rowNumbers"));
    }

    [Fact]
    public async Task Read_UnitBesideTheNumber_IsNotTakenForAMagnitude()
    {
        var failure = await _component.RefusalAsync(new { columns = Columns, file = CallContext.File }, CallContext.Utf8("项目,数量,单位\n电力,3000 MWh,kWh\n"));

        Assert.Equal("IB7102", failure.Code);
        Assert.DoesNotContain("3000000000", failure.Action!.Zh, StringComparison.Ordinal);
        Assert.Contains("单位", failure.Action.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_FileWithBadNumber_NamesTheCell()
    {
        var failure = await _component.RefusalAsync(new { columns = Columns, file = CallContext.File }, CallContext.Utf8("项目,数量,单位\n电力,三百万,kWh\n"));

        Assert.Equal("IB7102", failure.Code);
        Assert.Contains("第 2 行「数量」", failure.Message.Zh, StringComparison.Ordinal);
    }
}
