using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Knowledge;
using IndustryBrain.Plugins.Isolation;
using IndustryBrain.Plugins.Limits;
using IndustryBrain.Plugins.Loading;
using IndustryBrain.Plugins.Settings;
using IndustryBrain.Plugins.Usage;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Plugins.Calls;

/// <summary>Calls components: the same limits, capabilities and figures in every tier.</summary>
internal sealed partial class PluginCalls(
    PluginOptions options, LimitTable limits, WorkerPool workers, PluginRetirement retirement, CapabilityBroker capabilities, IPluginSettings settings, TimeProvider time, ILogger logger)
{
    private readonly ConcurrentDictionary<(string Id, string Version), CallMeter> _meters = [];
    private readonly CallGates _gates = new(time);

    public CallMeter MeterOf(InstalledPlugin plugin) => _meters.GetOrAdd((plugin.Manifest.Id.ToLowerInvariant(), plugin.Manifest.Version), static (_, clock) => new(clock), time);

    public void Forget(string id, string version) => _meters.TryRemove((id.ToLowerInvariant(), version), out _);

    /// <returns>Null when the plugin takes no calls any more.</returns>
    public async ValueTask<Result<JsonElement>?> CallAsync(
        LoadedPlugin plugin, string componentId, JsonElement input, ComponentContext context, string organization, ImmutableArray<string> chain, IKnowledgeSource knowledge, CancellationToken ct)
    {
        if (input.ValueKind != JsonValueKind.Undefined && JsonMarshal.GetRawUtf8Value(input).Length > options.MaxInputBytes)
        {
            return PluginFailures.InputTooLarge(componentId, options.MaxInputBytes);
        }

        var set = plugin.Installed.Manifest.Settings is null ? NoSettings.Empty : await settings.FindAsync(plugin.Installed, organization, ct).ConfigureAwait(false) ?? NoSettings.Empty;
        if (!plugin.TryEnter())
        {
            return null;
        }

        var (meter, allowed, began) = (MeterOf(plugin.Installed), limits.Of(plugin.Installed), time.GetTimestamp());
        var place = await PlaceAsync(plugin, organization, componentId, chain, allowed, ct).ConfigureAwait(false);
        if (!place.TryGet(out var taken, out var full))
        {
            meter.Record(organization, componentId, time.GetElapsedTime(began), full);
            return full;
        }

        // What it may use goes through the same broker in every tier, and ends with the call.
        using var guard = new CallGuard(componentId, allowed, time, ct);
        var brokered = capabilities.ContextFor(plugin.Installed, organization, chain, input, context, knowledge);
        (brokered.Meter, brokered.Guard) = (meter, guard);
        try
        {
            var answer = plugin.Installed.Tier == PluginTier.Trusted
                ? await CallTrustedAsync(plugin, organization, set, componentId, input, brokered, guard, ct).ConfigureAwait(false)
                : await CallIsolatedAsync(plugin, organization, set, componentId, input, brokered, guard, ct).ConfigureAwait(false);
            answer = guard.Exceeded is { } exceeded ? exceeded : answer;
            var redacted = answer.Failure is { } failure ? brokered.Redact(failure) : null;
            meter.Record(organization, componentId, time.GetElapsedTime(began), redacted);
            LimitMeters.Record(plugin.Installed, redacted);
            return redacted is null ? answer : redacted;
        }
        finally
        {
            brokered.End();
            taken.Leave();
        }
    }

    // A question of another component is a part of its call, which has a place: it must not wait for one.
    private async ValueTask<Result<CallPlace>> PlaceAsync(LoadedPlugin plugin, string organization, string componentId, ImmutableArray<string> chain, CallLimits allowed, CancellationToken ct)
    {
        if (chain.Length > 1)
        {
            return CallPlace.Open;
        }

        try
        {
            if (await _gates.EnterAsync(plugin.Installed.Manifest.Id, organization, allowed.ConcurrentCalls, options.ConcurrentCallWait, ct).ConfigureAwait(false) is { } taken)
            {
                return taken;
            }
        }
        catch (OperationCanceledException)
        {
            plugin.Leave();
            throw;
        }

        plugin.Leave();
        LimitMeters.Record(plugin.Installed, PluginFailures.TooManyCalls(componentId, allowed.ConcurrentCalls));
        return PluginFailures.TooManyCalls(componentId, allowed.ConcurrentCalls);
    }

    private async Task<Result<JsonElement>> CallTrustedAsync(LoadedPlugin plugin, string organization, JsonElement set, string componentId, JsonElement input, BrokeredContext context, CallGuard guard, CancellationToken ct)
    {
        // On a task of its own: an AsyncLocal that the component sets must not stay with the caller, where it would hold the plugin.
        var call = Task.Run(() => InvokeAsync(plugin, organization, set, componentId, input, context, guard.Token), CancellationToken.None);
        try
        {
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using (guard.Token.Register(static s => ((TaskCompletionSource)s!).TrySetResult(), stopped).ConfigureAwait(false))
            {
                if (await Task.WhenAny(call, stopped.Task).ConfigureAwait(false) != call)
                {
                    await Task.WhenAny(call, Task.Delay(options.CancellationGrace, time, CancellationToken.None)).ConfigureAwait(false);
                    if (!call.IsCompleted)
                    {
                        LogIgnoredCancellation(componentId);
                        ct.ThrowIfCancellationRequested();
                        return guard.Exceeded!;
                    }
                }
            }

            var answer = await call.ConfigureAwait(false);
            return answer.TryGet(out var output, out _) && output.ValueKind != JsonValueKind.Undefined && JsonMarshal.GetRawUtf8Value(output).Length > guard.Limits.Worker.MaxOutputBytes
                ? PluginFailures.OutputTooLarge(componentId, guard.Limits.Worker.MaxOutputBytes)
                : answer;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested && guard.Exceeded is not null)
        {
            return guard.Exceeded;
        }
    }

    private async Task<Result<JsonElement>> CallIsolatedAsync(LoadedPlugin plugin, string organization, JsonElement set, string componentId, JsonElement input, ComponentContext context, CallGuard guard, CancellationToken ct)
    {
        try
        {
            return await workers.CallAsync(plugin.Installed, organization, set, componentId, input, context, guard).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested && guard.Exceeded is not null)
        {
            return guard.Exceeded;
        }
        finally
        {
            plugin.Leave();
        }
    }

    private async Task<Result<JsonElement>> InvokeAsync(LoadedPlugin plugin, string organization, JsonElement set, string componentId, JsonElement input, BrokeredContext context, CancellationToken ct)
    {
        TrustedComponents? components = null;
        try
        {
            try
            {
                components = plugin.Enter(plugin.Installed.Manifest.Settings is null ? "" : organization, set, out var replaced);
                _ = replaced is null ? Task.CompletedTask : retirement.RetireAsync(plugin.Installed, replaced);
            }
#pragma warning disable CA1031 // A plugin's assembly and constructors are foreign code: whatever they throw is the plugin's failure, not the host's.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogLoadFailed(e, plugin.Installed.Manifest.Id, plugin.Installed.Manifest.Version);
                return PluginFailures.LoadFailed(plugin.Installed.Manifest.Id);
            }

            if (!components.Set.Has(componentId))
            {
                return PluginFailures.ComponentAbsent(componentId, plugin.Installed.Manifest.Id);
            }

            if (!(await components.Set.ReadyAsync(componentId, ct).ConfigureAwait(false)).TryGet(out var component, out var failure))
            {
                return PluginFailures.NotConfigured(plugin.Installed.Manifest.Id, failure);
            }

            context.Debugged = SourcePlace.IsKnown(component.GetType().Assembly) ? component.GetType().Assembly : null;
            return await component.InvokeAsync(input, context, ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // As above: foreign code.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var details = context.Redactor.Redact(e.ToString());
            context.Threw(details);
            LogComponentThrew(componentId, plugin.Installed.Manifest.Version, context.IdempotencyKey, details);
            return PluginFailures.ComponentThrew(componentId);
        }
        finally
        {
            components?.Calls.Leave();
            plugin.Leave();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Component {ComponentId} {PluginVersion} threw in call {IdempotencyKey}: {Details}")]
    private partial void LogComponentThrew(string componentId, string pluginVersion, string idempotencyKey, string details);

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {PluginId} {PluginVersion} cannot be loaded")]
    private partial void LogLoadFailed(Exception exception, string pluginId, string pluginVersion);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Component {ComponentId} ignored its cancellation and goes on without a caller")]
    private partial void LogIgnoredCancellation(string componentId);
}
