using System.Text.Json;

namespace IndustryBrain.Scenarios.Definitions;

/// <summary>An Elsa 3 workflow definition. Immutable and thread-safe; all runs of a version share one.</summary>
public sealed class ScenarioDefinition
{
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

    /// <summary>Every activity, in document order.</summary>
    public required IReadOnlyList<ScenarioNode> Nodes { get; init; }

    /// <summary>Reads an Elsa 3 definition. Whatever the bytes are, this returns and never throws.</summary>
    /// <param name="utf8Json">The document.</param>
    /// <param name="limits">Limits; null for the defaults.</param>
    public static DefinitionReading Read(ReadOnlyMemory<byte> utf8Json, DefinitionLimits? limits = null) => throw new NotSupportedException();

    /// <summary>Writes the document as Elsa imports it: everything that was read, under the given ids.</summary>
    /// <param name="definitionId">Logical id to write; null keeps it.</param>
    /// <param name="versionId">Version id to write; null keeps it.</param>
    /// <param name="version">Version number to write; null keeps it.</param>
    /// <param name="isPublished">Published flag to write; null keeps it.</param>
    public byte[] Export(string? definitionId = null, string? versionId = null, int? version = null, bool? isPublished = null) => throw new NotSupportedException();

    /// <summary>The same definition under other ids, as a library stores it.</summary>
    public ScenarioDefinition With(string definitionId, string versionId, int version) => throw new NotSupportedException();
}
