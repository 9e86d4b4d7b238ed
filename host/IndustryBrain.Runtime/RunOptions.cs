using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Runtime;

/// <summary>Limits and intervals of runs; section <c>Runs</c> of the configuration.</summary>
public sealed class RunOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Runs";

    /// <summary>Runs of one organization that one node executes at the same time; waiting runs do not count. Default 100.</summary>
    [Range(1, 100_000)]
    public int MaxExecuting { get; set; } = 100;

    /// <summary>Accepted runs of one organization that wait for their turn. Default 10 000.</summary>
    [Range(1, 10_000_000)]
    public int MaxQueued { get; set; } = 10_000;

    /// <summary>Steps of one run. Default 1 000 000.</summary>
    [Range(1, 10_000_000)]
    public int MaxSteps { get; set; } = 1_000_000;

    /// <summary>Bytes of text and JSON that one run may hold: variables, outputs, lines. Default 128 MiB.</summary>
    [Range(1_048_576, 4_294_967_296)]
    public long MaxHeldBytes { get; set; } = 128 * 1024 * 1024;

    /// <summary>Days that a run may wait for one thing before it is ended as faulted with IB3013, and with it the runs that it waits for. Default 30.</summary>
    [Range(1, 3650)]
    public int MaxWaitingDays { get; set; } = 30;

    /// <summary>Bytes of an input, and of a recorded value, that travel inline; a larger input has to be a file, a larger recorded value becomes one. Default 1 048 576.</summary>
    [Range(1024, 100 * 1024 * 1024)]
    public int InlineBytes { get; set; } = 1024 * 1024;

    /// <summary>Bytes of a recorded value that became a file, up to which a page reads it back to show it. Default 16 777 216.</summary>
    [Range(0, 256 * 1024 * 1024)]
    public int ShownBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Bytes of a scenario definition. Default 4 194 304.</summary>
    [Range(1024, 100 * 1024 * 1024)]
    public int DefinitionBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Times in a row that a run may break at the same place, while the database answers, before it is ended as faulted. Default 5.</summary>
    [Range(1, 1000)]
    public int MaxTries { get; set; } = 5;

    /// <summary>Milliseconds before a run that broke is tried again; twice as long after each further time, at most a minute. Default 1 000.</summary>
    [Range(1, 60_000)]
    public int RetryMilliseconds { get; set; } = 1_000;

    /// <summary>Milliseconds between two looks for due timers, runs without a node, and requests to cancel; four times as long while nothing is to do and the database would say so. Default 500.</summary>
    [Range(20, 60_000)]
    public int PollMilliseconds { get; set; } = 500;

    internal TimeSpan QuietPoll => TimeSpan.FromMilliseconds(4 * PollMilliseconds);

    /// <summary>Seconds after the last sign of life after which a node's runs are taken over; a node that ended, killed or not, is noticed at once. Default 30.</summary>
    [Range(2, 3600)]
    public int LeaseSeconds { get; set; } = 30;

    /// <summary>Seconds that a stopping host waits for executing steps before it leaves their runs to the next node. Default 5.</summary>
    [Range(0, 600)]
    public int StopSeconds { get; set; } = 5;

    /// <summary>Days that a published event which no run has waited for is kept. Default 30.</summary>
    [Range(1, 3650)]
    public int KeepEventDays { get; set; } = 30;

    /// <summary>Days that the id of a handled command is kept, so that the command delivered again has no second effect. Default 7.</summary>
    [Range(1, 3650)]
    public int KeepCommandDays { get; set; } = 7;

    /// <summary>Commits of runs that one transaction writes at most. Default 256.</summary>
    [Range(1, 10_000)]
    public int MaxCommitsTogether { get; set; } = 256;

    /// <summary>Transactions that write commits of runs at the same time, each on a connection of its own. Default 2.</summary>
    [Range(1, 32)]
    public int CommitWriters { get; set; } = 2;

    /// <summary>Commits of runs that wait to be written; more wait for room, and no run is started meanwhile (IB3042). Default 4 096.</summary>
    [Range(16, 1_000_000)]
    public int MaxWaitingCommits { get; set; } = 4_096;

    /// <summary>Milliseconds that a commit may wait to be written before runs are refused (IB3042). Default 2 000.</summary>
    [Range(10, 600_000)]
    public int MaxCommitDelayMilliseconds { get; set; } = 2_000;

    /// <summary>Days that the state of a run that faulted is kept, so that it can go on; what happened stays on record. Default 90.</summary>
    [Range(1, 3650)]
    public int KeepFaultedDays { get; set; } = 90;

    /// <summary>Broken runs that one request lets go on, or judges beforehand. Default 200.</summary>
    [Range(1, 10_000)]
    public int MaxRepairsTogether { get; set; } = 200;
}
