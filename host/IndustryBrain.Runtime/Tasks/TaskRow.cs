using IndustryBrain.Identity.People;
using Npgsql;

namespace IndustryBrain.Runtime.Tasks;

/// <summary>A task as it is on record.</summary>
internal sealed record TaskRow(
    TaskId Id,
    string DefinitionId,
    TaskState State,
    string? Assignee,
    string? Role,
    string? EscalatedTo,
    string[] Delegates,
    string[] Delegators,
    string[] DecidedBy,
    DateTimeOffset? Due,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ClosedAt,
    string? Outcome,
    int Reminders,
    AskedTask Asked)
{
    public const string Columns = "run_id, step_id, definition_id, status, assignee, role, escalated_to, delegates, delegators, decided_by, due, created_at, closed_at, outcome, reminders, task";

    public static TaskRow Read(NpgsqlDataReader reader) => new(
        new(reader.GetGuid(0), reader.GetString(1)),
        reader.GetString(2),
        Enum.Parse<TaskState>(reader.GetString(3), ignoreCase: true),
        Text(reader, 4),
        Text(reader, 5),
        Text(reader, 6),
        reader.GetFieldValue<string[]>(7),
        reader.GetFieldValue<string[]>(8),
        reader.GetFieldValue<string[]>(9),
        Moment(reader, 10),
        reader.GetFieldValue<DateTimeOffset>(11),
        Moment(reader, 12),
        Text(reader, 13),
        reader.GetInt32(14),
        TaskJson.Read<AskedTask>(reader.GetString(15)));

    /// <summary>True when the person is asked: by name, by role, by a delegation; whoever has delegated is not any more.</summary>
    public bool Asks(Person person) => !Delegators.Contains(person.Id, StringComparer.Ordinal)
        && (person.StandsForAll
            || (Assignee is null && Role is null)
            || Assignee == person.Id
            || (Role is not null && person.IsIn(Role))
            || (EscalatedTo is not null && person.IsIn(EscalatedTo))
            || Delegates.Contains(person.Id, StringComparer.Ordinal));

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static DateTimeOffset? Moment(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}

/// <summary>Which task: the run and the step that asks.</summary>
internal readonly record struct TaskId(Guid RunId, string StepId)
{
    public override string ToString() => $"{RunId}:{StepId}";

    public static TaskId? Parse(string text) =>
        text.Split(':', 2) is [var run, { Length: > 0 and <= 100 } step] && Guid.TryParse(run, out var runId) && !step.Contains('\0', StringComparison.Ordinal) ? new(runId, step) : null;
}
