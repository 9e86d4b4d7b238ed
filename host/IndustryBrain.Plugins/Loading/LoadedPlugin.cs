using System.Runtime.CompilerServices;
using IndustryBrain.Sdk.Components;
using McMaster.NETCore.Plugins;

namespace IndustryBrain.Plugins.Loading;

/// <summary>One version of a plugin: its descriptors at once, its assembly at the first call.</summary>
internal sealed class LoadedPlugin(InstalledPlugin installed)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PluginLoader? _loader;
    private Dictionary<string, Component>? _components;
    private int _calls;
    private bool _isClosing;

    public InstalledPlugin Installed { get; } = installed;

    /// <summary>Takes a place for one call; false when the plugin is being unloaded.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_isClosing)
            {
                return false;
            }

            _calls++;
            return true;
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            if (--_calls == 0 && _isClosing)
            {
                _drained.TrySetResult();
            }
        }
    }

    /// <summary>The component, loading the assembly first when nobody has.</summary>
    /// <exception cref="Exception">Whatever loading an assembly or a constructor of the plugin throws.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Component? Component(string componentId)
    {
        var components = _components;
        if (components is null)
        {
            lock (_gate)
            {
                components = _components ??= Load();
            }
        }

        return components.GetValueOrDefault(componentId);
    }

    /// <summary>Takes no further calls and completes when those under way have ended.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _isClosing = true;
            if (_calls == 0)
            {
                _drained.TrySetResult();
            }
        }

        return _drained.Task;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Unload()
    {
        PluginLoader? loader;
        lock (_gate)
        {
            (loader, _loader, _components) = (_loader, null, null);
        }

        loader?.Dispose();
        SerializerCaches.Clear();
    }

    private Dictionary<string, Component> Load()
    {
        _loader = PluginAssembly.Open(Installed.EntryAssemblyPath);
        return PluginAssembly.Create(_loader);
    }
}
