using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Loading;

/// <summary>One component object with its life: configured before its first call, stopped after its last.</summary>
/// <param name="component">A new object.</param>
#pragma warning disable CA1001 // A semaphore that nobody has asked for its handle holds none.
internal sealed class LiveComponent(Component component)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _configuring = new(1, 1);
    private Component _component = component;
    private bool _wasTried;
    private volatile bool _isReady;

    /// <summary>The component, ready to be called; or what it says about its settings.</summary>
    /// <exception cref="Exception">Whatever configuring it throws.</exception>
    public async ValueTask<Result<Component>> ReadyAsync(JsonElement settings, CancellationToken ct)
    {
        if (_isReady)
        {
            return _component;
        }

        await _configuring.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (!_isReady)
            {
                // What an attempt that failed has left in an object is not called again.
                _component = _wasTried ? (Component)Activator.CreateInstance(_component.GetType())! : _component;
                _wasTried = true;
                if (await _component.ConfigureAsync(settings, ct).ConfigureAwait(false) is { } failure)
                {
                    return failure;
                }

                _isReady = true;
            }

            return _component;
        }
        finally
        {
            _configuring.Release();
        }
    }

    /// <summary>Stops the component, when it was ever ready.</summary>
    /// <exception cref="Exception">Whatever stopping it throws.</exception>
    public async Task StopAsync(CancellationToken ct)
    {
        if (_isReady)
        {
            await _component.StopAsync(ct).ConfigureAwait(false);
        }
    }
}
