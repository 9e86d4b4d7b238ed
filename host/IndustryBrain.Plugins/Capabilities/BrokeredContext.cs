using System.Collections.Immutable;
using System.Reflection;
using IndustryBrain.Plugins.Calls;
using IndustryBrain.Plugins.Capabilities.Files;
using IndustryBrain.Plugins.Capabilities.Knowledge;
using IndustryBrain.Plugins.Capabilities.Secrets;
using IndustryBrain.Plugins.Loading;
using IndustryBrain.Plugins.Usage;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Capabilities;

/// <summary>What one call of a plugin may use, in every tier: what the run gives, with the plugin's permissions in front of it and its secrets taken out of what it says.</summary>
/// <param name="broker">Serves its requests.</param>
/// <param name="plugin">Who is called.</param>
/// <param name="organization">For whom.</param>
/// <param name="chain">The components that ask one another, the first called first, this one last.</param>
/// <param name="run">What the run gives.</param>
/// <param name="files">The files that it hands over.</param>
/// <param name="knowledge">Whom questions go to.</param>
internal sealed class BrokeredContext(
    CapabilityBroker broker, InstalledPlugin plugin, string organization, ImmutableArray<string> chain, ComponentContext run, HandedFiles files, IKnowledgeSource knowledge) : ComponentContext, IRunScope
{
    private readonly Redactor _redactor = broker.RedactorOf(plugin, organization);
    private int _requests;
    private int _published;
    private volatile bool _hasEnded;

    public InstalledPlugin Plugin => plugin;

    public string Organization => organization;

    public string ComponentId => chain[^1];

    public ImmutableArray<string> Chain => chain;

    public IKnowledgeSource KnowledgeSource => knowledge;

    /// <summary>What the run gives.</summary>
    public ComponentContext Run => run;

    /// <inheritdoc />
    public string? Environment => (run as IRunScope)?.Environment;

    /// <inheritdoc />
    public Guid? RunId => (run as IRunScope)?.RunId;

    /// <summary>The files that it is writing.</summary>
    public SpooledFiles Spooled { get; } = new();

    /// <summary>Takes out the secrets that the plugin has been given.</summary>
    public Redactor Redactor => _redactor;

    /// <summary>Keeps what it logs; null where nobody looks.</summary>
    public CallMeter? Meter { get; set; }

    /// <summary>Counts what it says; null where nobody does.</summary>
    public CallGuard? Guard { get; set; }

    /// <summary>The plugin's assembly in this process, when it was built for debugging: what is denied is then said with its line.</summary>
    public Assembly? Debugged { get; set; }

    /// <summary>Keeps what the component threw.</summary>
    public void Threw(string details) => Meter?.Threw(organization, ComponentId, details);

    /// <summary>Requests made so far.</summary>
    public int CountRequest() => Interlocked.Increment(ref _requests);

    /// <summary>The id of something that the call publishes or writes. A component that is asked has the key of the one that asks: its own name tells them apart.</summary>
    public string IdOf(string? own) => StepId.Of(chain.Length > 1 ? $"{IdempotencyKey}/{ComponentId}" : IdempotencyKey, own, ref _published);

    /// <summary>True when the call is over: whoever kept the context can do nothing more with it.</summary>
    public bool HasEnded => _hasEnded;

    /// <inheritdoc />
    public override string IdempotencyKey => run.IdempotencyKey;

    /// <inheritdoc />
    public override TimeProvider Time => run.Time;

    /// <inheritdoc />
    public override void Report(double fraction, LocalizedText? message = null)
    {
        if (MaySpeak())
        {
            run.Report(fraction, message is null ? null : _redactor.Redact(message));
        }
    }

    /// <inheritdoc />
    public override void Log(ComponentLogLevel level, string message)
    {
        if (MaySpeak())
        {
            var redacted = _redactor.Redact(message);
            run.Log(level, redacted);
            Meter?.Log(organization, ComponentId, level, redacted);
        }
    }

    /// <inheritdoc />
    public override void Log(ComponentLogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (MaySpeak())
        {
            var redacted = entry with { Message = _redactor.Redact(entry.Message), Properties = ByName(entry.Properties.Select(p => (_redactor.Redact(p.Key), _redactor.Redact(p.Value)))) };
            Meter?.Log(organization, ComponentId, entry.Level, redacted.ToString());
            run.Log(redacted);
        }
    }

    /// <inheritdoc />
    public override async ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        return await broker.DemandAsync(this, CapabilityNames.Files, "open", () => files.Refuse(file), cancellationToken).ConfigureAwait(false) is { } refused
            ? refused
            : await run.OpenFileAsync(file, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override ValueTask<Result<CapabilityAnswer>> RequestAsync(CapabilityRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Debugged is not null && SourcePlace.OfCaller(Debugged) is { } place ? RequestAsync(request, place, cancellationToken) : broker.RequestAsync(this, request, cancellationToken);
    }

    /// <summary>Values by name. Names that became the same when they were made fit to be read are one: the last counts.</summary>
    internal static Dictionary<string, string> ByName(IEnumerable<(string Name, string Value)> properties)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in properties)
        {
            named[name] = value;
        }

        return named;
    }

    /// <summary>Takes the secrets out of what the component answered.</summary>
    public Failure Redact(Failure failure) => _redactor.Redact(failure);

    private async ValueTask<Result<CapabilityAnswer>> RequestAsync(CapabilityRequest request, string place, CancellationToken ct)
    {
        var answer = await broker.RequestAsync(this, request, ct).ConfigureAwait(false);
        if (answer.Failure is { } failure && CapabilityBroker.IsDenial(failure))
        {
            Meter?.Denied(organization, ComponentId, Redact(failure), place);
        }

        return answer;
    }

    public void End()
    {
        _hasEnded = true;
        Spooled.Dispose();
    }

    private bool MaySpeak() => !_hasEnded && Guard?.Hear() != false;
}
