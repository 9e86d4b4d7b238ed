using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Loading;

/// <summary>The components of a loaded plugin with one set of settings; the same in the host's process and in a worker.</summary>
/// <param name="components">New objects, by component id.</param>
/// <param name="settings">What each is configured with.</param>
internal sealed class ComponentSet(IReadOnlyDictionary<string, Component> components, JsonElement settings)
{
    private readonly Dictionary<string, LiveComponent> _components = components.ToDictionary(c => c.Key, c => new LiveComponent(c.Value), StringComparer.Ordinal);

    /// <summary>True when there is such a component.</summary>
    public bool Has(string componentId) => _components.ContainsKey(componentId);

    /// <summary>A component, configured when nobody has called it before; or what it says about its settings.</summary>
    /// <exception cref="Exception">Whatever configuring it throws.</exception>
    public ValueTask<Result<Component>> ReadyAsync(string componentId, CancellationToken ct) => _components[componentId].ReadyAsync(settings, ct);

    /// <summary>Stops the components that were called, side by side and on threads of their own: what does not obey is left behind when the time is over.</summary>
    /// <exception cref="OperationCanceledException">The time was over.</exception>
    /// <exception cref="Exception">Whatever stopping one of them throws.</exception>
    public Task StopAsync(CancellationToken ct) =>
        Task.WhenAll(_components.Values.Select(c => Task.Run(() => c.StopAsync(ct), CancellationToken.None))).WaitAsync(ct);
}
