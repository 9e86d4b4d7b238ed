using IndustryBrain.Host.Pages.Runs;
using IndustryBrain.Identity.Auditing;

namespace IndustryBrain.Host.Pages.Audits;

/// <summary>The filters of the trail as they stand in its address.</summary>
/// <param name="Kind">Beginning of the actions, or null.</param>
/// <param name="Result">ok, denied or failed, or null.</param>
/// <param name="Actor">Id of who did it, or null.</param>
/// <param name="Period">today, week or month, or null.</param>
/// <param name="After">Id of the last record of the page before, or null.</param>
internal sealed record AuditQuery(string? Kind, string? Result, string? Actor, string? Period, Guid? After)
{
    internal const int PageSize = 50;

    internal string Href => "/audit" + Text(("kind", Kind), ("result", Result), ("actor", Actor), ("period", Period), ("after", After?.ToString()));

    internal string Export(TimeProvider time, string? format = null) =>
        "/api/v1/audit/export" + Text(("action", Kind), ("result", Result), ("actor", Actor), ("from", Filter(time).From?.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture)), ("format", format));

    internal AuditFilter Filter(TimeProvider time) => new()
    {
        Action = Kind,
        Result = Result,
        Actor = Actor,
        From = new HistoryQuery(null, null, Period, null, 1).Filter(time).From,
        After = After,
        PageSize = PageSize,
    };

    private static string Text(params (string Name, string? Value)[] parts)
    {
        var query = string.Join('&', parts.Where(p => !string.IsNullOrWhiteSpace(p.Value)).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
        return query.Length == 0 ? "" : "?" + query;
    }
}
