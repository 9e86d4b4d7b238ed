using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Scenarios.Tests;

/// <summary>Opens sample files of a scenario by their path.</summary>
internal sealed class SampleFiles(string folder) : ComponentContext
{
    public override string IdempotencyKey => "test:1";

    public override TimeProvider Time => TimeProvider.System;

    public override void Report(double fraction, LocalizedText? message = null)
    {
    }

    public override void Log(ComponentLogLevel level, string message)
    {
    }

    public override ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken) =>
        new(new Result<Stream>(File.OpenRead(Path.Combine(folder, file.File))));
}
