using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Tasks;
using IndustryBrain.Runtime.Triggers;
using IndustryBrain.Storage;
using IndustryBrain.Storage.Auditing;

namespace IndustryBrain.Runtime.Runs.Recording;

/// <summary>What a commit does to the run's row in the index over unfinished runs.</summary>
internal enum WorkChange : short
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It begins: executed by <see cref="RunWrite.Node"/>, or queued.</summary>
    Add,

    /// <summary>The run waits until <see cref="RunWrite.Due"/>.</summary>
    Park,

    /// <summary>The run ended for good; nothing of its state is kept.</summary>
    Remove,

    /// <summary>The run faulted: its state is kept, the one given or that of its last commit, for whoever lets it go on.</summary>
    Lay,

    /// <summary>Somebody holds the run, until <see cref="RunWrite.Due"/> or until it is resumed.</summary>
    Pause,

    /// <summary>It begins, and somebody holds it.</summary>
    AddPaused,
}

/// <summary>One commit of a run as it is written: all of it, or nothing when another node has recorded in between.</summary>
internal sealed class RunWrite
{
    private RunWrite(string organization, RunRecord record, long expectedVersion, IReadOnlyList<object> events)
    {
        Organization = OrganizationId.Require(organization);
        Record = record;
        Version = expectedVersion + 1;
        Pages = JournalEvents.Write(events);
        RecordJson = JournalEvents.Write(record, JournalJson.Default.RunRecord);
        Bytes = RecordJson.Length;
        foreach (var page in Pages)
            Bytes += page.Json.Length;
    }

    public string Organization { get; }

    /// <summary>Key of the organization's environment that the run goes on in.</summary>
    public string Scope => RunScope.KeyOf(Organization, Record.Environment);

    /// <summary>How the run stands after it; its <see cref="RunRecord.StreamVersion"/> counts the events.</summary>
    public RunRecord Record { get; }

    /// <summary>Version of the first event.</summary>
    public long Version { get; }

    /// <summary>The events, in rows of the journal.</summary>
    public IReadOnlyList<JournalPage> Pages { get; }

    public byte[] RecordJson { get; }

    /// <summary>What it weighs, roughly.</summary>
    public int Bytes { get; }

    /// <summary>Engine state to keep, or null.</summary>
    public byte[]? State { get; init; }

    public WorkChange Work { get; init; }

    /// <summary>The node that executes a run that begins; null when it is queued.</summary>
    public Guid? Node { get; init; }

    public DateTimeOffset? Due { get; init; }

    /// <summary>Entries of the inbox that the run took note of.</summary>
    public IReadOnlyList<long> Taken { get; init; } = [];

    /// <summary>Entries of the inbox that the run has read: another one lets a run that waits go on at once.</summary>
    public IReadOnlyCollection<long> Known { get; init; } = [];

    /// <summary>The events that the run waits for from here on; null when they are what they were.</summary>
    public WaitSet? Waits { get; init; }

    /// <summary>What becomes of the tasks of people; null for nothing.</summary>
    public TaskChanges? Tasks { get; init; }

    /// <summary>The place that a run which ends gives away; null when it had none.</summary>
    public StartKey? Place => Work == WorkChange.Remove && Record.StartKey is { } key ? new(Scope, Record.DefinitionId, key) : null;

    public IReadOnlyList<AuditRecord> Audits { get; init; } = [];

    /// <summary>A run that begins.</summary>
    public static RunWrite Accept(Caller caller, RunRecord record, RunAccepted accepted, Guid? node, DateTimeOffset at)
    {
        record.StreamVersion = 1;
        return new(caller.Organization, record, 0, [accepted])
        {
            Work = record.Pause is null ? WorkChange.Add : WorkChange.AddPaused,
            Node = node,
            Audits = [Audit.Compose(at, caller, "run.start", "run", record.Id.ToString())],
        };
    }

    /// <summary>A run that broke and goes on: one that ended is queued again, one that waits is due at once.</summary>
    public static RunWrite Repair(string organization, RunRecord record, RunCommit commit, bool hasEnded)
    {
        record.StreamVersion = commit.ExpectedVersion + commit.Events.Count;
        return new(organization, record, commit.ExpectedVersion, commit.Events)
        {
            State = commit.State,
            Work = hasEnded ? WorkChange.Add : WorkChange.Park,
            Due = hasEnded ? null : DateTimeOffset.UnixEpoch,
            Waits = commit.Waits,
            Tasks = commit.Tasks,
        };
    }

    /// <summary>A run that nobody executes and that somebody holds.</summary>
    public static RunWrite Hold(string organization, RunRecord record, PauseBegan began)
    {
        (record.SubStatus, record.Pause) = (RunStatuses.Paused, began.Pause);
        return new(organization, record, record.StreamVersion++, [began]) { Work = WorkChange.Pause, Due = began.Pause.Until };
    }

    /// <summary>A held run that goes on.</summary>
    public static RunWrite GoOn(string organization, RunRecord record, PauseEnded ended)
    {
        (record.SubStatus, record.Pause, record.ResumedAt) = (RunStatuses.Pending, null, ended.At);
        return new(organization, record, record.StreamVersion++, [ended]);
    }

    /// <summary>A run that somebody ends at once.</summary>
    public static RunWrite Terminate(string organization, RunRecord record, RunEnded ended)
    {
        (record.Status, record.SubStatus, record.FinishedAt, record.Pause) = (RunStatuses.Finished, ended.SubStatus, ended.At, null);
        return new(organization, record, record.StreamVersion++, [ended]) { Work = WorkChange.Remove, Tasks = TaskChanges.End(ended.At) };
    }

    /// <summary>A commit of a run that has begun; the record's version is moved on.</summary>
    public static RunWrite Go(string organization, RunRecord record, RunCommit commit, IReadOnlyList<AuditRecord> audits)
    {
        record.StreamVersion = commit.ExpectedVersion + commit.Events.Count;
        return record.Status == RunStatuses.Finished
            ? new(organization, record, commit.ExpectedVersion, commit.Events) { State = commit.State, Work = record.SubStatus == RunStatuses.Faulted ? WorkChange.Lay : WorkChange.Remove, Tasks = commit.Tasks, Audits = audits }
            : new(organization, record, commit.ExpectedVersion, commit.Events)
            {
                State = commit.State,
                Work = commit.IsPaused ? WorkChange.Pause : commit.Due is null ? WorkChange.None : WorkChange.Park,
                Due = commit.Due,
                Taken = commit.Taken,
                Known = commit.Due is null ? [] : commit.Known,
                Waits = commit.Waits,
                Tasks = commit.Tasks,
                Audits = audits,
            };
    }
}
