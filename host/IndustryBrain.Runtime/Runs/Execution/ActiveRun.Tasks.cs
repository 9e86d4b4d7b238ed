using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Runtime.Tasks;
using IndustryBrain.Scenarios.Execution;

namespace IndustryBrain.Runtime.Runs.Execution;

internal sealed partial class ActiveRun
{
    // The steps whose tasks are on record as open.
    private readonly HashSet<string> _tasks = hasState ? [.. Asking(engine).Select(b => b.StepId)] : [];

    private static IEnumerable<Bookmark> Asking(ScenarioExecution engine) => engine.Bookmarks.Where(b => b.Name == AskedTask.Kind);

    /// <summary>What the next commit does to the tasks of people; null for nothing.</summary>
    private TaskChanges? Tasks(DateTimeOffset at)
    {
        List<OpenedTask> opened = [];
        HashSet<string>? withdrawn = _tasks.Count > 0 ? [.. _tasks] : null;
        foreach (var bookmark in engine.Bookmarks)
        {
            if (bookmark.Name != AskedTask.Kind)
                continue;
            withdrawn?.Remove(bookmark.StepId);
            if (!_tasks.Contains(bookmark.StepId))
                opened.Add(AskedTask.Of(bookmark, record));
        }

        return opened.Count > 0 || withdrawn?.Count > 0 ? new(opened, [.. withdrawn ?? []], at) : null;
    }

    private void TasksAreRecorded()
    {
        _tasks.Clear();
        _tasks.UnionWith(Asking(engine).Select(b => b.StepId));
    }

    private bool Note(TaskDecided decided)
    {
        if (Asking(engine).FirstOrDefault(b => b.StepId == decided.StepId) is { } bookmark)
            engine.Resume(bookmark.Id, decided.Decision);
        return true;
    }

    /// <summary>True when what is due is a task that was decided in time: the decision is on its way. A task that nobody decided is closed, so that nobody can any more.</summary>
    private async Task<bool> IsDecidedAsync(Bookmark bookmark, CancellationToken ct)
    {
        if (!_tasks.Contains(bookmark.StepId) || !await services.Tasks.IsDecidedAsync(Id, bookmark.StepId, services.Time.GetUtcNow(), ct))
            return false;
        Tell();
        return true;
    }
}
