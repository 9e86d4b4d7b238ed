using System.Runtime.CompilerServices;
using IndustryBrain.Scenarios.Definitions.Model;

namespace IndustryBrain.Scenarios.Execution;

/// <content>Flowcharts: visits are counted, each activity is an implicit join of the branches that are alive.</content>
public sealed partial class ScenarioExecution
{
    private static readonly string[] JoinModes = ["WaitAny", "WaitAll", "WaitAllActive"];

    private async ValueTask StartFlowchartAsync(ActivityRecord record, CancellationToken ct)
    {
        var node = record.Node!;
        if (node.Children.Length == 0)
        {
            await CompleteAsync(record, ct);
            return;
        }

        record.Flow = new FlowState(node, StartOf(node, TriggerActivityId));
        Schedule(record, node.Children[record.Flow.Start]);
    }

    internal static int StartOf(ActivityNode flowchart, string? triggerActivityId)
    {
        var children = flowchart.Children;
        var start = triggerActivityId is { } trigger ? Array.FindIndex(children, c => c.Id == trigger) : -1;
        if (start < 0)
            start = Array.FindIndex(children, c => c.Kind == ActivityKind.Start);
        if (start < 0)
            start = Array.FindIndex(children, c => c.CanStartWorkflow);
        if (start < 0)
            start = Array.FindIndex(children, c => !Array.Exists(flowchart.Connections, x => x.Target == c.Position));
        return Math.Max(0, start);
    }

    private async ValueTask FlowChildCompletedAsync(ActivityRecord flowchart, ActivityRecord child, IReadOnlyList<string>? outcomes, CancellationToken ct)
    {
        if (child.Node!.IsTerminal)
        {
            KeepOneQueued(flowchart);
            await CompleteAsync(flowchart, ct);
            return;
        }

        if (!child.IsBackward)
            flowchart.Flow!.Visits[child.Node.Position]++;
        await PropagateAsync(flowchart, child.Node.Position, outcomes, isSkipped: false, ct);
        await TryCompleteFlowchartAsync(flowchart, ct);
    }

    // Of what a flowchart that ends has queued already, one activity still runs.
    private void KeepOneQueued(ActivityRecord flowchart)
    {
        var isFirst = true;
        RemoveQueued(i => i.Kind == WorkKind.Schedule && i.Record == flowchart && !TakeFirst(ref isFirst));
    }

    private static bool TakeFirst(ref bool isFirst)
    {
        var was = isFirst;
        isFirst = false;
        return was;
    }

    private async ValueTask TryCompleteFlowchartAsync(ActivityRecord flowchart, CancellationToken ct)
    {
        if (flowchart.FirstChild is null && flowchart.QueuedBelow == 0)
            await CompleteAsync(flowchart, ct);
    }

    // Depth first, without recursion: a dead path may be as long as the flowchart.
    private async ValueTask PropagateAsync(ActivityRecord flowchart, int source, IReadOnlyList<string>? outcomes, bool isSkipped, CancellationToken ct)
    {
        Stack<(int Source, int Next, bool IsSkipped)>? outer = null;
        var (current, next) = (source, 0);
        while (true)
        {
            var outbound = flowchart.Flow!.Graph.Outbound(current);
            if (next >= outbound.Length)
            {
                if (outer is null || !outer.TryPop(out var frame))
                    return;
                (current, next, isSkipped) = frame;
                continue;
            }

            var target = await LeaveAsync(flowchart, outbound[next++], outcomes, isSkipped, ct);
            if (target >= 0)
            {
                (outer ??= new()).Push((current, next, isSkipped));
                (current, next, isSkipped) = (target, 0, true);
            }
        }
    }

    // The target when it is skipped, else -1.
    private async ValueTask<int> LeaveAsync(ActivityRecord flowchart, int c, IReadOnlyList<string>? outcomes, bool isSkipped, CancellationToken ct)
    {
        var (node, flow) = (flowchart.Node!, flowchart.Flow!);
        var connection = node.Connections[c];
        var isFollowed = !isSkipped && Follows(connection.Port, outcomes);
        flow.ConnectionVisits[c]++;
        flow.IsFollowed[c] = isFollowed;
        if (!flow.Graph.IsBackward(c))
            return await ReachAsync(flowchart, c, ct) ? connection.Target : -1;
        if (!isFollowed)
            return -1;
        if (!flow.Graph.IsBackwardLegal(c))
            throw new ActivityFaultException(ScenarioFailures.IllegalBackwardConnection(node.Children[connection.Source].Id, node.Children[connection.Target].Id));
        Schedule(flowchart, node.Children[connection.Target], isBackward: true);
        return -1;
    }

    // Without outcomes an activity completes with "no port" and Done.
    private static bool Follows(string? port, IReadOnlyList<string>? outcomes) =>
        outcomes is null ? port is null or "Done" : port is not null && outcomes.Contains(port, StringComparer.Ordinal);

    // True when the target is skipped.
    private async ValueTask<bool> ReachAsync(ActivityRecord flowchart, int c, CancellationToken ct)
    {
        var (node, flow) = (flowchart.Node!, flowchart.Flow!);
        var target = node.Connections[c].Target;
        var child = node.Children[target];
        var mode = child.Kind == ActivityKind.FlowJoin ? JoinModes[await EnumAsync(flowchart, child, "mode", JoinModes, ct)] : "WaitAllActive";
        if (mode == "WaitAny")
        {
            if (flow.Visits[target] >= flow.ConnectionVisits[c] || IsQueuedOrRunning(flowchart, child))
                return false;
            if (flow.IsFollowed[c])
            {
                Schedule(flowchart, child);
                await CancelAncestorsAsync(flowchart, target, ct);
                return false;
            }
        }

        var (followed, inbound) = (0, flow.Graph.ForwardInbound(target).Length);
        foreach (var i in flow.Graph.ForwardInbound(target))
        {
            if (flow.ConnectionVisits[i] <= flow.Visits[target])
                return false;
            followed += flow.IsFollowed[i] ? 1 : 0;
        }

        if (mode == "WaitAll" ? followed == inbound : mode == "WaitAllActive" && followed > 0)
        {
            Schedule(flowchart, child);
            return false;
        }

        if (followed > 0 && mode == "WaitAny")
            return false;
        flow.Visits[target]++;
        return true;
    }

    private bool IsQueuedOrRunning(ActivityRecord flowchart, ActivityNode node)
    {
        for (var child = flowchart.FirstChild; child is not null; child = child.NextSibling)
        {
            if (child.Node == node && child.Status == ActivityStatus.Running)
                return true;
        }

        return _queue.Any(i => i.Kind == WorkKind.Schedule && i.Record == flowchart && i.Node == node);
    }

    private async ValueTask CancelAncestorsAsync(ActivityRecord flowchart, int target, CancellationToken ct)
    {
        if (flowchart.FirstChild is null)
            return;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new ActivityFaultException(ScenarioFailures.TooManyJoins());
        var ancestors = flowchart.Flow!.Graph.Ancestors(target);
        List<ActivityRecord>? cancelled = null;
        for (var child = flowchart.FirstChild; child is not null; child = child.NextSibling)
        {
            if (child.Status == ActivityStatus.Running && ancestors[child.Node!.Position])
                (cancelled ??= []).Add(child);
        }

        foreach (var child in cancelled ?? [])
        {
            CancelRecord(child);
            if (!child.IsBackward)
                flowchart.Flow.Visits[child.Node!.Position]++;
            await PropagateAsync(flowchart, child.Node!.Position, null, isSkipped: true, ct);
        }
    }
}
