using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IndustryBrain.Runtime.Triggers;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Npgsql;
using NpgsqlTypes;

namespace IndustryBrain.Runtime.Runs.Execution;

/// <summary>Lets steps pass whose throttles have a key that all runs of an organization share. A pass that was given and not recorded, because its host died, is lost: the step takes the next.</summary>
internal sealed class SharedThrottles(Database database, TimeProvider time)
{
    // Among the rates of triggers, whose scenarios have an id.
    private const string Scenario = "";
    private const string Activity = "throttle";
    private const int LongestKey = 200;

    public async Task<Result<JsonElement>> PassAsync(string organization, JsonElement input, CancellationToken ct)
    {
        var (text, limit, interval) = ThrottleCall.Read(input);
        if (limit > StartLimits.MostInPeriod || interval > StartLimits.LongestPeriod)
            return RuntimeFailures.ThrottleTooWide(StartLimits.MostInPeriod, StartLimits.LongestPeriod);
        var key = new StartKey(organization, Scenario, text.Length <= LongestKey ? text : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await LimitedStarts.LockAsync(connection, [key.Lock], ct);
        var passes = await ReadAsync(connection, key, ct);
        var at = ThrottleCall.Pass(passes, limit, interval, time.GetUtcNow());
        await WriteAsync(connection, key, passes, at + interval, ct);
        await transaction.CommitAsync(ct);
        return ThrottleCall.Answer(at);
    }

    private static async Task<Queue<DateTimeOffset>> ReadAsync(NpgsqlConnection connection, StartKey key, CancellationToken ct)
    {
        await using var command = Command(connection, "select starts from run_rate where organization = $1 and definition_id = $2 and activity_id = $3 and key = $4", key);
        return await command.ExecuteScalarAsync(ct) is DateTime[] starts ? new(starts.Select(at => new DateTimeOffset(at))) : new();
    }

    private static async Task WriteAsync(NpgsqlConnection connection, StartKey key, IEnumerable<DateTimeOffset> passes, DateTimeOffset until, CancellationToken ct)
    {
        await using var command = Command(
            connection,
            """
            insert into run_rate (organization, definition_id, activity_id, key, starts, until) values ($1, $2, $3, $4, $5, $6)
            on conflict (organization, definition_id, activity_id, key) do update set starts = excluded.starts, until = greatest(run_rate.until, excluded.until)
            """,
            key);
        command.Parameters.Add(new() { Value = passes.Select(at => at.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = until.UtcDateTime });
        await command.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, StartKey key) =>
        new(sql, connection) { Parameters = { new() { Value = key.Scope }, new() { Value = key.DefinitionId }, new() { Value = Activity }, new() { Value = key.Key } } };
}
