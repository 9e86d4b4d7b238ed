using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Cli.Hosts;

/// <summary>A plugin as a host describes it: what is shown of it here.</summary>
internal sealed record HostPlugin(
    string Id, LocalizedText Name, string Vendor, string State, string? ActiveVersion, string? PreviousVersion, IReadOnlyList<HostPluginVersion> Versions, Failure? Problem, HostUsage? Usage)
{
    public HostPluginVersion? Find(string? version) => Versions.FirstOrDefault(v => v.Version == version);

    /// <summary>Reads a host's answer; IB7143 when it is something else.</summary>
    public static Result<HostPlugin> Read(JsonElement json, Uri host) => Read(json, host, HostJson.Default.HostPlugin);

    /// <summary>Reads a host's list of plugins; IB7143 when it is something else.</summary>
    public static Result<IReadOnlyList<HostPlugin>> ReadList(JsonElement json, Uri host) => Read(json, host, HostJson.Default.IReadOnlyListHostPlugin);

    private static Result<T> Read<T>(JsonElement json, Uri host, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return json.Deserialize(type) is { } read ? new Result<T>(read) : CliFailures.NotAHost(host, 200);
        }
        catch (JsonException)
        {
            return CliFailures.NotAHost(host, 200);
        }
    }
}

/// <summary>One version of it.</summary>
internal sealed record HostPluginVersion(
    string Version, string State, string Tier, bool IsBundled, IReadOnlyList<PluginPermission> Permissions, HostPermissionChange Change, IReadOnlyList<string> Components, IReadOnlyList<string> Scenarios, long Runs)
{
    public bool AwaitsConsent => State == "awaitingConsent";

    /// <summary>What the audit found in it; null for one that came with the program.</summary>
    public HostAudit? Audit { get; init; }

    /// <summary>What is granted to it; null while it waits for consent.</summary>
    public IReadOnlyList<HostGrant>? Grants { get; init; }

    /// <summary>Vendor and key, when they are not those of the active version.</summary>
    public string? OtherPublisher { get; init; }
}

/// <summary>What the audit found in a version.</summary>
internal sealed record HostAudit(int Errors, int Warnings, IReadOnlyList<HostFinding> Findings);

/// <summary>One finding of the audit.</summary>
internal sealed record HostFinding(string Rule, string Severity, LocalizedText Message);

/// <summary>What a version asks for compared with what is granted.</summary>
internal sealed record HostPermissionChange(IReadOnlyList<PluginPermission> Added, IReadOnlyList<HostGrant> Removed);

/// <summary>What is granted.</summary>
internal sealed record HostGrant(string Capability, IReadOnlyList<string>? Targets);

/// <summary>What it has done, and its last lines.</summary>
internal sealed record HostUsage(long Calls, long Failures, IReadOnlyList<HostLine> Lines);

/// <summary>One line that it logged, or a failure.</summary>
internal sealed record HostLine(DateTimeOffset At, string Level, string Component, LocalizedText Message, string? Where = null);

/// <summary>A host's documents.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(HostPlugin))]
[JsonSerializable(typeof(IReadOnlyList<HostPlugin>))]
[JsonSerializable(typeof(HostRun))]
[JsonSerializable(typeof(HostScenario))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class HostJson : JsonSerializerContext
{
    private static readonly HostJson Indented = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The document as it came, laid out for people.</summary>
    public static string Write(JsonElement json) => JsonSerializer.Serialize(json, Indented.JsonElement);
}
