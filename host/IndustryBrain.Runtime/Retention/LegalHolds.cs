using System.Text.Json;
using IndustryBrain.Runtime.Runs.Control;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Marten;
using Npgsql;

namespace IndustryBrain.Runtime.Retention;

/// <summary>Places and lifts legal holds. What is held is neither archived nor deleted; from the moment a hold is on record. Safe for use from many threads.</summary>
public sealed class LegalHolds
{
    private const int LongestTarget = 200;
    private static readonly string[] Scopes = ["run", "scenario", "organization"];

    private readonly Database _database;
    private readonly IOrganizationSessions _sessions;
    private readonly TimeProvider _time;

    internal LegalHolds(Database database, IOrganizationSessions sessions, TimeProvider time) => (_database, _sessions, _time) = (database, sessions, time);

    /// <summary>The holds of the caller's organization, those placed last before others, lifted ones among them.</summary>
    public Task<IReadOnlyList<LegalHold>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return ReadAsync(caller.Organization, null, cancellationToken);
    }

    /// <summary>Places a hold. Refused: what it names is not known to the organization (IB3005, IB3001), no reason (IB3009).</summary>
    public async Task<Result<LegalHold>> PlaceAsync(Caller caller, HoldRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(request);
        if (!Scopes.Contains(request.Scope, StringComparer.Ordinal))
            return RuntimeFailures.BadRequest("scope", new($"scope 应为：{string.Join("、", Scopes)}。", $"scope is one of: {string.Join(", ", Scopes)}."));
        if (RunControls.Judge(request.Reason, isNeeded: true) is { } unfit)
            return unfit;
        if (request.Scope == "organization" != string.IsNullOrEmpty(request.Target))
            return RuntimeFailures.BadRequest("target", new("scope 为 run 或 scenario 时须给出 target。", "target goes with the scopes run and scenario, and only with them."));
        if (request.Target is { } given && (given.Length > LongestTarget || !Storable.Fits(given)))
            return RuntimeFailures.BadRequest("target", new("target 过长或含有无法保存的字符。", "target is too long, or holds characters that cannot be stored."));
        var target = request.Scope switch { "organization" => caller.Organization, "run" when Guid.TryParse(request.Target, out var run) => run.ToString(), _ => request.Target! };
        if (await IsUnknownAsync(caller.Organization, request.Scope, target, cancellationToken) is { } unknown)
            return unknown;
        var now = _time.GetUtcNow();
        var hold = new LegalHold(Guid.CreateVersion7(now), request.Scope, target, request.Reason.Trim(), caller.Actor, now, null, null, null);
        await using var session = _sessions.Open(caller.Organization);
        // What is being deleted now is gone before the hold is on record, and nothing after.
        session.QueueSqlCommand("call run_event_lock(?)", RetentionPass.Lock);
        session.QueueSqlCommand(
            "insert into run_hold (id, organization, scope, target, reason, placed_at, placed_by) values (?, ?, ?, ?, ?, ?, ?::jsonb)",
            hold.Id, caller.Organization, hold.Scope, hold.Target, hold.Reason, hold.PlacedAt.ToUniversalTime(), JsonSerializer.Serialize(caller.Actor));
        session.Append(caller, "hold.place", hold.Scope, hold.Target, label: hold.Reason);
        await session.SaveChangesAsync(cancellationToken);
        return hold;
    }

    /// <summary>Lifts a hold. Refused: unknown (IB3140), lifted before (IB3141), no reason (IB3009).</summary>
    public async Task<Result<LegalHold>> LiftAsync(Caller caller, Guid id, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (RunControls.Judge(reason, isNeeded: true) is { } unfit)
            return unfit;
        if (await ReadAsync(caller.Organization, id, cancellationToken) is not [var hold])
            return RetentionFailures.NoHold(id.ToString());
        var lifted = hold with { LiftedBy = caller.Actor, LiftedAt = _time.GetUtcNow(), LiftReason = reason!.Trim() };
        await using var session = _sessions.Open(caller.Organization);
        await session.BeginTransactionAsync(cancellationToken);
        await using var lift = new NpgsqlCommand("update run_hold set lifted_at = $3, lifted_by = $4::jsonb, lift_reason = $5 where id = $1 and organization = $2 and lifted_at is null");
        foreach (var value in new object[] { id, caller.Organization, lifted.LiftedAt.Value.UtcDateTime, JsonSerializer.Serialize(caller.Actor), lifted.LiftReason })
            lift.Parameters.Add(new() { Value = value });
        if (await session.ExecuteAsync(lift, cancellationToken) == 0)
            return RetentionFailures.Lifted(id);
        session.Append(caller, "hold.lift", hold.Scope, hold.Target, label: lifted.LiftReason);
        await session.SaveChangesAsync(cancellationToken);
        return lifted;
    }

    private async Task<Failure?> IsUnknownAsync(string organization, string scope, string target, CancellationToken ct)
    {
        if (scope == "organization")
            return null;
        if (scope == "run" && !Guid.TryParse(target, out _))
            return RuntimeFailures.RunUnknown(target);
        await using var find = _database.DataSource.CreateCommand(scope == "run"
            ? "select exists (select 1 from run where id = $2::uuid and organization = $1) or exists (select 1 from run_archive where run_id = $2::uuid and organization = $1)"
            : "select exists (select 1 from run where organization = $1 and definition_id = $2) or exists (select 1 from run_archive where organization = $1 and definition_id = $2) or exists (select 1 from mt_doc_scenariorecord where tenant_id = $1 and id = $2)");
        find.Parameters.Add(new() { Value = organization });
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = target });
        if (await find.ExecuteScalarAsync(ct) is true)
            return null;
        return scope == "run" ? RuntimeFailures.RunUnknown(target) : RuntimeFailures.ScenarioUnknown(target);
    }

    private async Task<IReadOnlyList<LegalHold>> ReadAsync(string organization, Guid? id, CancellationToken ct)
    {
        await using var command = _database.DataSource.CreateCommand(
            "select id, scope, target, reason, placed_by, placed_at, lifted_by, lifted_at, lift_reason from run_hold where organization = $1 and id = coalesce($2, id) order by placed_at desc, id limit 1000");
        command.Parameters.Add(new() { Value = OrganizationId.Require(organization) });
        command.Parameters.Add(new NpgsqlParameter<Guid?> { TypedValue = id, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<LegalHold> holds = [];
        while (await reader.ReadAsync(ct))
        {
            holds.Add(new(
                reader.GetGuid(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetString(3),
                JsonSerializer.Deserialize<Actor>(reader.GetString(4))!,
                reader.GetFieldValue<DateTimeOffset>(5),
                await reader.IsDBNullAsync(6, ct) ? null : JsonSerializer.Deserialize<Actor>(reader.GetString(6)),
                await reader.IsDBNullAsync(7, ct) ? null : reader.GetFieldValue<DateTimeOffset>(7),
                await reader.IsDBNullAsync(8, ct) ? null : reader.GetString(8)));
        }

        return holds;
    }
}
