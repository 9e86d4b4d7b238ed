using System.ComponentModel.DataAnnotations;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Gives one numeric series: from numbers, or from a column of a file. A gap is named, never filled.</summary>
[Component("tabular.series", Zh = "读取序列", En = "Read a series",
    DescriptionZh = "从数值列表或 CSV、Excel 文件的一列取得数值序列；缺的一期会指出，不会自动补。",
    DescriptionEn = "Takes a numeric series from a list or from a column of a CSV or Excel file; a missing period is named, never filled.")]
public sealed class ReadSeries : ToolComponent<ReadSeriesInput, ReadSeriesOutput>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<ReadSeriesOutput>> RunAsync(ReadSeriesInput input, ComponentContext context, CancellationToken cancellationToken)
    {
        // A form sends an empty list for a field that was left alone.
        var hasSeries = input.Series is { Count: > 0 } || (input.Series is not null && input.File is null);
        return (hasSeries, input.File) switch
        {
            (false, null) => TabularFailures.NoSource("series"),
            (true, not null) => TabularFailures.TwoSources("series"),
            (true, null) => FromNumbers(input.Series!, input),
            (false, { } file) => await SeriesFile.ReadAsync(file, input, context, cancellationToken),
        };
    }

    private static Result<ReadSeriesOutput> FromNumbers(IReadOnlyList<double> series, ReadSeriesInput input)
    {
        for (var i = 0; i < series.Count; i++)
        {
            if (!double.IsFinite(series[i]))
            {
                return Refusals.NotANumber($"series[{i}]");
            }

            if (input.Positive == true && series[i] <= 0)
            {
                return Refusals.Range($"series[{i}]", series[i], "(0, ∞)");
            }
        }

        if (series.Count < input.Needed)
        {
            return Refusals.Few("series", series.Count, input.Needed);
        }

        return new ReadSeriesOutput(series, [], [], series[^1], series.Count, "none", null, null, null, input.Commodity?.Trim() is { Length: > 0 } commodity ? commodity : null, "JSON");
    }
}

/// <summary>Input of the series reader.</summary>
/// <param name="Series">The numbers themselves; then no file.</param>
/// <param name="File">A CSV or Excel file; then no numbers.</param>
/// <param name="Column">Header of the value column; found by <paramref name="Headers"/> when absent, else the only numeric one.</param>
/// <param name="DateColumn">Header of the date column; found when absent.</param>
/// <param name="Commodity">Rows of this commodity only.</param>
/// <param name="CommodityColumn">Header of the commodity column; found when absent.</param>
/// <param name="Headers">Headers that the value column may have; any when absent. A file without a header has no name to be wrong.</param>
/// <param name="Period">Distance between rows; found from the dates when absent.</param>
/// <param name="Positive">True to refuse values that are not above 0.</param>
/// <param name="MinCount">Values that are needed at least; 1 when absent.</param>
/// <param name="Sheet">Sheet of a workbook; the first with content when absent.</param>
/// <param name="Encoding">Encoding of a text file; detected when absent.</param>
/// <param name="MaxRows">Data rows at most.</param>
public sealed record ReadSeriesInput(
    [property: Label("数值序列", "Series", DescriptionZh = "与文件二选一。", DescriptionEn = "Either this or a file.")][property: Example("[6.4,5.6,7.8,8.8]")] IReadOnlyList<double>? Series = null,
    [property: Label("文件", "File", DescriptionZh = "CSV（UTF-8、GB18030）或 Excel。", DescriptionEn = "CSV (UTF-8, GB18030) or Excel.")] FileReference? File = null,
    [property: Label("数值列", "Value column", DescriptionZh = "不填则按可接受的表头找，否则取唯一的数值列。", DescriptionEn = "Found by the accepted headers when absent, else the only numeric column.")] string? Column = null,
    [property: Label("日期列", "Date column", DescriptionZh = "不填则自动识别。", DescriptionEn = "Found when absent.")] string? DateColumn = null,
    [property: Label("品种", "Commodity", DescriptionZh = "只取这个品种的行。", DescriptionEn = "Rows of this commodity only.")] string? Commodity = null,
    [property: Label("品种列", "Commodity column", DescriptionZh = "不填则自动识别。", DescriptionEn = "Found when absent.")] string? CommodityColumn = null,
    [property: Label("可接受的表头", "Accepted headers", DescriptionZh = "数值列可用的名称，前面可有品名，后面可带单位；不填则不限。没有表头的文件不受限。", DescriptionEn = "Names that the value column may have, also behind a product's name or before a unit; any when absent. A file without a header is not bound by them.")][property: Example("[\"价格\",\"price\"]")] IReadOnlyList<string>? Headers = null,
    [property: Label("周期", "Period", DescriptionZh = "相邻两行的间隔；有节假日的日数据用交易日。", DescriptionEn = "Distance between rows; trading-day for daily data with holidays.")] SeriesPeriod? Period = SeriesPeriod.Auto,
    [property: Label("必须大于 0", "Must be above 0", DescriptionZh = "是：遇到不大于 0 的值就拒绝。", DescriptionEn = "True to refuse a value that is not above 0.")] bool? Positive = false,
    [property: Label("最少个数", "Least count", DescriptionZh = "少于这个数就拒绝。", DescriptionEn = "Fewer values are refused.")][property: Unit("{value}")][property: Range(1, TableOptions.LargestMaxRows)] int? MinCount = 1,
    [property: Label("工作表", "Sheet", DescriptionZh = "工作簿的工作表；不填则取第一张有内容的。", DescriptionEn = "Sheet of a workbook; the first with content when absent.")] string? Sheet = null,
    [property: Label("编码", "Encoding", DescriptionZh = "文本文件的编码；不填则自动识别。", DescriptionEn = "Encoding of a text file; detected when absent.")] TextEncoding? Encoding = TextEncoding.Auto,
    [property: Label("最多行数", "Most rows", DescriptionZh = "数据行数的上限。", DescriptionEn = "Data rows at most.")][property: Unit("{row}")][property: Range(1, TableOptions.LargestMaxRows)] int? MaxRows = TableOptions.DefaultMaxRows)
{
    internal int Needed => Math.Max(1, MinCount ?? 1);
}

/// <summary>A series with its dates.</summary>
/// <param name="Values">The values, oldest first.</param>
/// <param name="Dates">Date of each value; empty without dates.</param>
/// <param name="NextDates">Dates of the next 24 periods; empty without dates.</param>
/// <param name="Last">The newest value.</param>
/// <param name="Count">Number of values.</param>
/// <param name="Step">Distance between values: day, workday, trading-day, week, month, quarter, year, hour, minute, a number of days, months, hours, minutes or seconds, or none.</param>
/// <param name="StartDate">Date of the first value.</param>
/// <param name="EndDate">Date of the last value.</param>
/// <param name="ValueUnit">Unit that the header carries in brackets, else that of the cells.</param>
/// <param name="CommodityName">The commodity of the rows, when known.</param>
/// <param name="Format">What the source was: JSON, UTF-8, GB18030, XLSX and so on.</param>
public sealed record ReadSeriesOutput(
    [property: Label("数值", "Values", DescriptionZh = "数值，旧的在前。", DescriptionEn = "The values, oldest first.")] IReadOnlyList<double> Values,
    [property: Label("日期", "Dates", DescriptionZh = "每个值的日期；没有日期时为空。", DescriptionEn = "Date of each value; empty without dates.")] IReadOnlyList<string> Dates,
    [property: Label("后续日期", "Next dates", DescriptionZh = "后续 24 期的日期；没有日期时为空。", DescriptionEn = "Dates of the next 24 periods; empty without dates.")] IReadOnlyList<string> NextDates,
    [property: Label("最新值", "Last value", DescriptionZh = "最新的值。", DescriptionEn = "The newest value.")] double Last,
    [property: Label("个数", "Count", DescriptionZh = "值的个数。", DescriptionEn = "Number of values.")][property: Unit("{value}")] int Count,
    [property: Label("周期", "Step", DescriptionZh = "相邻值的间隔：day、workday、trading-day、week、month、quarter、year、hour、minute，若干天、月、小时、分钟或秒，或 none。", DescriptionEn = "Distance between values: day, workday, trading-day, week, month, quarter, year, hour, minute, a number of days, months, hours, minutes or seconds, or none.")] string Step,
    [property: Label("起始日期", "Start date", DescriptionZh = "第一个值的日期。", DescriptionEn = "Date of the first value.")] string? StartDate,
    [property: Label("截止日期", "End date", DescriptionZh = "最后一个值的日期。", DescriptionEn = "Date of the last value.")] string? EndDate,
    [property: Label("单位", "Unit", DescriptionZh = "表头括号里的单位，否则是单元格里的。", DescriptionEn = "Unit that the header carries in brackets, else that of the cells.")] string? ValueUnit,
    [property: Label("品种", "Commodity", DescriptionZh = "这些行的品种，已知时给出。", DescriptionEn = "The commodity of the rows, when known.")] string? CommodityName,
    [property: Label("来源格式", "Format", DescriptionZh = "来源的格式：JSON、UTF-8、GB18030、XLSX 等。", DescriptionEn = "What the source was: JSON, UTF-8, GB18030, XLSX and so on.")] string Format);
