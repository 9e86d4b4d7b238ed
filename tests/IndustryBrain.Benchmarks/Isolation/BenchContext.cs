using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Benchmarks.Isolation;

/// <summary>A call that uses nothing.</summary>
internal sealed class BenchContext : ComponentContext
{
    public override string IdempotencyKey => "run-1:1";

    public override TimeProvider Time => TimeProvider.System;

    public override void Report(double fraction, LocalizedText? message = null)
    {
    }

    public override void Log(ComponentLogLevel level, string message)
    {
    }

    public override ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken) => new(Refusals.Missing(file.File));
}
