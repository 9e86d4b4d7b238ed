using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Scenarios.Definitions;

/// <summary>Limits on a definition document.</summary>
public sealed class DefinitionLimits
{
    /// <summary>The defaults.</summary>
    public static DefinitionLimits Default { get; } = new();

    /// <summary>Size of the document, in bytes. Default 4 MiB.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Depth of the JSON. Default 64, Elsa's own limit.</summary>
    [Range(8, 64)]
    public int MaxDepth { get; init; } = 64;

    /// <summary>Activities in one definition. Default 2 000.</summary>
    [Range(1, 100_000)]
    public int MaxNodes { get; init; } = 2_000;

    /// <summary>Connections of one flowchart. Default 10 000.</summary>
    [Range(1, 100_000)]
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Source of one expression, in UTF-8 bytes. Default 4 KiB.</summary>
    [Range(64, 1024 * 1024)]
    public int MaxExpressionBytes { get; init; } = 4 * 1024;

    /// <summary>Source of one script activity, in UTF-8 bytes. Default 64 KiB.</summary>
    [Range(64, 1024 * 1024)]
    public int MaxScriptBytes { get; init; } = 64 * 1024;

    /// <summary>Nesting of brackets in a source, counted before any parser sees it. Default 64.</summary>
    [Range(8, 64)]
    public int MaxExpressionNesting { get; init; } = 64;
}
