using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Reads a series from a file.</summary>
internal static class SeriesFile
{
    private const int NextDates = 24;
    private const int ReportEvery = 20_000;

    public static async ValueTask<Result<ReadSeriesOutput>> ReadAsync(FileReference file, ReadSeriesInput input, ComponentContext context, CancellationToken ct)
    {
        var options = new TableOptions(input.Encoding ?? TextEncoding.Auto, Delimiter: null, Blank(input.Sheet), HeaderRow: null, input.MaxRows ?? TableOptions.DefaultMaxRows);
        if (!(await TableFile.OpenAsync(file, options, context, ct)).TryGet(out var reader, out var failure))
        {
            return failure;
        }

        await using (reader)
        {
            return (await OpenTable.ReadHeaderAsync(file.Name ?? "file", reader, options, ct)).TryGet(out var table, out failure)
                && SeriesColumns.Choose(table, input).TryGet(out var columns, out failure)
                && new CellUnits(table.Columns[columns.Value]) is var units
                && (await CollectAsync(table, columns, units, input, context, ct)).TryGet(out var rows, out failure)
                ? Finish(table, columns, units, rows, input)
                : failure;
        }
    }

    private static async ValueTask<Result<List<DatedValue>>> CollectAsync(OpenTable table, SeriesColumns columns, CellUnits units, ReadSeriesInput input, ComponentContext context, CancellationToken ct)
    {
        var (valueName, dateName) = (table.Columns[columns.Value], columns.Date >= 0 ? table.Columns[columns.Date] : "");
        var rows = new List<DatedValue>();
        var commodities = new CommodityFilter(Blank(input.Commodity), context);
        var hasCommodities = false;
        if (columns.Commodity >= 0)
        {
            hasCommodities = table.Sample.Any(r => !Numbers.IsBlank(r[columns.Commodity]));
            commodities.LookAhead(table.Sample.Select(r => CellText.Of(r[columns.Commodity])));
        }

        while (true)
        {
            if (!(await table.NextAsync(ct)).TryGet(out var next, out var failure))
            {
                return failure;
            }

            if (next is not { } row)
            {
                break;
            }

            if (columns.Commodity >= 0 && Numbers.IsBlank(row[columns.Commodity]) && hasCommodities)
            {
                return TabularFailures.Blank(table.Columns[columns.Commodity], row.Number);
            }

            if (columns.Commodity >= 0 && !commodities.Takes(CellText.Of(row[columns.Commodity]), rows))
            {
                continue;
            }

            // Without dates nothing else tells that a period is missing here.
            if (columns.Date < 0 && rows.Count > 0 && row.BlankBefore is { } blank)
            {
                return TabularFailures.Blank(valueName, blank);
            }

            if (!Read(row, columns, units, dateName, input.Positive == true ? valueName : null).TryGet(out var read, out failure))
            {
                return failure;
            }

            rows.Add(read);
            if (rows.Count % ReportEvery == 0)
            {
                context.Report(0.5, new($"已读 {rows.Count} 行", $"{rows.Count} rows read"));
            }
        }

        return columns.Commodity >= 0 ? commodities.Finish(table.Columns[columns.Commodity], columns, rows) : rows;
    }

    private static Result<DatedValue> Read(DataRow row, SeriesColumns columns, CellUnits units, string dateName, string? positive)
    {
        TableDate date = default;
        if (columns.Date >= 0 && !Dates.TryRead(row[columns.Date], inDateColumn: true, out date))
        {
            return Numbers.IsBlank(row[columns.Date])
                ? TabularFailures.Blank(dateName, row.Number)
                : TabularFailures.NotADate(dateName, row.Number, CellText.Of(row[columns.Date]));
        }

        return units.Read(row[columns.Value], row.Number).Then<DatedValue>(value =>
            positive is not null && value <= 0 ? TabularFailures.NotPositive(positive, row.Number, value) : new DatedValue(row.Number, date, value));
    }

    private static Result<ReadSeriesOutput> Finish(OpenTable table, SeriesColumns columns, CellUnits units, List<DatedValue> rows, ReadSeriesInput input)
    {
        if (rows.Count < input.Needed)
        {
            return Refusals.Few(table.Columns[columns.Value], rows.Count, input.Needed);
        }

        var unit = units.Unit;
        if (columns.Date < 0)
        {
            return new ReadSeriesOutput([.. rows.Select(r => r.Value)], [], [], rows[^1].Value, rows.Count, "none", null, null, unit, columns.CommodityName ?? Blank(input.Commodity), table.Format);
        }

        var choice = input.Period ?? SeriesPeriod.Auto;
        // Exports often have the newest row first; several rows of one day are in that order too.
        if (rows[0].Date.Day > rows[^1].Date.Day)
        {
            rows.Reverse();
        }

        rows = [.. rows.OrderBy(r => r.Date.Day).ThenBy(r => r.Date.Time)];

        TableDate[] dates = [.. rows.Select(r => r.Date)];
        if (choice is SeriesPeriod.Auto or SeriesPeriod.None && ClockStep.IsWithinDays(dates))
        {
            var clock = ClockStep.Detect(dates);
            var flaw = clock is null ? null : PeriodCheck.Of(table.Columns[columns.Date], rows, clock);
            if (choice == SeriesPeriod.Auto && flaw is not null)
            {
                return flaw;
            }

            if (choice == SeriesPeriod.None || clock is not null)
            {
                return Output([.. dates.Select(d => d.ToMoment())], clock is null || flaw is not null ? [] : Next(dates[^1], clock), choice == SeriesPeriod.None ? "none" : clock!.Name);
            }
        }

        // Row by row the dates are labels, but the next ones can be told where each row has its own.
        var detects = choice == SeriesPeriod.Auto || (choice == SeriesPeriod.None && dates.Distinct().Count() == dates.Length);
        var step = PeriodStep.Of(choice) ?? (detects && rows.Count >= 2 ? PeriodStep.Detect(dates) : null);
        if (step is not null && choice != SeriesPeriod.None && PeriodCheck.Of(table.Columns[columns.Date], rows, step) is { } failure)
        {
            return failure;
        }

        return Output([.. dates.Select(d => d.ToString())], Next(dates[^1], step), choice == SeriesPeriod.None ? "none" : step?.Name ?? "none");

        ReadSeriesOutput Output(string[] labels, IReadOnlyList<string> next, string name) => new(
            [.. rows.Select(r => r.Value)], labels, next, rows[^1].Value, rows.Count, name, labels[0], labels[^1], unit, columns.CommodityName ?? Blank(input.Commodity), table.Format);
    }

    private static List<string> Next(TableDate last, ClockStep step)
    {
        var next = new List<string>();
        while (next.Count < NextDates)
        {
            last = step.After(last);
            next.Add(last.ToMoment());
        }

        return next;
    }

    private static List<string> Next(TableDate last, PeriodStep? step)
    {
        var next = new List<string>();
        for (var day = last.Day; step is not null && next.Count < NextDates;)
        {
            day = step.After(day);
            next.Add(TableDate.Text(day, last.Precision));
        }

        return next;
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
