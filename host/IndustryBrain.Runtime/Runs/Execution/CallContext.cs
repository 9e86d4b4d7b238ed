using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Runs.Execution;

/// <summary>What a component may use within a step of a run, or within a single call.</summary>
internal sealed class CallContext(
    string organization,
    string idempotencyKey,
    FileStore files,
    TimeProvider time,
    Action<double, LocalizedText?> report,
    Action<ComponentLogLevel, string> log) : ComponentContext, IRunScope
{
    private const int MaxMessage = 4_000;

    /// <inheritdoc />
    public string? Environment { get; init; }

    /// <inheritdoc />
    public Guid? RunId { get; init; }

    /// <inheritdoc />
    public override string IdempotencyKey => idempotencyKey;

    /// <inheritdoc />
    public override TimeProvider Time => time;

    /// <inheritdoc />
    public override void Report(double fraction, LocalizedText? message = null) => report(fraction, message);

    /// <inheritdoc />
    public override void Log(ComponentLogLevel level, string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        log(level, message.Length > MaxMessage ? message[..MaxMessage] : message);
    }

    /// <inheritdoc />
    public override async ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        return await files.OpenAsync(organization, file.File, cancellationToken);
    }

    /// <inheritdoc />
    public override async ValueTask<Result<FileReference>> SaveFileAsync(string name, Stream content, CancellationToken cancellationToken) =>
        (await files.StoreAsync(Caller.ForSystem(organization), name, content, cancellationToken)).TryGet(out var stored, out var failure) ? new FileReference(stored.Id, stored.Name) : failure;
}
