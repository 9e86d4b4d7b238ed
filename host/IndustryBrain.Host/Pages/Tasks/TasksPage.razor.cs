using IndustryBrain.Identity;
using IndustryBrain.Runtime.Tasks;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Tasks;

/// <summary>What runs ask people: first what waits for whoever looks.</summary>
public sealed partial class TasksPage
{
    [SupplyParameterFromQuery(Name = "show")] private string? ShowParameter { get; set; }

    [SupplyParameterFromQuery(Name = "q")] private string? TextParameter { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int? PageParameter { get; set; }

    [Inject] private HumanTasks Tasks { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc />
    protected override object Key => Query;

    /// <inheritdoc />
    protected override string Reads => Permission.ReadTasks;

    private TasksQuery Query => new(
        TasksQuery.Choices.Any(c => c.Value == ShowParameter) ? ShowParameter! : TasksQuery.Mine,
        NullIfEmpty(TextParameter),
        Math.Clamp(PageParameter ?? 1, 1, 100_000));

    /// <inheritdoc />
    protected override async Task<Result<IndustryBrain.Runtime.Tasks.TaskPage>> LoadAsync(CancellationToken ct) => await Tasks.ListAsync(Caller, Query.Filter, ct);

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) || text.Contains('\0', StringComparison.Ordinal) ? null : text.Trim();

    private void Find(ChangeEventArgs e) => Navigation.NavigateTo((Query with { Text = NullIfEmpty(e.Value as string), Page = 1 }).Href);
}
