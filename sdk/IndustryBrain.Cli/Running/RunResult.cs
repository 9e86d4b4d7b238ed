using System.Text.Json.Nodes;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Running;

/// <summary>How a run ended, or why it did not begin.</summary>
internal sealed record RunResult
{
    public const string Rejected = "Rejected";

    public required string Status { get; init; }

    public string? SubStatus { get; init; }

    public IReadOnlyList<string> Lines { get; init; } = [];

    public JsonObject Output { get; init; } = [];

    public string? CorrelationId { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    /// <summary>Why the definition was refused.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What was wrong with the request itself, or null.</summary>
    public Failure? Failure { get; init; }

    public int ExitCode => Status == Rejected ? Cli.ExitCode.Refused
        : SubStatus == nameof(ExecutionSubStatus.Faulted) ? Cli.ExitCode.Faulted
        : Cli.ExitCode.Success;

    public static RunResult Refused(IReadOnlyList<Finding> findings) => new() { Status = Rejected, Findings = findings };

    public static RunResult Refused(Failure failure) => new() { Status = Rejected, Failure = failure };
}
