using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.EmissionFactors.Tests;

/// <summary>Records the progress that a component reports; has no files.</summary>
internal sealed class RecordingContext : ComponentContext
{
    public List<double> Progress { get; } = [];

    public override string IdempotencyKey => "test:1";

    public override TimeProvider Time => TimeProvider.System;

    public override void Report(double fraction, LocalizedText? message = null) => Progress.Add(fraction);

    public override void Log(ComponentLogLevel level, string message)
    {
    }

    public override ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken) => new(Refusals.Missing("file"));
}
