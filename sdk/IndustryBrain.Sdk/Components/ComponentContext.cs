using System.Globalization;
using System.IO.Pipelines;
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

    /// <summary>Writes one entry with properties to the log of the step. Where only text is kept, they follow the sentence.</summary>
    public virtual void Log(ComponentLogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Log(entry.Level, entry.ToString());
    }

    /// <summary>Writes one entry with properties to the log of the step, such as <c>Log(ComponentLogLevel.Information, "Read the table.", ("rows", 12))</c>.</summary>
    public void Log(ComponentLogLevel level, string message, params ReadOnlySpan<(string Name, object? Value)> properties)
    {
        var texts = new Dictionary<string, string>(properties.Length, StringComparer.Ordinal);
        foreach (var (name, value) in properties)
        {
            texts[name] = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        }

        Log(new ComponentLogEntry(level, message) { Properties = texts });
    }

    /// <summary>Opens the content of a file for reading from its start.</summary>
    /// <returns>A stream that the caller disposes, or the failure: the file does not exist, or the call may not read it.</returns>
    public abstract ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken);

    /// <summary>Saves a file of the run, to be given on as output or shown to people: what is large travels as a reference. Needs permission <c>files</c> with the target <c>write</c>.</summary>
    /// <param name="name">File name with extension, such as <c>report.csv</c>.</param>
    /// <param name="content">Read once, from where it stands, piece by piece.</param>
    /// <param name="cancellationToken">Cancels saving; then nothing is kept.</param>
    /// <returns>The reference; or the failure, and nothing is kept.</returns>
    public virtual ValueTask<Result<FileReference>> SaveFileAsync(string name, Stream content, CancellationToken cancellationToken) => SavedFile.SendAsync(this, name, content, cancellationToken);

    /// <summary>As <see cref="SaveFileAsync(string, Stream, CancellationToken)"/>, for content that is made while it is saved.</summary>
    /// <param name="name">File name with extension.</param>
    /// <param name="write">Writes the content to the stream it is given; the file is complete when it returns, and nothing is kept when it throws.</param>
    /// <param name="cancellationToken">Cancels saving.</param>
    public async ValueTask<Result<FileReference>> SaveFileAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pipe = new Pipe();
        var writing = SavedFile.FillAsync(pipe.Writer, write, stopped.Token);
        Result<FileReference> saved;
        try
        {
            var content = pipe.Reader.AsStream();
            await using (content.ConfigureAwait(false))
            {
                saved = await SaveFileAsync(name, content, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            // What the writer threw is the reason that the reader sees; it is thrown from here.
            await stopped.CancelAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        if (saved.Failure is not null)
        {
            await stopped.CancelAsync().ConfigureAwait(false);
        }

        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return saved;
    }

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
