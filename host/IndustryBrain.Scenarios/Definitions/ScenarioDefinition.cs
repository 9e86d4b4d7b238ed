using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Definitions.Reading;

namespace IndustryBrain.Scenarios.Definitions;

/// <summary>An Elsa 3 workflow definition. Immutable and thread-safe; all runs of a version share one.</summary>
public sealed class ScenarioDefinition
{
    private static readonly JsonWriterOptions Writing = new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    internal ScenarioDefinition()
    {
    }

    /// <summary>Logical id of the definition.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>Id of this version.</summary>
    public required string VersionId { get; init; }

    /// <summary>Name; the definition id when the document gives none.</summary>
    public required string Name { get; init; }

    /// <summary>Description, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Number of this version.</summary>
    public required int Version { get; init; }

    /// <summary>Declared inputs.</summary>
    public required IReadOnlyList<ScenarioPort> Inputs { get; init; }

    /// <summary>Declared outputs.</summary>
    public required IReadOnlyList<ScenarioPort> Outputs { get; init; }

    /// <summary>The document as it was read; nothing in it is lost.</summary>
    public required JsonElement Source { get; init; }

    /// <summary>What it says about itself for people.</summary>
    public required ScenarioProfile Profile { get; init; }

    /// <summary>True when other definitions may use it as an activity.</summary>
    public bool IsUsableAsActivity { get; init; }

    /// <summary>True for the version that is taken where none is named.</summary>
    public bool IsPublished { get; init; }

    /// <summary>The definitions that it uses as activities; what those use is theirs.</summary>
    public IReadOnlyList<ScenarioDefinition> Uses { get; init; } = [];

    /// <summary>Its activities whose types are other definitions, or unknown.</summary>
    public IReadOnlyList<WorkflowReference> References { get; init; } = [];

    /// <summary>Every activity, in document order.</summary>
    public required IReadOnlyList<ScenarioNode> Nodes { get; init; }

    /// <summary>Reads an Elsa 3 definition. Whatever the bytes are, this returns and never throws.</summary>
    /// <param name="utf8Json">The document.</param>
    /// <param name="limits">Limits; null for the defaults.</param>
    /// <param name="library">Definitions that it may use as activities; null for none. What it uses becomes part of it.</param>
    public static DefinitionReading Read(ReadOnlyMemory<byte> utf8Json, DefinitionLimits? limits = null, IReadOnlyList<ScenarioDefinition>? library = null) =>
        DefinitionReader.Read(utf8Json, limits ?? DefinitionLimits.Default, library ?? []);

    /// <summary>Writes the document as Elsa imports it: everything that was read, under the given ids.</summary>
    /// <param name="definitionId">Logical id to write; null keeps it.</param>
    /// <param name="versionId">Version id to write; null keeps it.</param>
    /// <param name="version">Version number to write; null keeps it.</param>
    /// <param name="isPublished">Published flag to write; null keeps it.</param>
    public byte[] Export(string? definitionId = null, string? versionId = null, int? version = null, bool? isPublished = null)
    {
        var members = new (string Name, object? Value)[] { ("id", versionId), ("definitionId", definitionId), ("version", version), ("isPublished", isPublished) };
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Writing);
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            if (value is not null && !ReadingContext.TryMember(Source, name, out _))
                WriteMember(writer, name, value);
        }

        foreach (var member in Source.EnumerateObject())
        {
            var replaced = Array.Find(members, m => string.Equals(m.Name, member.Name, StringComparison.OrdinalIgnoreCase)).Value;
            if (replaced is null)
                member.WriteTo(writer);
            else
                WriteMember(writer, member.Name, replaced);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The same definition under other ids, as a library stores it.</summary>
    /// <param name="definitionId">Logical id.</param>
    /// <param name="versionId">Id of the version.</param>
    /// <param name="version">Number of the version.</param>
    /// <param name="isPublished">Whether it is the version that is taken where none is named; null for what the document says.</param>
    public ScenarioDefinition With(string definitionId, string versionId, int version, bool? isPublished = null) => new()
    {
        DefinitionId = definitionId,
        VersionId = versionId,
        Name = Name,
        Description = Description,
        Version = version,
        Inputs = Inputs,
        Outputs = Outputs,
        Source = Source,
        Profile = Profile,
        Nodes = Nodes,
        Root = Root,
        Activities = Activities,
        Variables = Variables,
        IsUsableAsActivity = IsUsableAsActivity,
        IsPublished = isPublished ?? IsPublished,
        Uses = Uses,
        References = References,
        ContinuesWithIncidents = ContinuesWithIncidents,
        HasActivityNames = HasActivityNames,
        ReadingFindings = ReadingFindings,
    };

    internal ActivityNode? Root { get; init; }

    internal ActivityNode[] Activities { get; init; } = [];

    internal VariableDeclaration[] Variables { get; init; } = [];

    internal bool ContinuesWithIncidents { get; init; }

    internal bool HasActivityNames { get; init; }

    internal IReadOnlyList<Finding> ReadingFindings { get; init; } = [];

    internal bool HasOutput(string name)
    {
        foreach (var output in Outputs)
        {
            if (output.Name == name)
                return true;
        }

        return false;
    }

    private static void WriteMember(Utf8JsonWriter writer, string name, object value)
    {
        writer.WritePropertyName(name);
        switch (value)
        {
            case string s:
                writer.WriteStringValue(s);
                break;
            case int i:
                writer.WriteNumberValue(i);
                break;
            default:
                writer.WriteBooleanValue((bool)value);
                break;
        }
    }
}
