using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Escape.Tests;

/// <summary>Keeps what a component reports, and has one file.</summary>
internal sealed class RecordingContext : ComponentContext
{
    public const string FileId = "data";

    public byte[] Content { get; init; } = [];

    public List<string> Lines { get; } = [];

    public List<double> Progress { get; } = [];

    public override string IdempotencyKey => "run-1:1";

    public override TimeProvider Time => TimeProvider.System;

    public override void Report(double fraction, LocalizedText? message = null) => Progress.Add(fraction);

    public override void Log(ComponentLogLevel level, string message) => Lines.Add(message);

    public override ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken) =>
        new(file.File == FileId ? new MemoryStream(Content) : Refusals.Missing(file.File));
}
