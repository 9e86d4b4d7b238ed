namespace IndustryBrain.Plugins.Loading;

/// <summary>Which load contexts are still in memory after they were unloaded: something of theirs is referred to, such as a thread or a static event of the host.</summary>
internal sealed class UnloadWatch
{
    private readonly Lock _gate = new();
    private readonly List<(InstalledPlugin Plugin, WeakReference Context)> _contexts = [];

    /// <summary>Those that are there now. A context that nobody refers to may stand here until the next full collection.</summary>
    public IReadOnlyList<InstalledPlugin> Alive
    {
        get
        {
            lock (_gate)
            {
                _contexts.RemoveAll(c => !c.Context.IsAlive);
                return [.. _contexts.Select(c => c.Plugin)];
            }
        }
    }

    /// <summary>Watches what is left of a plugin that was unloaded.</summary>
    public void Watch(InstalledPlugin plugin, WeakReference? context)
    {
        if (context is null)
        {
            return;
        }

        lock (_gate)
        {
            _contexts.RemoveAll(c => !c.Context.IsAlive);
            _contexts.Add((plugin, context));
        }
    }
}
