using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Capabilities.Knowledge;

/// <summary>What a knowledge component has of the call that asks it: its clock, its key, its log. No files, and nobody watches its progress.</summary>
internal sealed class QuestionContext(BrokeredContext asker, string componentId) : ComponentContext, IRunScope
{
    /// <inheritdoc />
    public string? Environment => asker.Environment;

    /// <inheritdoc />
    public Guid? RunId => asker.RunId;

    /// <inheritdoc />
    public override string IdempotencyKey => asker.IdempotencyKey;

    /// <inheritdoc />
    public override TimeProvider Time => asker.Time;

    /// <inheritdoc />
    public override void Report(double fraction, LocalizedText? message = null)
    {
        // The progress of the call is that of the component that asks.
    }

    /// <inheritdoc />
    public override void Log(ComponentLogLevel level, string message) => asker.Log(level, $"{componentId}: {message}");

    /// <inheritdoc />
    public override ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new(CapabilityFailures.FileNotHandedOver(file.File));
    }
}
