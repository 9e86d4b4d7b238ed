using System.Text.Json;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Storage;
using Marten;
using Npgsql;
using NpgsqlTypes;

namespace IndustryBrain.Runtime.Triggers;

/// <summary>The triggers of published scenarios.</summary>
internal sealed class TriggerStore(Database database)
{
    private const string Columns = "organization, definition_id, activity_id, kind, said, time_zone, missed, next_at, fired_at, refused, limits, starts, repeat_key";

    /// <summary>Queues the triggers of what goes live in an environment in place of those of its version before; a trigger that stays as it was goes on as it was.</summary>
    public static void Replace(IDocumentSession session, string environment, string definitionId, IReadOnlyList<TriggerNode> triggers, DateTimeOffset at)
    {
        var scope = RunScope.KeyOf(session.TenantId, environment);
        session.QueueSqlCommand("delete from scenario_trigger where organization = ? and definition_id = ? and not activity_id = any(?)", scope, definitionId, triggers.Select(t => t.Id).ToArray());
        foreach (var trigger in triggers)
        {
            var next = TriggerNode.Next(trigger.Kind, trigger.Said!, trigger.TimeZone, at)?.ToUniversalTime();
            session.QueueSqlCommand(
                """
                insert into scenario_trigger (organization, definition_id, activity_id, kind, said, time_zone, missed, limits, starts, repeat_key, next_at) values (?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?, nullif(?, ''), nullif(?, 'infinity'::timestamptz))
                on conflict (organization, definition_id, activity_id) do update set
                    next_at = case when (scenario_trigger.kind, scenario_trigger.said, scenario_trigger.time_zone) = (excluded.kind, excluded.said, excluded.time_zone) then scenario_trigger.next_at else excluded.next_at end,
                    kind = excluded.kind, said = excluded.said, time_zone = excluded.time_zone, missed = excluded.missed, limits = excluded.limits, starts = excluded.starts, repeat_key = excluded.repeat_key
                """,
                scope, definitionId, trigger.Id, Word(trigger.Kind), trigger.Said!, trigger.TimeZone, Word(trigger.Missed), trigger.Limits is null ? "" : JsonSerializer.Serialize(trigger.Limits), trigger.CanStart, trigger.RepeatKey ?? "", next ?? DateTimeOffset.MaxValue);
        }
    }

    public async Task<IReadOnlyList<TriggerView>> ListAsync(string organization, string? definitionId, CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand(
            $"""
            select {Columns}, s.is_connected, s.problem from scenario_trigger t
            left join lateral (select is_connected, problem from trigger_source s where s.organization = split_part(t.organization, '/', 1) and s.kind = t.kind and s.name = split_part(t.said, ' ', 1)) s on true
            where organization = any($1) and definition_id = coalesce($2, definition_id) order by next_at nulls last, definition_id, activity_id
            """);
        command.Parameters.Add(new() { Value = RunScope.Keys(OrganizationId.Require(organization), null) });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = definitionId, NpgsqlDbType = NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await ReadAsync(reader, ct);
    }

    /// <summary>The triggers that are due, by environment, and when the next one will be.</summary>
    public async Task<(IReadOnlyList<(RunScope Scope, string DefinitionId, string ActivityId)> Due, DateTimeOffset? Next)> LookAsync(DateTimeOffset now, int most, CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand("select organization, definition_id, activity_id, next_at from scenario_trigger where next_at is not null order by next_at limit $1");
        command.Parameters.Add(new() { Value = most });
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<(RunScope, string, string)> due = [];
        while (await reader.ReadAsync(ct))
        {
            if (reader.GetFieldValue<DateTimeOffset>(3) is var at && at > now)
                return (due, at);
            due.Add((RunScope.Parse(reader.GetString(0)), reader.GetString(1), reader.GetString(2)));
        }

        return (due, null);
    }

    /// <summary>Takes hold of a trigger that is still due; null when another node has it in hand or it has fired.</summary>
    public static async Task<TriggerView?> HoldAsync(NpgsqlConnection connection, RunScope scope, string definitionId, string activityId, DateTimeOffset now, CancellationToken ct)
    {
        await using var hold = new NpgsqlCommand($"select {Columns} from scenario_trigger where organization = $1 and definition_id = $2 and activity_id = $3 and next_at <= $4 for update skip locked", connection);
        hold.Parameters.Add(new() { Value = scope.Key });
        hold.Parameters.Add(new() { Value = definitionId });
        hold.Parameters.Add(new() { Value = activityId });
        hold.Parameters.Add(new() { Value = now.UtcDateTime });
        await using var reader = await hold.ExecuteReaderAsync(ct);
        return await ReadAsync(reader, ct) is [var trigger] ? trigger : null;
    }

    /// <summary>The triggers of a kind that say one of these things, in one environment or, for null, in all.</summary>
    public static async Task<IReadOnlyList<TriggerView>> OfAsync(NpgsqlConnection connection, string organization, string? environment, TriggerKind kind, IReadOnlyList<string> said, CancellationToken ct)
    {
        await using var find = new NpgsqlCommand($"select {Columns} from scenario_trigger where kind = $3 and organization = any($1) and hashtextextended(said, 0) in (select hashtextextended(n, 0) from unnest($2) n) and said = any($2) order by definition_id, activity_id, organization", connection);
        find.Parameters.Add(new() { Value = RunScope.Keys(organization, environment) });
        find.Parameters.Add(new() { Value = said.ToArray() });
        find.Parameters.Add(new() { Value = Word(kind) });
        await using var reader = await find.ExecuteReaderAsync(ct);
        return await ReadAsync(reader, ct);
    }

    /// <summary>What triggers of a kind say, by organization: what has to be listened to.</summary>
    public async Task<ILookup<string, string>> SaidAsync(TriggerKind kind, CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand("select distinct organization, said from scenario_trigger where kind = $1");
        command.Parameters.Add(new() { Value = Word(kind) });
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<(string Organization, string Said)> all = [];
        while (await reader.ReadAsync(ct))
            all.Add((RunScope.Parse(reader.GetString(0)).Organization, reader.GetString(1)));
        return all.Distinct().ToLookup(s => s.Organization, s => s.Said);
    }

    /// <summary>Records how the connection or folder stands from which things arrive.</summary>
    public async Task SourceAsync(string organization, TriggerKind kind, string name, bool isConnected, string? problem, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand(
            """
            insert into trigger_source (organization, kind, name, is_connected, problem, at) values ($1, $2, $3, $4, $5, $6)
            on conflict (organization, kind, name) do update set is_connected = excluded.is_connected, problem = excluded.problem, at = excluded.at
            """);
        command.Parameters.Add(new() { Value = OrganizationId.Require(organization) });
        command.Parameters.Add(new() { Value = Word(kind) });
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = isConnected });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = problem, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = at.UtcDateTime });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Queues the record of a firing.</summary>
    public static void Fired(IDocumentSession session, TriggerView trigger, DateTimeOffset? next, DateTimeOffset? firedAt, string? refused) => session.QueueSqlCommand(
        """
        update scenario_trigger set next_at = nullif(?, 'infinity'::timestamptz), fired_at = coalesce(nullif(?, 'infinity'::timestamptz), fired_at), refused = nullif(?, '')
        where organization = ? and definition_id = ? and activity_id = ?
        """,
        next?.ToUniversalTime() ?? DateTimeOffset.MaxValue, firedAt?.ToUniversalTime() ?? DateTimeOffset.MaxValue, refused ?? "", RunScope.KeyOf(session.TenantId, trigger.Environment), trigger.DefinitionId, trigger.ActivityId);

    private static async Task<IReadOnlyList<TriggerView>> ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        List<TriggerView> triggers = [];
        while (await reader.ReadAsync(ct))
        {
            triggers.Add(new(
                reader.GetString(1),
                reader.GetString(2),
                Enum.Parse<TriggerKind>(reader.GetString(3), ignoreCase: true),
                reader.GetString(4),
                reader.GetString(5),
                Enum.Parse<MissedFirings>(reader.GetString(6), ignoreCase: true),
                reader.IsDBNull(7) ? null : reader.GetFieldValue<DateTimeOffset>(7),
                reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8),
                reader.IsDBNull(9) ? null : reader.GetString(9))
            {
                Environment = RunScope.Parse(reader.GetString(0)).Environment,
                Limits = reader.IsDBNull(10) ? null : JsonSerializer.Deserialize<StartLimits>(reader.GetString(10)),
                Starts = reader.GetBoolean(11),
                RepeatKey = reader.IsDBNull(12) ? null : reader.GetString(12),
                IsConnected = reader.FieldCount < 14 || reader.IsDBNull(13) ? null : reader.GetBoolean(13),
                Problem = reader.FieldCount < 15 || reader.IsDBNull(14) ? null : reader.GetString(14),
            });
        }

        return triggers;
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
