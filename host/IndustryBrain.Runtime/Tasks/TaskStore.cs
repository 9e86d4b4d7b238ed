using System.Globalization;
using IndustryBrain.Identity.People;
using IndustryBrain.Storage;
using Npgsql;

namespace IndustryBrain.Runtime.Tasks;

/// <summary>Reads and writes the tasks of people. Whatever it reads for people it reads for one organization.</summary>
internal sealed class TaskStore(Database database)
{
    private const string Vote = "update human_task set decided_by = array_append(decided_by, $3) where run_id = $1 and step_id = $2";
    private const string Close = "update human_task set status = 'decided', outcome = $3, closed_at = $4 where run_id = $1 and step_id = $2";
    private const string Delegate = """
        update human_task set delegates = array_append(array_remove(array_remove(delegates, $3), $4), $4), delegators = array_append(array_remove(array_remove(delegators, $3), $4), $3)
        where run_id = $1 and step_id = $2
        """;

    private const string Remind = """
        update human_task set reminders = reminders + $3, escalated_to = coalesce($4, escalated_to), next_at = $5 where run_id = $1 and step_id = $2
        """;

    /// <summary>What a run waits for is due: closes the task, unless it was decided.</summary>
    /// <returns>True when it was decided in time.</returns>
    public async Task<bool> IsDecidedAsync(Guid runId, string stepId, DateTimeOffset at, CancellationToken ct)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var expire = Command(connection, "update human_task set status = 'expired', closed_at = $3 where run_id = $1 and step_id = $2 and status = 'open'", new(runId, stepId), at.UtcDateTime);
        if (await expire.ExecuteNonQueryAsync(ct) > 0)
            return false;
        // A statement of its own: the one above may have waited for the decision.
        await using var read = Command(connection, "select status = 'decided' from human_task where run_id = $1 and step_id = $2", new(runId, stepId));
        return await read.ExecuteScalarAsync(ct) is true;
    }

    public async Task<TaskRow?> FindAsync(string organization, TaskId id, CancellationToken ct)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        return await FindAsync(connection, organization, id, "", ct);
    }

    /// <summary>Takes hold of the run and its task, in the order in which everybody does, until the transaction ends.</summary>
    public static async Task<TaskRow?> HoldAsync(NpgsqlConnection connection, string organization, TaskId id, CancellationToken ct)
    {
        await using var hold = new NpgsqlCommand("select 1 from run_work where run_id = $1 for update", connection);
        hold.Parameters.Add(new() { Value = id.RunId });
        await hold.ExecuteNonQueryAsync(ct);
        return await FindAsync(connection, organization, id, " for update", ct);
    }

    public async Task<IReadOnlyList<TaskEntry>> EntriesAsync(TaskId id, CancellationToken ct)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        return await EntriesAsync(connection, id, ct);
    }

    public static async Task<IReadOnlyList<TaskEntry>> EntriesAsync(NpgsqlConnection connection, TaskId id, CancellationToken ct)
    {
        await using var read = Command(connection, "select entry from human_task_entry where run_id = $1 and step_id = $2 order by id", id);
        await using var reader = await read.ExecuteReaderAsync(ct);
        List<TaskEntry> entries = [];
        while (await reader.ReadAsync(ct))
            entries.Add(TaskJson.Read<TaskEntry>(reader.GetString(0)));
        return entries;
    }

    public static async Task AddAsync(NpgsqlConnection connection, TaskId id, TaskEntry entry, CancellationToken ct)
    {
        await using var add = Command(
            connection,
            "insert into human_task_entry (run_id, step_id, at, kind, entry) values ($1, $2, $3, $4, $5::jsonb)",
            id, entry.At.UtcDateTime, entry.Kind.ToString().ToLowerInvariant(), TaskJson.Text(entry));
        await add.ExecuteNonQueryAsync(ct);
    }

    public static Task VoteAsync(NpgsqlConnection connection, TaskId id, string person, CancellationToken ct) => RunAsync(connection, Vote, id, ct, person);

    public static Task CloseAsync(NpgsqlConnection connection, TaskId id, string outcome, DateTimeOffset at, CancellationToken ct) => RunAsync(connection, Close, id, ct, outcome, at.UtcDateTime);

    public static Task DelegateAsync(NpgsqlConnection connection, TaskId id, string from, string to, CancellationToken ct) => RunAsync(connection, Delegate, id, ct, from, to);

    public static Task RemindAsync(NpgsqlConnection connection, TaskId id, int reminders, string? escalatedTo, DateTimeOffset? nextAt, CancellationToken ct)
    {
        var remind = Command(connection, Remind, id, reminders);
        remind.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = escalatedTo });
        remind.Parameters.Add(new NpgsqlParameter { Value = nextAt is { } moment ? moment.UtcDateTime : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        return RunAsync(remind, ct);
    }

    /// <summary>Takes hold of the tasks of which somebody has to be reminded; another node passes over them.</summary>
    public static async Task<IReadOnlyList<(string Organization, TaskRow Task)>> HoldDueAsync(NpgsqlConnection connection, DateTimeOffset now, int most, CancellationToken ct)
    {
        await using var hold = new NpgsqlCommand($"select {TaskRow.Columns}, organization from human_task where status = 'open' and next_at <= $1 order by next_at limit $2 for update skip locked", connection);
        hold.Parameters.Add(new() { Value = now.UtcDateTime });
        hold.Parameters.Add(new() { Value = most });
        await using var reader = await hold.ExecuteReaderAsync(ct);
        List<(string, TaskRow)> due = [];
        while (await reader.ReadAsync(ct))
            due.Add((reader.GetString(16), TaskRow.Read(reader)));
        return due;
    }

    public async Task<(IReadOnlyList<TaskRow> Rows, long Total)> ListAsync(string organization, Person? person, TaskFilter filter, CancellationToken ct)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var count = new NpgsqlCommand { Connection = connection };
        count.CommandText = $"select count(*) from human_task where {Conditions(count.Parameters, organization, person, filter)}";
        var total = (long)(await count.ExecuteScalarAsync(ct))!;

        await using var page = new NpgsqlCommand { Connection = connection };
        var conditions = Conditions(page.Parameters, organization, person, filter);
        var (size, offset) = (Math.Clamp(filter.PageSize, 1, 200), (Math.Max(1, filter.Page) - 1L) * Math.Clamp(filter.PageSize, 1, 200));
        page.CommandText = string.Create(CultureInfo.InvariantCulture, $"select {TaskRow.Columns} from human_task where {conditions} order by (status = 'open') desc, case when status = 'open' then due end nulls last, created_at desc, run_id, step_id limit {size} offset {offset}");
        await using var reader = await page.ExecuteReaderAsync(ct);
        List<TaskRow> rows = [];
        while (await reader.ReadAsync(ct))
            rows.Add(TaskRow.Read(reader));
        return (rows, total);
    }

    private static string Conditions(NpgsqlParameterCollection values, string organization, Person? person, TaskFilter filter)
    {
        List<string> conditions = [$"organization = {Value(values, OrganizationId.Require(organization))}"];
        if (filter.State is { } state)
            conditions.Add($"status = {Value(values, state.ToString().ToLowerInvariant())}");
        if (filter.RunId is { } run)
            conditions.Add($"run_id = {Value(values, run)}");
        if (filter.DefinitionId is { } definition)
            conditions.Add($"definition_id = {Value(values, definition)}");
        if (!string.IsNullOrWhiteSpace(filter.Text))
            conditions.Add($"position(lower({Value(values, filter.Text.Trim())}) in lower(task ->> 'title')) > 0");
        if (filter.Mine)
            conditions.Add(person is null ? "false" : Asks(values, person));
        return string.Join(" and ", conditions);
    }

    /// <summary>As <see cref="TaskRow.Asks"/>, and not decided by the person yet.</summary>
    private static string Asks(NpgsqlParameterCollection values, Person person)
    {
        var me = Value(values, person.Id);
        var open = $"not {me} = any(delegators) and not {me} = any(decided_by)";
        if (person.StandsForAll)
            return open;
        var roles = Value(values, person.Roles.ToArray());
        return $"{open} and (assignee is null and role is null or assignee = {me} or role = any({roles}) or escalated_to = any({roles}) or {me} = any(delegates))";
    }

    private static async Task<TaskRow?> FindAsync(NpgsqlConnection connection, string organization, TaskId id, string hold, CancellationToken ct)
    {
        await using var read = Command(connection, $"select {TaskRow.Columns} from human_task where run_id = $1 and step_id = $2 and organization = $3{hold}", id, OrganizationId.Require(organization));
        await using var reader = await read.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? TaskRow.Read(reader) : null;
    }

    private static Task RunAsync(NpgsqlConnection connection, string sql, TaskId id, CancellationToken ct, params object[] values) => RunAsync(Command(connection, sql, id, values), ct);

    private static async Task RunAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using (command)
            await command.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, TaskId id, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in (object[])[id.RunId, id.StepId, .. values])
            command.Parameters.Add(new() { Value = value });
        return command;
    }

    private static string Value<T>(NpgsqlParameterCollection values, T value)
    {
        values.Add(new NpgsqlParameter<T> { TypedValue = value });
        return string.Create(CultureInfo.InvariantCulture, $"${values.Count}");
    }
}
