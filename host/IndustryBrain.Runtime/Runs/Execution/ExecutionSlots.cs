namespace IndustryBrain.Runtime.Runs.Execution;

/// <summary>How many runs of each organization this node executes; waiting runs do not count.</summary>
internal sealed class ExecutionSlots(int maxPerOrganization)
{
    private readonly Dictionary<string, int> _taken = [];
    private readonly Lock _lock = new();

    public bool TryTake(string organization)
    {
        lock (_lock)
        {
            var taken = _taken.GetValueOrDefault(organization);
            if (taken >= maxPerOrganization)
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
            return left + 1 >= maxPerOrganization;
        }
    }

    /// <summary>Organizations that have no free slot here.</summary>
    public string[] Full()
    {
        lock (_lock)
            return [.. _taken.Where(e => e.Value >= maxPerOrganization).Select(e => e.Key)];
    }
}
