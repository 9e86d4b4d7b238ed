using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Expressions;

/// <summary>Limits on one evaluation.</summary>
public sealed class ExpressionLimits
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "ExpressionLimits";

    /// <summary>The defaults.</summary>
    public static ExpressionLimits Default { get; } = new();

    /// <summary>Time of one evaluation, in milliseconds: of the processor on Linux, by the clock elsewhere. Default 200.</summary>
    [Range(10, 60_000)]
    public int TimeoutMilliseconds { get; init; } = 200;

    /// <summary>Time of compiling one C# source, in milliseconds. Default 10 000.</summary>
    [Range(100, 600_000)]
    public int CompileTimeoutMilliseconds { get; init; } = 10_000;

    /// <summary>Memory that one evaluation may allocate, in bytes. Default 32 MiB.</summary>
    [Range(1024 * 1024, 1024 * 1024 * 1024)]
    public long MaxMemoryBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Depth of calls. Default 128.</summary>
    [Range(8, 1000)]
    public int MaxRecursion { get; init; } = 128;

    /// <summary>Statements of one evaluation. Default 1 000 000.</summary>
    [Range(100, 100_000_000)]
    public int MaxStatements { get; init; } = 1_000_000;

    /// <summary>Length of one string or array that a built-in may make, in elements. Default 4 Mi.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxElements { get; init; } = 4 * 1024 * 1024;

    /// <summary>Source of one expression, in UTF-8 bytes. Default 4 KiB.</summary>
    [Range(64, 1024 * 1024)]
    public int MaxExpressionBytes { get; init; } = 4 * 1024;

    /// <summary>Source of one script activity, in UTF-8 bytes. Default 64 KiB.</summary>
    [Range(64, 1024 * 1024)]
    public int MaxScriptBytes { get; init; } = 64 * 1024;

    /// <summary>Nesting of brackets in a source, counted before the parser sees it. Default 64.</summary>
    [Range(8, 64)]
    public int MaxNesting { get; init; } = 64;

    /// <summary>Prepared sources kept. Default 512.</summary>
    [Range(1, 100_000)]
    public int CachedSources { get; init; } = 512;
}
