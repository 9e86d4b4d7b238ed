using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Values;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Execution;

/// <content>Going on in another version of the definition.</content>
public sealed partial class ScenarioExecution
{
    /// <summary>
    /// The same run in another version of its definition. What it has done stays done; what is under way, waits or broke stands in the activity of the same id, which has to be of the same type and within
    /// the same activity as before. What it waits for does not change.
    /// </summary>
    /// <param name="definition">The other version.</param>
    /// <param name="services">What it uses there.</param>
    /// <param name="nodes">Ids of activities that have another id there: old to new.</param>
    /// <returns>The run, or IB3087 for an activity that is not there, IB3088 for one that is another there, IB3089 for a variable that does not fit.</returns>
    public Result<ScenarioExecution> MoveTo(ScenarioDefinition definition, ExecutionServices services, IReadOnlyDictionary<string, string> nodes)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(nodes);
        var move = new Move(_definition, definition, nodes);
        var moved = new ScenarioExecution(definition, services, RunId)
        {
            CorrelationId = CorrelationId,
            Name = Name,
            ParentRunId = ParentRunId,
            TriggerActivityId = TriggerActivityId,
            TriggerPayload = TriggerPayload,
            Status = Status,
            SubStatus = SubStatus,
        };
        try
        {
            moved.Take(this, move);
        }
        catch (ActivityFaultException e)
        {
            return e.Failure;
        }

        return moved;
    }

    private void Take(ScenarioExecution from, Move move)
    {
        (_steps, _bookmarkCount, _lastResult, _servesRequest) = (from._steps, from._bookmarkCount, from._lastResult, from._servesRequest);
        foreach (var (name, value) in from._inputs)
            _inputs[name] = value;
        foreach (var (name, value) in from._output)
            _output[name] = value;
        _lines.AddRange(from._lines);
        _incidents.AddRange(from._incidents);
        _localEvents.AddRange(from._localEvents);
        var records = new Dictionary<ActivityRecord, ActivityRecord>();
        foreach (var old in from.CollectRecords().Keys)
            records[old] = move.Record(old, records);
        _root = records[from._root];
        _held = _output.Values.Sum(Weight) + _lines.Sum(Weight) + records.Values.Sum(HeldBy);
        _unfinished = from._unfinished;
        foreach (var item in from._queue)
        {
            var payload = item.Payload is Telling telling ? Moved(telling, records) : item.Payload;
            Enqueue(item with { Record = records[item.Record], Node = item.Node is { } node ? move.Node(node) : null, Payload = payload });
        }

        MoveWaiting(from._bookmarks, _bookmarks, records, static (b, node) => b with { NodeId = node });
        MoveWaiting(from._calls, _calls, records, static (c, node) => c with { NodeId = node });
        MoveWaiting(from._children, _children, records, static (c, node) => c with { NodeId = node });
        MoveWaiting(from._left.Bookmarks, _left.Bookmarks, records, static (b, node) => b with { NodeId = node });
        MoveWaiting(from._left.Calls, _left.Calls, records, static (c, node) => c with { NodeId = node });
        MoveWaiting(from._left.Children, _left.Children, records, static (c, node) => c with { NodeId = node });
        foreach (var broken in from._broken)
            _broken.Add(new BrokenRecord(records[broken.Record], broken.Incident, broken.Telling is { } told ? Moved(told, records) : null));
        foreach (var (index, passes) in from._passes)
        {
            if (move.Find(from._definition.Activities[index]) is { } node)
                _passes[node.Index] = passes;
        }
    }

    private static Telling Moved(Telling telling, Dictionary<ActivityRecord, ActivityRecord> records) => telling with { Parent = records[telling.Parent], Child = records[telling.Child] };

    private static void MoveWaiting<T>(List<Waiting<T>> from, List<Waiting<T>> to, Dictionary<ActivityRecord, ActivityRecord> records, Func<T, string, T> at) =>
        to.AddRange(from.Select(w => new Waiting<T>(records[w.Record], at(w.For, records[w.Record].Node!.NodeId))));

    /// <summary>Finds in another version what a run stands in.</summary>
    private sealed class Move(ScenarioDefinition from, ScenarioDefinition to, IReadOnlyDictionary<string, string> nodes)
    {
        public ActivityNode? Find(ActivityNode old)
        {
            var id = nodes.TryGetValue(old.NodeId, out var given) || nodes.TryGetValue(old.Id, out given) ? given : null;
            if (id is null && Array.Find(to.Activities, n => n.NodeId == old.NodeId) is { } same)
                return same;
            id ??= old.Id;
            ActivityNode[] found = [.. to.Activities.Where(n => n.NodeId == id || n.Id == id)];
            return found is [var only] ? only : null;
        }

        public ActivityNode Node(ActivityNode old)
        {
            var node = Find(old) ?? throw new ActivityFaultException(ScenarioFailures.NodeMissing(old.NodeId));
            return node.Type == old.Type && node.Kind == old.Kind ? node : throw new ActivityFaultException(ScenarioFailures.NodeDiffers(old.NodeId, old.Type, node.Type));
        }

        public ActivityRecord Record(ActivityRecord old, Dictionary<ActivityRecord, ActivityRecord> records)
        {
            if (old.Parent is null)
                return With(new ActivityRecord(old.Step, null, null), old, to.Variables);
            var (parent, node) = (records[old.Parent], Node(old.Node!));

            // A step of a bulk dispatch stands in the same activity as what it is below.
            if (node.Parent != parent.Node && node != parent.Node)
                throw new ActivityFaultException(ScenarioFailures.NodeElsewhere(node.NodeId));
            var record = With(new ActivityRecord(old.Step, node, parent), old, node.Variables);
            if (old.IsAttached)
                record.Attach();
            (record.Loop, record.Cursor) = (old.Loop ?? record.Loop, Cursor(old, node));
            if (old.Flow is { } flow)
                record.Flow = Flow(old.Node!, node, flow);
            else if (old.Machine is { } machine)
                record.Machine = Machine(old.Node!, node, machine);
            else if (old.Guard is { } guard)
                record.Guard = Guard(guard);
            else if (old.Workflow is { } workflow)
                record.Workflow = workflow;
            else if (old.Map is { } map)
                record.Map = map;
            return record;
        }

        private ActivityRecord With(ActivityRecord record, ActivityRecord old, VariableDeclaration[] declarations)
        {
            (record.Status, record.Attempt, record.FirstAttempt, record.Remaining) = (old.Status, old.Attempt, old.FirstAttempt, old.Remaining);
            (record.IsBreaking, record.IsBackward, record.WaitsForChild) = (old.IsBreaking, old.IsBackward, old.WaitsForChild);
            record.Variables = Variables(old.Variables, declarations, record.Node?.NodeId ?? "");
            if (old.Outputs is { } outputs)
            {
                record.Outputs = new Dictionary<(int Node, string Output), object?>(OutputKeyComparer.Instance);
                foreach (var ((index, name), value) in outputs)
                {
                    if (Find(from.Activities[index]) is { } giver)
                        record.Outputs[(giver.Index, name)] = value;
                }
            }

            return record;
        }

        private static VariableSlot[] Variables(VariableSlot[] old, VariableDeclaration[] declarations, string where)
        {
            var slots = Array.ConvertAll(declarations, static d => new VariableSlot(d));
            foreach (var slot in slots)
            {
                if (Array.Find(old, o => o.Id == slot.Id) is not { } known)
                    continue;
                try
                {
                    slot.Put(slot.Convert(known.Value), known.Weight);
                }
                catch (ConversionException e)
                {
                    throw new ActivityFaultException(ScenarioFailures.VariableUnfit(slot.Name, where, e.What));
                }
            }

            // One that is declared no more is kept: what is under way may still read it.
            return [.. slots, .. old.Where(o => !Array.Exists(slots, s => s.Id == o.Id)).Select(static o =>
            {
                var kept = new VariableSlot(o.Name, null);
                kept.Put(o.Value, o.Weight);
                return kept;
            })];
        }

        // In a sequence what comes next follows the child that was started last, wherever that stands now.
        private int Cursor(ActivityRecord old, ActivityNode node)
        {
            if (node.Kind != ActivityKind.Sequence || old.Cursor == 0)
                return old.Cursor;
            var last = Node(old.Node!.Children[old.Cursor - 1]);
            return Array.IndexOf(node.Children, last) is >= 0 and var at ? at + 1 : throw new ActivityFaultException(ScenarioFailures.NodeElsewhere(last.NodeId));
        }

        private FlowState Flow(ActivityNode old, ActivityNode node, FlowState flow)
        {
            int At(int position) => Find(old.Children[position]) is { } child && child.Parent == node ? child.Position : -1;
            var moved = new FlowState(node, At(flow.Start) is >= 0 and var start ? start : StartOf(node, null));
            for (var i = 0; i < flow.Visits.Length; i++)
            {
                if (At(i) is >= 0 and var position)
                    moved.Visits[position] = flow.Visits[i];
            }

            for (var i = 0; i < flow.ConnectionVisits.Length; i++)
            {
                var connection = old.Connections[i];
                var (source, target) = (At(connection.Source), At(connection.Target));
                var at = Array.FindIndex(node.Connections, c => c.Source == source && c.Target == target && c.Port == connection.Port);
                if (at >= 0)
                    (moved.ConnectionVisits[at], moved.IsFollowed[at]) = (flow.ConnectionVisits[i], flow.IsFollowed[i]);
            }

            return moved;
        }

        private static MachineRun Machine(ActivityNode old, ActivityNode node, MachineRun machine)
        {
            var name = old.Machine!.States[machine.State].Name;
            var state = node.Machine!.Find(name);
            if (state < 0)
                throw new ActivityFaultException(ScenarioFailures.NodeMissing($"{old.NodeId}:{name}"));
            var transition = machine.Transition;
            if (transition >= 0 && transition < old.Machine.Transitions.Length && machine.Next is not (MachinePhase.Entry or MachinePhase.Choose))
            {
                var taken = old.Machine.Transitions[transition];
                var to = old.Machine.States[taken.To].Name;
                transition = Array.FindIndex(node.Machine.Transitions, t => t.From == state && node.Machine.States[t.To].Name == to && t.Trigger?.Id == taken.Trigger?.Id);
                if (transition < 0 && machine.Next != MachinePhase.Waiting)
                    throw new ActivityFaultException(ScenarioFailures.NodeMissing($"{old.NodeId}:{name} → {to}"));
            }

            return new MachineRun { State = state, Transition = Math.Max(0, transition), Next = machine.Next };
        }

        private GuardState Guard(GuardState old)
        {
            var guard = new GuardState { Phase = old.Phase, Attempt = old.Attempt, MaxAttempts = old.MaxAttempts, Delay = old.Delay, Factor = old.Factor, MaxDelay = old.MaxDelay, Jitter = old.Jitter, Codes = old.Codes, Pending = old.Pending };
            guard.Undo.AddRange(old.Undo.Select(Node));
            return guard;
        }
    }
}
