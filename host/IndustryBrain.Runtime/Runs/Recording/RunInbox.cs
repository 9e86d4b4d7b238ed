using System.Text.Json;
using IndustryBrain.Storage;
using Marten;
using Npgsql;
using Wolverine;

namespace IndustryBrain.Runtime.Runs.Recording;

/// <summary>
/// What runs are told from outside. It is written in the transaction of a command and deleted in the transaction of the commit in which the run took note of it,
/// so that it has its effect once, whichever node has the run by then.
/// </summary>
internal sealed class RunInbox(Database database)
{
    /// <summary>Kind of the wish to hold a run.</summary>
    public const string PauseKind = "pause";

    /// <summary>Queues the mark that this command had its effect; the transaction fails when it already had.</summary>
    public static void Receive(IDocumentSession session, Envelope envelope) => session.QueueSqlCommand("insert into run_command (id) values (?)", envelope.Id);

    /// <summary>Marks at once that a command has its effect in this transaction.</summary>
    /// <returns>False when it had it before.</returns>
    public static async Task<bool> ReceiveAsync(NpgsqlConnection connection, Guid command, CancellationToken ct)
    {
        await using var receive = new NpgsqlCommand("insert into run_command (id) values ($1) on conflict do nothing", connection);
        receive.Parameters.Add(new() { Value = command });
        return await receive.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Queues an entry for one run; nothing when the run has ended. A waiting run becomes due for it at once.</summary>
    public static void Deliver(IDocumentSession session, Guid runId, InboxEntry entry) => session.QueueSqlCommand(
        $"""
        with told as (
            update run_work set due = case when state = '{WorkStates.Waiting}' then to_timestamp(0) else due end
            where run_id = ? returning run_id)
        insert into run_inbox (run_id, kind, body) select run_id, ?, ? from told
        """,
        runId, KindOf(entry), Write(entry));

    /// <summary>Queues the wish to end a run; one that is held is taken up for it.</summary>
    public static void DeliverEnd(IDocumentSession session, Guid runId) => session.QueueSqlCommand(
        $"""
        with told as (
            update run_work set
                state = case when state = '{WorkStates.Paused}' then '{WorkStates.Waiting}' else state end,
                due = case when state in ('{WorkStates.Waiting}', '{WorkStates.Paused}') then to_timestamp(0) else due end
            where run_id = ? returning run_id)
        insert into run_inbox (run_id, kind, body) select run_id, ?, ? from told
        """,
        runId, KindOf(new CancelWanted()), Write(new CancelWanted()));

    /// <summary>Everything the run was told and has not taken note of, in order.</summary>
    public async Task<IReadOnlyList<InboxEntry>> ReadAsync(Guid runId, CancellationToken ct)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "select id, kind, body from run_inbox where run_id = $1 order by id";
        command.Parameters.Add(new() { Value = runId });
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await ReadAsync(reader, ct);
    }

    /// <summary>Reads rows of id, kind and body.</summary>
    public static async Task<IReadOnlyList<InboxEntry>> ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        List<InboxEntry> entries = [];
        while (await reader.ReadAsync(ct))
            entries.Add(Read(reader.GetInt64(0), reader.GetString(1), reader.GetString(2)));
        return entries;
    }

    /// <summary>True when the run is on record as waiting for the event.</summary>
    public async Task<bool> WaitsForAsync(Guid runId, string name, CancellationToken ct)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "select exists (select 1 from run_wait where run_id = $1 and event = $2)";
        command.Parameters.Add(new() { Value = runId });
        command.Parameters.Add(new() { Value = name });
        await command.PrepareAsync(ct);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    public static string KindOf(InboxEntry entry) => entry switch
    {
        CancelWanted => "cancel",
        PauseWanted => PauseKind,
        ResumeWanted => "resume",
        EventCame => "event",
        TaskDecided => "task",
        RequestCame => "request",
        _ => "child",
    };

    // As text, not as jsonb: what a script produced may hold characters that jsonb refuses.
    public static string Write(InboxEntry entry) => JsonSerializer.Serialize(entry, entry.GetType());

    private static InboxEntry Read(long id, string kind, string body) => kind switch
    {
        "cancel" => new CancelWanted { Id = id },
        PauseKind => JsonSerializer.Deserialize<PauseWanted>(body)! with { Id = id },
        "resume" => JsonSerializer.Deserialize<ResumeWanted>(body)! with { Id = id },
        "event" => JsonSerializer.Deserialize<EventCame>(body)! with { Id = id },
        "task" => JsonSerializer.Deserialize<TaskDecided>(body)! with { Id = id },
        "request" => JsonSerializer.Deserialize<RequestCame>(body)! with { Id = id },
        _ => JsonSerializer.Deserialize<ChildStood>(body)! with { Id = id },
    };
}
