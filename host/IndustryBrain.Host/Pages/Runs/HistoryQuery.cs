using IndustryBrain.Host.Texts;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Sdk;

namespace IndustryBrain.Host.Pages.Runs;

/// <summary>The filters of the history as they stand in its address.</summary>
/// <param name="Scenario">Definition id, or null.</param>
/// <param name="State">A word of <see cref="RunState.Words"/>, or null.</param>
/// <param name="Period">today, week or month, or null.</param>
/// <param name="Text">Part of a run's number, name or scenario, or null.</param>
/// <param name="Page">From 1.</param>
internal sealed record HistoryQuery(string? Scenario, string? State, string? Period, string? Text, int Page)
{
    internal const int PageSize = 50;

    internal static IReadOnlyList<(string Value, LocalizedText Text)> Periods { get; } =
        [("today", PageText.PeriodToday), ("week", PageText.PeriodWeek), ("month", PageText.PeriodMonth)];

    internal bool IsEmpty => this with { Page = 1 } == new HistoryQuery(null, null, null, null, 1);

    internal string Href
    {
        get
        {
            var parts = new (string Name, string? Value)[] { ("scenario", Scenario), ("state", State), ("period", Period), ("q", Text), ("page", Page > 1 ? Page.ToString(System.Globalization.CultureInfo.InvariantCulture) : null) };
            var query = string.Join('&', parts.Where(p => !string.IsNullOrWhiteSpace(p.Value)).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
            return query.Length == 0 ? "/runs" : "/runs?" + query;
        }
    }

    internal RunFilter Filter(TimeProvider time)
    {
        var now = time.GetLocalNow();
        var today = new DateTimeOffset(now.Year, now.Month, now.Day, 0, 0, 0, now.Offset);
        return new RunFilter
        {
            DefinitionId = Scenario,
            SubStatus = RunState.SubStatusOf(State),
            From = Period switch { "today" => today, "week" => today.AddDays(-6), "month" => today.AddDays(-29), _ => null },
            Text = Text,
            Page = Page,
            PageSize = PageSize,
        };
    }
}
