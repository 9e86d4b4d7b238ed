using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Runtime.Runs.Commands;
using Marten;

namespace IndustryBrain.Runtime.Runs.Recording;

/// <summary>The events that a run waits for, as they stand on record.</summary>
/// <param name="Events">Their names, each once, sorted.</param>
/// <param name="CorrelationId">The run's correlation id; empty for none.</param>
internal sealed record WaitSet(IReadOnlyList<string> Events, string CorrelationId)
{
    public static WaitSet None { get; } = new([], "");

    public bool Equals(WaitSet? other) => other is not null && Events.SequenceEqual(other.Events) && (Events.Count == 0 || CorrelationId == other.CorrelationId);

    public override int GetHashCode() => Events.Count;
}

/// <summary>Brings events and the runs that wait for them together. Both sides take the lock of the event's name first, so that an event and a run that begins to wait cannot miss each other.</summary>
internal static class RunWaits
{
    /// <summary>Queues the statements that make known what a run waits for, and hand it what was published while nobody waited: one event of each name.</summary>
    public static void Set(IDocumentSession session, Guid runId, WaitSet waits)
    {
        Lock(session, waits.Events);
        session.QueueSqlCommand("delete from run_wait where run_id = ?", runId);
        if (waits.Events.Count == 0)
            return;
        session.QueueSqlCommand(
            "insert into run_wait (run_id, event, organization, correlation_id) select ?, name, ?, nullif(?, '') from unnest(?) name",
            runId, session.TenantId, waits.CorrelationId, waits.Events.ToArray());
        foreach (var name in waits.Events)
        {
            session.QueueSqlCommand(
                """
                with heard as (
                    delete from run_event where id = (
                        select id from run_event where event = ? and organization = ? and (correlation_id is null or correlation_id = ?) order by id limit 1)
                    returning body)
                insert into run_inbox (run_id, kind, body) select ?, 'event', body from heard
                """,
                name, session.TenantId, waits.CorrelationId, runId);
        }
    }

    /// <summary>Queues the statements that hand an event to every run that waits for it, or keep it when none does.</summary>
    public static void Publish(IDocumentSession session, PublishEvent published, DateTimeOffset at)
    {
        var (organization, correlation) = (session.TenantId, published.CorrelationId ?? "");
        var body = RunInbox.Write(new EventCame(published.Name, published.Payload));
        Lock(session, [published.Name]);
        session.QueueSqlCommand(
            """
            insert into run_event (organization, event, correlation_id, body, at)
            select ?, ?, nullif(?, ''), ?, ? where not exists (
                select 1 from run_wait where event = ? and organization = ? and (? = '' or correlation_id = ?) and run_id <> ?)
            """,
            organization, published.Name, correlation, body, at.ToUniversalTime(), published.Name, organization, correlation, correlation, published.PublisherRunId);
        session.QueueSqlCommand(
            $"""
            with waiting as (
                select distinct run_id from run_wait where event = ? and organization = ? and (? = '' or correlation_id = ?) and run_id <> ?),
            told as (
                update run_work w set due = case when w.state = '{WorkStates.Waiting}' then to_timestamp(0) else w.due end
                from waiting where w.run_id = waiting.run_id returning w.run_id)
            insert into run_inbox (run_id, kind, body) select run_id, 'event', ? from told
            """,
            published.Name, organization, correlation, correlation, published.PublisherRunId, body);
    }

    // Always in the same order, and before any row is touched: no two transactions wait for each other.
    private static void Lock(IDocumentSession session, IReadOnlyList<string> names)
    {
        foreach (var key in names.Select(n => KeyOf(session.TenantId, n)).Distinct().Order())
            session.QueueSqlCommand("call run_event_lock(?)", key);
    }

    private static long KeyOf(string organization, string name) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{organization}\n{name}")));
}
