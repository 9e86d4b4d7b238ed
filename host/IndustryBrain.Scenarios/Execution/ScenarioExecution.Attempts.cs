using System.Globalization;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Execution;

/// <content>Attempts at a step: how often by its own policy, and how long each may take.</content>
public sealed partial class ScenarioExecution
{
    /// <summary>Name of the bookmark of a step that waits for its next attempt.</summary>
    public const string PauseName = "IndustryBrain.NextAttempt";

    /// <summary>Name of the bookmark that ends an attempt which takes too long; the step itself does not wait for it.</summary>
    public const string DeadlineName = "IndustryBrain.Timeout";

    private bool MayTryAgain(ActivityRecord record, Failure failure) =>
        record.Node!.Policy is { } policy && Status == ExecutionStatus.Running && record.Attempt - record.FirstAttempt + 1 < policy.Attempts && !IsBulkItem(record) && policy.Takes(failure);

    private void TryAgainLater(ActivityRecord record)
    {
        var (node, policy) = (record.Node!, record.Node!.Policy!);
        ResetForAnother(record);
        var tried = record.Attempt - record.FirstAttempt + 1;
        var delay = Definitions.Model.StepPolicy.DelayBefore(tried, policy.FirstDelay, policy.Factor, policy.MaxDelay);
        delay = Definitions.Model.StepPolicy.Jittered(delay, policy.Jitter, RunId, record.StepId, record.Attempt);
        if (delay <= TimeSpan.Zero)
        {
            Enqueue(new WorkItem(WorkKind.Again, record, null, null, false));
            return;
        }

        var bookmark = new Bookmark(NextBookmarkId(), record.StepId, node.NodeId, PauseName, Now + delay, null, null, Now);
        _bookmarks.Add(new Waiting<Bookmark>(record, bookmark));
        _events.Add(new StepSuspended(record.StepId, node.NodeId, Now, bookmark));
    }

    private void SetDeadline(ActivityRecord record, TimeSpan longest) =>
        _bookmarks.Add(new Waiting<Bookmark>(record, new Bookmark(NextBookmarkId(), record.StepId, record.Node!.NodeId, DeadlineName, Now + longest, null, null, Now)));

    private string NextBookmarkId() => string.Create(CultureInfo.InvariantCulture, $"b{++_bookmarkCount}");
}
