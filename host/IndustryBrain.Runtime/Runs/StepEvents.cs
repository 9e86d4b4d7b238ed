using IndustryBrain.Runtime.Http;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Scenarios.Execution;

namespace IndustryBrain.Runtime.Runs;

/// <summary>What a repair itself does to steps, as the journal keeps it: waits that are waited for again, steps below that are given up.</summary>
internal static class StepEvents
{
    public static object? Of(ExecutionEvent e, RunHistory history) => e switch
    {
        StepStarted s => new StepBegan(s.StepId, s.NodeId, s.Type, s.Input, s.At) { Attempt = s.Attempt > 1 ? s.Attempt : null },
        StepCancelled s => new StepEnded(s.StepId, s.NodeId, history.Find(s.StepId)?.Type ?? "", StepStates.Cancelled, null, s.At, null, null, [], null),
        StepSuspended s => new StepWaits(s.StepId, s.Bookmark.Id, s.Bookmark.Name, s.Bookmark.EventName ?? HttpWaits.RouteOf(s.Bookmark), s.Bookmark.Due, s.At),
        _ => null,
    };
}
