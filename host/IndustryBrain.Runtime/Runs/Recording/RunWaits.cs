using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Runtime.Library.Environments;
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
    /// <summary>Queues the statements that hand an event to every run that waits for it, or keep it when none does.</summary>
    /// <param name="session">Whose transaction they go with.</param>
    /// <param name="published">The event.</param>
    /// <param name="at">When it was published.</param>
    /// <param name="isTaken">True when it has started a run: then it is not kept.</param>
    public static void Publish(IDocumentSession session, PublishEvent published, DateTimeOffset at, bool isTaken)
    {
        var (organization, correlation) = (session.TenantId, published.CorrelationId ?? "");
        var body = RunInbox.Write(new EventCame(published.Name, published.Payload));
        // Before any row is touched: no two transactions wait for each other.
        session.QueueSqlCommand("call run_event_lock(?)", KeyOf(organization, published.Name));
        if (!isTaken)
            Keep(session, published, correlation, body, at);
        session.QueueSqlCommand(
            $"""
            with waiting as (
                select run_id from run_work where run_id in (
                    select run_id from run_wait where hashtextextended(event, 0) = hashtextextended(?, 0) and event = ? and organization = any(?) and (? = '' or correlation_id = ?) and run_id <> ?)
                order by run_id for update),
            told as (
                update run_work w set due = case when w.state = '{WorkStates.Waiting}' then to_timestamp(0) else w.due end
                from waiting where w.run_id = waiting.run_id returning w.run_id)
            insert into run_inbox (run_id, kind, body) select run_id, 'event', ? from told
            """,
            published.Name, published.Name, RunScope.Keys(organization, published.Environment), correlation, correlation, published.PublisherRunId, body);
    }

    private static void Keep(IDocumentSession session, PublishEvent published, string correlation, string body, DateTimeOffset at)
    {
        // What comes from outside is kept for production: test hears what comes while it waits.
        var scope = RunScope.KeyOf(session.TenantId, published.Environment);
        session.QueueSqlCommand(
            """
            insert into run_event (organization, event, correlation_id, body, at)
            select ?, ?, nullif(?, ''), ?, ? where not exists (
                select 1 from run_wait where hashtextextended(event, 0) = hashtextextended(?, 0) and event = ? and organization = ? and (? = '' or correlation_id = ?) and run_id <> ?)
            """,
            scope, published.Name, correlation, body, at.ToUniversalTime(), published.Name, published.Name, scope, correlation, correlation, published.PublisherRunId);
    }

    /// <summary>The locks of the events that runs begin to wait for and of the places that they give away, each once and in the order in which everybody takes them.</summary>
    public static long[] KeysOf(IReadOnlyList<RunWrite> writes)
    {
        var keys = new SortedSet<long>();
        foreach (var write in writes)
        {
            foreach (var name in write.Waits?.Events ?? [])
                keys.Add(KeyOf(write.Organization, name));
            if (write.Place is { } place)
                keys.Add(place.Lock);
        }

        return [.. keys];
    }

    /// <summary>The lock of an event.</summary>
    public static long KeyOf(string organization, string name) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{organization}\n{name}")));
}
