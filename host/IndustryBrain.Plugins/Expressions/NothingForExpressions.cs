using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Expressions;

/// <summary>What expressions may ask of the host: nothing, and nobody hears what they say.</summary>
internal sealed class NothingForExpressions(TimeProvider time) : ComponentContext
{
    public override string IdempotencyKey => "";

    public override TimeProvider Time => time;

    public override void Report(double fraction, LocalizedText? message = null)
    {
    }

    public override void Log(ComponentLogLevel level, string message)
    {
    }

    public override ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken) => new(Refusals.CapabilityUnusable("files"));
}
