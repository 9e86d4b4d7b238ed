namespace IndustryBrain.Runtime.Runs.Execution;

/// <summary>How many runs of each organization this node executes; waiting runs do not count.</summary>
internal sealed class ExecutionSlots(Func<string, int> mostOf)
{
    private readonly Dictionary<string, int> _taken = [];
    private readonly Lock _lock = new();

    public bool TryTake(string organization)
    {
        lock (_lock)
        {
            var taken = _taken.GetValueOrDefault(organization);
            if (taken >= mostOf(organization))
                return false;
            _taken[organization] = taken + 1;
            return true;
        }
    }

    /// <returns>True when there was none free before.</returns>
    public bool Release(string organization)
    {
        lock (_lock)
        {
            var left = _taken.GetValueOrDefault(organization) - 1;
            if (left > 0)
                _taken[organization] = left;
            else
                _taken.Remove(organization);
            return left + 1 >= mostOf(organization);
        }
    }

    /// <summary>Organizations that have no free slot here.</summary>
    public string[] Full()
    {
        lock (_lock)
            return [.. _taken.Where(e => e.Value >= mostOf(e.Key)).Select(e => e.Key)];
    }
}
