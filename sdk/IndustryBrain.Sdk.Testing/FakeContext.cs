using System.Collections.Immutable;
using System.Text.Json;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Files;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Sdk.Testing;

/// <summary>What one call has in a test: the capabilities of a <see cref="FakeHost"/>; it keeps progress and log. Secrets are taken out of both, as a host does.</summary>
/// <param name="host">The host.</param>
public sealed class FakeContext(FakeHost host) : ComponentContext
{
    private ImmutableList<ProgressReport> _reported = [];
    private ImmutableList<ComponentLogEntry> _logged = [];
    private int _published;

    /// <summary>A context in which nothing is granted.</summary>
    public FakeContext()
        : this(new FakeHost())
    {
    }

    /// <summary>The host.</summary>
    public FakeHost Host { get; } = host ?? throw new ArgumentNullException(nameof(host));

    /// <summary>Input of the call: only files that it names can be opened (IB1190). Null when any prepared file may be.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>Progress, in order.</summary>
    public IReadOnlyList<ProgressReport> Reported => _reported;

    /// <summary>Log entries, in order.</summary>
    public IReadOnlyList<ComponentLogEntry> Logged => _logged;

    /// <summary>Key of the step; <c>test:1</c> by default. A call with the key of another is its repetition.</summary>
    public override string IdempotencyKey => Key;

    /// <summary>What <see cref="IdempotencyKey"/> gives.</summary>
    public string Key { get; init; } = "test:1";

    /// <inheritdoc />
    public override TimeProvider Time => Host.Time;

    /// <inheritdoc />
    public override void Report(double fraction, LocalizedText? message = null)
    {
        Use();
        ImmutableInterlocked.Update(ref _reported, (held, added) => held.Add(added), new ProgressReport(fraction, message is null ? null : Host.Redactor.Redact(message)));
    }

    /// <inheritdoc />
    public override void Log(ComponentLogLevel level, string message) => Log(new ComponentLogEntry(level, message));

    /// <inheritdoc />
    public override void Log(ComponentLogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Use();
        var redacted = entry with { Message = Host.Redactor.Redact(entry.Message), Properties = entry.Properties.ToDictionary(p => Host.Redactor.Redact(p.Key), p => Host.Redactor.Redact(p.Value), StringComparer.Ordinal) };
        ImmutableInterlocked.Update(ref _logged, (held, added) => held.Add(added), redacted);
    }

    /// <inheritdoc />
    public override async ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (Host.BeforeUse is { } before)
        {
            await before(cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return (Host.Undeclared(CapabilityNames.Files) ?? Host.Files.NotPrepared()) is { } refused ? refused
            : Input is { } input && new HandedFiles(input).Refuse(file) is { } notHanded ? notHanded
            : Host.Files.Open(file);
    }

    /// <inheritdoc />
    public override ValueTask<Result<CapabilityAnswer>> RequestAsync(CapabilityRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Host.RequestAsync(this, request, cancellationToken);
    }

    /// <summary>The id of something that is published: the component's own, or its order in the call.</summary>
    internal string IdOf(string? own) => StepId.Of(Key, own, ref _published);

    // Progress and log are no requests: nobody waits for them.
    private void Use()
    {
        if (Host.BeforeUse is { } before)
        {
            _ = before(new CancellationToken(canceled: true)).AsTask();
        }
    }
}
