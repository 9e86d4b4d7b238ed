using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Sdk.Components;

/// <summary>How severe a log entry of a component is.</summary>
public enum ComponentLogLevel
{
    /// <summary>For the vendor.</summary>
    Debug,

    /// <summary>For whoever reads the run.</summary>
    Information,

    /// <summary>The result stands, but deserves a look.</summary>
    Warning,
}

/// <summary>What one call of a component may use besides its input. Nothing in it is an object of the host's own. Each capability needs a permission that the manifest declares and an administrator grants; without it the answer is a failure that names it.</summary>
public abstract class ComponentContext
{
    /// <summary>The same for every attempt of one step: an outside system can recognise a repeated call by it.</summary>
    public abstract string IdempotencyKey { get; }

    /// <summary>The clock of the process that the component runs in, to measure time with. What the platform takes for now is <see cref="Clock"/>.</summary>
    public abstract TimeProvider Time { get; }

    /// <summary>Reports progress.</summary>
    /// <param name="fraction">Done so far, 0 to 1.</param>
    /// <param name="message">What is being done, for people; null when the fraction says it all.</param>
    public abstract void Report(double fraction, LocalizedText? message = null);

    /// <summary>Writes one entry to the log of the step.</summary>
    public abstract void Log(ComponentLogLevel level, string message);

    /// <summary>Opens the content of a file for reading from its start.</summary>
    /// <returns>A stream that the caller disposes, or the failure: the file does not exist, or the call may not read it.</returns>
    public abstract ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken);

    /// <summary>Requests to other systems.</summary>
    public HttpCapability Http => field ??= new(this);

    /// <summary>A folder of the plugin's own.</summary>
    public FolderCapability Folder => field ??= new(this);

    /// <summary>Secrets by name.</summary>
    public SecretsCapability Secrets => field ??= new(this);

    /// <summary>Questions to knowledge of other plugins.</summary>
    public KnowledgeCapability Knowledge => field ??= new(this);

    /// <summary>Named tables of the organization.</summary>
    public DataSetsCapability DataSets => field ??= new(this);

    /// <summary>Messages to MQTT brokers.</summary>
    public MqttCapability Mqtt => field ??= new(this);

    /// <summary>Events for runs that wait for them.</summary>
    public EventsCapability Events => field ??= new(this);

    /// <summary>The host's clock and time zone.</summary>
    public ClockCapability Clock => field ??= new(this);

    /// <summary>Asks the host for something that it brokers: what the typed capabilities do, and the way to one that this SDK has no type for.</summary>
    /// <returns>The answer, or the failure: IB7110 where no host stands behind this context.</returns>
    public virtual ValueTask<Result<CapabilityAnswer>> RequestAsync(CapabilityRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(Refusals.CapabilityUnusable(request.Capability));
    }
}
