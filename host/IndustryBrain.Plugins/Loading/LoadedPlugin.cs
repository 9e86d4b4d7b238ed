using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text.Json;
using McMaster.NETCore.Plugins;

namespace IndustryBrain.Plugins.Loading;

/// <summary>One version of a plugin: its descriptors at once, its assembly at the first call.</summary>
internal sealed class LoadedPlugin(InstalledPlugin installed)
{
    private readonly Lock _gate = new();
    private readonly Drain _calls = new();
    private readonly Dictionary<string, TrustedComponents> _byOrganization = new(StringComparer.Ordinal);
    private PluginLoader? _loader;
    private WeakReference? _context;

    public InstalledPlugin Installed { get; } = installed;

    /// <summary>Takes a place for one call; false when the plugin is being unloaded.</summary>
    public bool TryEnter() => _calls.TryEnter();

    public void Leave() => _calls.Leave();

    /// <summary>Takes the components of an organization for one call, which ends with <see cref="Drain.Leave"/>. The assembly is loaded when nobody has, and objects are made where there are none with these settings.</summary>
    /// <param name="organization">The organization; empty where the plugin has no settings: then all share the objects.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="replaced">Those with older settings, to be retired; else null.</param>
    /// <exception cref="Exception">Whatever loading an assembly or a constructor of the plugin throws.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public TrustedComponents Enter(string organization, JsonElement settings, out TrustedComponents? replaced)
    {
        var text = settings.GetRawText();
        replaced = null;
        lock (_gate)
        {
            if (!_byOrganization.TryGetValue(organization, out var current) || current.SettingsText != text)
            {
                replaced = current;
                _loader ??= PluginAssembly.Open(Installed.EntryAssemblyPath);
                _byOrganization[organization] = current = new(new(PluginAssembly.Create(_loader), settings), text);
                _context ??= new(AssemblyLoadContext.GetLoadContext(_loader.LoadDefaultAssembly()));
            }

            current.Calls.TryEnter();
            return current;
        }
    }

    /// <summary>Takes no further calls and completes when those under way have ended.</summary>
    public Task CloseAsync() => _calls.CloseAsync();

    /// <summary>Gives the objects out of hand, to be stopped.</summary>
    public IReadOnlyList<TrustedComponents> TakeComponents()
    {
        lock (_gate)
        {
            List<TrustedComponents> taken = [.. _byOrganization.Values];
            _byOrganization.Clear();
            return taken;
        }
    }

    /// <summary>True when its assembly is loaded.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_gate)
            {
                return _loader is not null;
            }
        }
    }

    /// <returns>What is left of its load context, or null when no assembly was loaded.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public WeakReference? Unload()
    {
        PluginLoader? loader;
        WeakReference? context;
        lock (_gate)
        {
            (loader, context, _loader, _context) = (_loader, _context, null, null);
            _byOrganization.Clear();
        }

        loader?.Dispose();
        SerializerCaches.Clear();
        return context;
    }
}
