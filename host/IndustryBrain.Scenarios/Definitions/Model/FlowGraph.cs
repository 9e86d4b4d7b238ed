namespace IndustryBrain.Scenarios.Definitions.Model;

/// <summary>The connections of a flowchart, classified from one start: forward, backward, or never reached.</summary>
internal sealed class FlowGraph
{
    private readonly FlowConnection[] _connections;
    private readonly bool[] _isBackward;
    private readonly bool[] _isForward;
    private readonly int[][] _outbound;
    private readonly int[][] _forwardInbound;
    private readonly int _start;
    private readonly int _count;

    public FlowGraph(ActivityNode flowchart, int start)
    {
        _connections = flowchart.Connections;
        _start = start;
        _count = flowchart.Children.Length;
        _isBackward = new bool[_connections.Length];
        _isForward = new bool[_connections.Length];
        _outbound = Group(_count, _connections.Length, i => _connections[i].Source);
        Classify();
        _forwardInbound = Group(_count, _connections.Length, i => _isForward[i] ? _connections[i].Target : -1);
    }

    public ReadOnlySpan<int> Outbound(int activity) => _outbound[activity];

    public ReadOnlySpan<int> ForwardInbound(int activity) => _forwardInbound[activity];

    public bool IsBackward(int connection) => _isBackward[connection];

    public bool IsForward(int connection) => _isForward[connection];

    /// <summary>True when every forward path from the start to the connection's source passes its target.</summary>
    public bool IsBackwardLegal(int connection)
    {
        var (source, target) = (_connections[connection].Source, _connections[connection].Target);
        return source == target || target == _start || !Reaches(_start, source, avoid: target);
    }

    /// <summary>The activities from which one is reached over forward connections.</summary>
    public bool[] Ancestors(int activity)
    {
        var found = new bool[_count];
        var open = new Stack<int>();
        open.Push(activity);
        while (open.TryPop(out var current))
        {
            foreach (var c in ForwardInbound(current))
            {
                var source = _connections[c].Source;
                if (!found[source])
                {
                    found[source] = true;
                    open.Push(source);
                }
            }
        }

        return found;
    }

    private void Classify()
    {
        if (_count == 0)
            return;
        var seen = new bool[_count];
        var queue = new Queue<int>();
        queue.Enqueue(_start);
        seen[_start] = true;
        while (queue.TryDequeue(out var source))
        {
            foreach (var c in _outbound[source])
            {
                var target = _connections[c].Target;
                if (source == target || Reaches(target, source, avoid: -1))
                {
                    _isBackward[c] = true;
                    continue;
                }

                _isForward[c] = true;
                if (!seen[target])
                {
                    seen[target] = true;
                    queue.Enqueue(target);
                }
            }
        }
    }

    private bool Reaches(int from, int to, int avoid)
    {
        if (from == avoid)
            return false;
        var seen = new bool[_count];
        var open = new Stack<int>();
        open.Push(from);
        seen[from] = true;
        while (open.TryPop(out var current))
        {
            if (current == to)
                return true;
            foreach (var c in _outbound[current])
            {
                var next = _connections[c].Target;
                if (_isForward[c] && next != avoid && !seen[next])
                {
                    seen[next] = true;
                    open.Push(next);
                }
            }
        }

        return false;
    }

    private static int[][] Group(int groups, int count, Func<int, int> groupOf)
    {
        var lists = new List<int>[groups];
        for (var i = 0; i < count; i++)
        {
            var group = groupOf(i);
            if (group >= 0)
                (lists[group] ??= []).Add(i);
        }

        return [.. lists.Select(l => l?.ToArray() ?? [])];
    }
}
