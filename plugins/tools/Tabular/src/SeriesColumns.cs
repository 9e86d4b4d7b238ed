using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Which columns of a table hold the value, the date and the commodity of a series.</summary>
internal sealed class SeriesColumns
{
    private static readonly string[] ValueNames = ["价格", "单价", "均价", "平均价", "收盘价", "结算价", "price", "close", "value", "数值", "值", "销量", "数量", "units"];
    private static readonly string[] DateNames = ["日期", "时间", "date", "day", "时期", "周期", "月份", "月度", "月", "month", "week", "周", "年份", "年度", "年", "year", "季度", "quarter", "period", "统计日期", "交易日", "报价日期", "数据日期"];
    private static readonly string[] PlainDateNames = ["日期", "date", "交易日", "报价日期", "统计日期", "数据日期"];
    private static readonly string[] CommodityNames = ["品种", "商品", "品名", "名称", "物料", "物料名称", "材料", "原材料", "commodity", "material", "item", "product", "产品"];
    private static readonly string[] RowNumberNames = ["序号", "编号", "行号", "no", "no.", "id", "index", "#", "row"];

    public int Value { get; private init; }

    public int Date { get; private init; } = -1;

    public int Commodity { get; private init; } = -1;

    /// <summary>The commodity whose rows are taken, when the table says so.</summary>
    public string? CommodityName { get; set; }

    public static Result<SeriesColumns> Choose(OpenTable table, ReadSeriesInput input)
    {
        var date = -1;
        if (!string.IsNullOrWhiteSpace(input.DateColumn) && (date = table.Find(input.DateColumn)) < 0)
        {
            return TabularFailures.MissingColumn(input.DateColumn.Trim(), table.Columns);
        }

        date = date >= 0 ? date : FindDate(table, input.Column);
        int value;
        if (!string.IsNullOrWhiteSpace(input.Column))
        {
            value = table.Find(input.Column);
            if (value < 0)
            {
                return TabularFailures.MissingColumn(input.Column.Trim(), table.Columns);
            }
        }
        else if (!FindValue(table, date, Accepted(input)).TryGet(out value, out var failure))
        {
            return failure;
        }

        var commodity = -1;
        if (!string.IsNullOrWhiteSpace(input.CommodityColumn) && (commodity = table.Find(input.CommodityColumn)) < 0)
        {
            return TabularFailures.MissingColumn(input.CommodityColumn.Trim(), table.Columns);
        }

        commodity = commodity >= 0 ? commodity : table.Find(CommodityNames);
        return new SeriesColumns { Value = value, Date = date, Commodity = commodity == value || commodity == date ? -1 : commodity };
    }

    // A column headed with the commodity itself holds its values.
    private static IReadOnlyList<string> Accepted(ReadSeriesInput input)
    {
        string[] accepted = [.. (input.Headers ?? []).Where(h => !string.IsNullOrWhiteSpace(h)).Select(h => h.Trim())];
        return accepted.Length > 0 && !string.IsNullOrWhiteSpace(input.Commodity) ? [.. accepted, input.Commodity.Trim()] : accepted;
    }

    private static int FindDate(OpenTable table, string? valueColumn)
    {
        var taken = valueColumn is null ? -1 : table.Find(valueColumn);
        foreach (var name in DateNames)
        {
            if (table.Find(name) is >= 0 and var named && named != taken && Share(table, named, c => Dates.TryRead(c, inDateColumn: true, out _)) >= 0.5)
            {
                return named;
            }
        }

        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (i != taken && Share(table, i, c => Dates.TryRead(c, inDateColumn: false, out _)) >= 0.5)
            {
                return i;
            }
        }

        // A column headed "date" is meant as one: its first bad cell says what is wrong, where leaving it out would hide gaps.
        return table.Find(PlainDateNames) is var plain && plain != taken ? plain : -1;
    }

    private static Result<int> FindValue(OpenTable table, int date, IReadOnlyList<string> accepted)
    {
        int[] others = [.. Enumerable.Range(0, table.Columns.Count).Where(i => i != date)];
        int[] numeric = [.. others.Where(i => !RowNumberNames.Contains(CellText.Key(table.Columns[i])) && Share(table, i, c => Numbers.TryMeasure(c, out _)) >= 0.5)];

        // Columns without headers contradict no name.
        if (accepted.Count > 0 && table.HasHeader)
        {
            int[] fitting = [.. AcceptedHeaders.Choose(table, accepted).Where(i => i != date)];
            int[] filled = fitting.Length > 1 ? [.. fitting.Intersect(numeric)] : fitting;
            return filled.Length == 1 ? filled[0]
                : fitting.Length > 0 ? TabularFailures.ChooseColumn([.. fitting.Select(i => table.Columns[i])])
                : TabularFailures.NoAcceptedColumn(accepted, table.Columns);
        }

        if (numeric.Length == 1)
        {
            return numeric[0];
        }

        int[] named = [.. (numeric.Length > 0 ? numeric : others).Where(i => ValueNames.Contains(CellText.Key(table.Columns[i])))];
        if (named.Length == 1)
        {
            return named[0];
        }

        // One column besides the date is meant, whatever stands in it: its first bad cell says what is wrong.
        return numeric.Length > 1 ? TabularFailures.ChooseColumn([.. numeric.Select(i => table.Columns[i])])
            : others.Length == 1 ? others[0]
            : TabularFailures.NoNumericColumn(table.Columns);
    }

    private static double Share(OpenTable table, int column, Func<object?, bool> fits)
    {
        int filled = 0, fitting = 0;
        foreach (var row in table.Sample)
        {
            if (!Numbers.IsNothing(row[column]))
            {
                filled++;
                fitting += fits(row[column]) ? 1 : 0;
            }
        }

        return filled == 0 ? 0 : (double)fitting / filled;
    }
}
