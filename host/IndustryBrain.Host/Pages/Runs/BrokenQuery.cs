using System.Globalization;
using IndustryBrain.Runtime.Runs;

namespace IndustryBrain.Host.Pages.Runs;

/// <summary>What the list of broken runs shows, as it stands in its address.</summary>
/// <param name="Scenario">Id of a scenario, or null.</param>
/// <param name="Code">Code of the failure, or null.</param>
/// <param name="Step">Id of the activity, or null.</param>
/// <param name="Page">From 1.</param>
internal sealed record BrokenQuery(string? Scenario, string? Code, string? Step, int Page)
{
    internal const int PageSize = 50;

    internal bool IsEmpty => Scenario is null && Code is null && Step is null;

    internal string Href
    {
        get
        {
            var parts = new (string Name, string? Value)[] { ("scenario", Scenario), ("code", Code), ("step", Step), ("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null) };
            var query = string.Join('&', parts.Where(p => !string.IsNullOrWhiteSpace(p.Value)).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
            return query.Length == 0 ? "/runs/broken" : "/runs/broken?" + query;
        }
    }

    internal RunFilter Filter => new() { IsBroken = true, DefinitionId = Scenario, Code = Code, Step = Step, Page = Page, PageSize = PageSize };
}
