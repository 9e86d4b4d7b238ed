using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>Limits on one run.</summary>
public sealed class EngineLimits
{
    /// <summary>The defaults.</summary>
    public static EngineLimits Default { get; } = new();

    /// <summary>Steps in one run; one more faults it. Default 1 000 000.</summary>
    [Range(1, 10_000_000)]
    public int MaxSteps { get; init; } = 1_000_000;

    /// <summary>Lines and incidents kept; further ones are counted only. Default 10 000.</summary>
    [Range(1, 1_000_000)]
    public int MaxLines { get; init; } = 10_000;

    /// <summary>Bytes of text and JSON that a run holds: variables, outputs, lines, and what it reported since it was last saved. Default 128 MiB.</summary>
    [Range(1_048_576, 4_294_967_296)]
    public long MaxHeldBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>Steps between two checks that hand the thread back. Default 1 000.</summary>
    [Range(1, 100_000)]
    public int StepsBetweenYields { get; init; } = 1_000;

    /// <summary>Depth of runs that start runs. Default 16.</summary>
    [Range(1, 100)]
    public int MaxRunDepth { get; init; } = 16;
}
