using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Schemas;

namespace IndustryBrain.Runtime.Connections.Kinds;

/// <summary>A kind of connections: what is set for one, and how one is tested.</summary>
internal abstract class ConnectionKind
{
    /// <summary>Its id.</summary>
    public abstract string Id { get; }

    /// <summary>Its name for people.</summary>
    public abstract LocalizedText Name { get; }

    /// <summary>JSON Schema of its settings.</summary>
    public abstract JsonElement Schema { get; }

    /// <summary>What is wrong with settings that fit the schema; null for nothing.</summary>
    public abstract Failure? Judge(JsonElement settings);

    /// <summary>The names of the secrets in settings.</summary>
    public abstract IReadOnlyList<string> SecretsOf(JsonElement settings);

    /// <summary>Connects as it will be used.</summary>
    /// <returns>What went wrong; null when nothing did.</returns>
    public abstract Task<Failure?> TestAsync(JsonElement settings, ConnectionReach reach, CancellationToken ct);
}

/// <summary>A kind whose settings are a record.</summary>
/// <typeparam name="T">The record.</typeparam>
internal abstract class ConnectionKind<T> : ConnectionKind
    where T : notnull
{
    public override JsonElement Schema { get; } = ComponentSchema.Of(typeof(T));

    public override Failure? Judge(JsonElement settings) => Read(settings).TryGet(out var read, out var failure) ? Judge(read) : failure;

    public override IReadOnlyList<string> SecretsOf(JsonElement settings) => Read(settings).TryGet(out var read, out _) ? [.. SecretsOf(read).OfType<string>().Where(s => s.Length > 0).Distinct(StringComparer.Ordinal)] : [];

    public override async Task<Failure?> TestAsync(JsonElement settings, ConnectionReach reach, CancellationToken ct) => Read(settings).TryGet(out var read, out var failure) ? await TestAsync(read, reach, ct) : failure;

    internal static Result<T> Read(JsonElement settings) => ComponentJson.Read<T>(settings);

    protected abstract Failure? Judge(T settings);

    protected abstract IEnumerable<string?> SecretsOf(T settings);

    protected abstract Task<Failure?> TestAsync(T settings, ConnectionReach reach, CancellationToken ct);
}
