using IndustryBrain.Identity;
using IndustryBrain.Runtime.Tasks;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Tasks;

/// <summary>One task: what is asked, the form to decide it, what happened to it.</summary>
public sealed partial class TaskDetailPage
{
    /// <summary>Id of the task.</summary>
    [Parameter] public string Id { get; set; } = "";

    [Inject] private HumanTasks Tasks { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc />
    protected override object Key => Id;

    /// <inheritdoc />
    protected override string Reads => Permission.ReadTasks;

    /// <inheritdoc />
    protected override bool KeepsNothing(object? oldKey) => true;

    /// <inheritdoc />
    protected override Task<Result<TaskView>> LoadAsync(CancellationToken ct) => Tasks.GetAsync(Caller, Id, ct);

    private void Show(TaskView task) => Data = task;
}
