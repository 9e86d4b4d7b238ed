using System.Text.Json;
using IndustryBrain.Sdk.Schemas;

namespace IndustryBrain.Sdk.Components;

/// <summary>One reusable capability. Across its boundary go JSON and a cancellation token, so that it can run in the host's process or in one of its own.
/// Its life: constructor, <see cref="ConfigureAsync"/>, any number of <see cref="InvokeAsync"/> side by side, <see cref="StopAsync"/>.</summary>
public abstract class Component
{
    private protected Component()
    {
    }

    /// <summary>Knowledge, tool or application.</summary>
    public abstract ComponentKind Kind { get; }

    /// <summary>The record that its input is read into.</summary>
    public abstract Type InputType { get; }

    /// <summary>The record that its output is written from.</summary>
    public abstract Type OutputType { get; }

    /// <summary>Takes the settings of the plugin: once, after the constructor and before the first call. The place to open what calls share. The host's capabilities belong to calls and are not there yet.</summary>
    /// <param name="settings">An object with the members of the plugin's settings; empty when nobody has set any. Read it with <see cref="ComponentJson.Read"/> into the record of <see cref="Packaging.PluginSettingsAttribute"/>.</param>
    /// <param name="cancellationToken">Cancels with the call that waits for it.</param>
    /// <returns>Null when the component is ready; else what is wrong with the settings, which answers the call. The next call then begins with a new object.</returns>
    public virtual ValueTask<Failure?> ConfigureAsync(JsonElement settings, CancellationToken cancellationToken) => default;

    /// <summary>Lets go of what the component holds, after its last call: the host ends, the plugin is updated or removed, or its settings changed. Once, and only where <see cref="ConfigureAsync"/> made it ready.</summary>
    /// <param name="cancellationToken">Cancelled when the time for it is over; then the host goes on without waiting.</param>
    public virtual ValueTask StopAsync(CancellationToken cancellationToken) => default;

    /// <summary>Runs the component once.</summary>
    /// <param name="input">An object with the members of the input schema.</param>
    /// <param name="context">What the call may use.</param>
    /// <param name="cancellationToken">Cancels the call; obeyed within a second.</param>
    /// <returns>An object with the members of the output schema, or the failure.</returns>
    public abstract ValueTask<Result<JsonElement>> InvokeAsync(JsonElement input, ComponentContext context, CancellationToken cancellationToken);
}

/// <summary>A component with typed input and output records.</summary>
/// <typeparam name="TInput">Input record.</typeparam>
/// <typeparam name="TOutput">Output record.</typeparam>
public abstract class Component<TInput, TOutput> : Component
    where TInput : notnull
    where TOutput : notnull
{
    private protected Component()
    {
    }

    /// <inheritdoc />
    public sealed override Type InputType => typeof(TInput);

    /// <inheritdoc />
    public sealed override Type OutputType => typeof(TOutput);

    /// <inheritdoc />
    public sealed override async ValueTask<Result<JsonElement>> InvokeAsync(JsonElement input, ComponentContext context, CancellationToken cancellationToken)
    {
        if (!ComponentJson.Read<TInput>(input).TryGet(out var typed, out var failure))
        {
            return failure;
        }

        try
        {
            var result = await RunAsync(typed, context, cancellationToken).ConfigureAwait(false);
            return result.TryGet(out var output, out failure) ? ComponentJson.Write(output) : failure;
        }
        catch (Exception e) when (FailureException.Find(e) is not null)
        {
            return FailureException.Find(e)!;
        }
    }

    /// <summary>Computes the output. Expected failures are returned, not thrown.</summary>
    protected abstract ValueTask<Result<TOutput>> RunAsync(TInput input, ComponentContext context, CancellationToken cancellationToken);
}

/// <summary>A computation or a connector.</summary>
/// <typeparam name="TInput">Input record.</typeparam>
/// <typeparam name="TOutput">Output record.</typeparam>
public abstract class ToolComponent<TInput, TOutput> : Component<TInput, TOutput>
    where TInput : notnull
    where TOutput : notnull
{
    /// <inheritdoc />
    public sealed override ComponentKind Kind => ComponentKind.Tool;
}
