namespace IndustryBrain.Cli;

/// <summary>What the program's exit code means.</summary>
internal static class ExitCode
{
    /// <summary>Done; a run finished or is suspended.</summary>
    public const int Success = 0;

    /// <summary>A run faulted.</summary>
    public const int Faulted = 1;

    /// <summary>Refused, or bad input.</summary>
    public const int Refused = 2;
}
