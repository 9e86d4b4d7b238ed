using System.Globalization;
using IndustryBrain.Host.Texts;
using IndustryBrain.Runtime.Tasks;
using IndustryBrain.Sdk;

namespace IndustryBrain.Host.Pages.Tasks;

/// <summary>What the list of tasks shows, as it stands in its address.</summary>
/// <param name="Show">mine, open, closed or all.</param>
/// <param name="Text">Part of a title, or null.</param>
/// <param name="Page">From 1.</param>
internal sealed record TasksQuery(string Show, string? Text, int Page)
{
    internal const int PageSize = 50;
    internal const string Mine = "mine";

    internal static IReadOnlyList<(string Value, LocalizedText Text)> Choices { get; } =
        [(Mine, PageText.TasksMine), ("open", PageText.TasksOpen), ("decided", PageText.TaskDecided), ("all", PageText.TasksAll)];

    internal string Href
    {
        get
        {
            var parts = new (string Name, string? Value)[] { ("show", Show == Mine ? null : Show), ("q", Text), ("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null) };
            var query = string.Join('&', parts.Where(p => !string.IsNullOrWhiteSpace(p.Value)).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
            return query.Length == 0 ? "/tasks" : "/tasks?" + query;
        }
    }

    internal TaskFilter Filter => new()
    {
        State = Show switch { "all" => null, "decided" => TaskState.Decided, _ => TaskState.Open },
        Mine = Show == Mine,
        Text = Text,
        Page = Page,
        PageSize = PageSize,
    };
}
