using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Cli.Running;

/// <summary>What a component may use in an in-memory run; its warnings go to standard error.</summary>
internal sealed class MemoryContext(string idempotencyKey, TimeProvider time, RunFiles files) : ComponentContext
{
    public override string IdempotencyKey { get; } = idempotencyKey;

    public override TimeProvider Time { get; } = time;

    public override void Report(double fraction, LocalizedText? message = null)
    {
        // Nobody watches an in-memory run while it goes on.
    }

    public override void Log(ComponentLogLevel level, string message)
    {
        if (level == ComponentLogLevel.Warning)
        {
            Console.Error.WriteLine(message);
        }
    }

    public override ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken) => new(files.Open(file));

    public override ValueTask<Result<FileReference>> SaveFileAsync(string name, Stream content, CancellationToken cancellationToken) => files.SaveAsync(name, content, cancellationToken);
}
