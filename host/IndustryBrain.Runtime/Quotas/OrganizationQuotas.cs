using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using IndustryBrain.Runtime.Runs.Nodes;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IndustryBrain.Runtime.Quotas;

/// <summary>
/// What organizations may use: what was set for one while the hosts run goes before what the configuration says for it, and that before what holds for all. Each node keeps the few that were set and hears of a change.
/// Safe for use from many threads.
/// </summary>
public sealed class OrganizationQuotas
{
    internal const string Changed = "quotas";

    private const string Change = "update organization_quota set quota = $2::jsonb, revision = revision + 1, updated_at = $3, updated_by = $4::jsonb where organization = $1 and revision = $5";
    private const string SetOrChange = """
        insert into organization_quota as q (organization, quota, revision, updated_at, updated_by) values ($1, $2::jsonb, 1, $3, $4::jsonb)
        on conflict (organization) do update set quota = excluded.quota, revision = q.revision + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by where $5 is null
        """;

    private readonly Database _database;
    private readonly IOrganizationSessions _sessions;
    private readonly IOptionsMonitor<QuotaOptions> _options;
    private readonly TimeProvider _time;
    private volatile Dictionary<string, QuotaSetting>? _known;
    private volatile bool _isCurrent;

    internal OrganizationQuotas(Database database, IOrganizationSessions sessions, IOptionsMonitor<QuotaOptions> options, TimeProvider time) => (_database, _sessions, _options, _time) = (database, sessions, options, time);

    internal TimeSpan LookEvery => TimeSpan.FromSeconds(_options.CurrentValue.LookSeconds);

    /// <summary>True when what is in use limits nobody.</summary>
    internal bool IsOpen => _options.CurrentValue.IsOpen && (_known is not { } known || known.Keys.All(o => Of(o).IsOpen));

    /// <summary>What was set for an organization, and what it may use because of it. Refused: no such id (IB3162).</summary>
    public async Task<Result<QuotaView>> GetAsync(string organization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(organization);
        if (!OrganizationId.IsValid(organization))
            return QuotaFailures.NoOrganization(organization);
        await ReadAsync(cancellationToken);
        return View(organization);
    }

    /// <summary>Sets what an organization may use; it holds on this node at once, and on the others as soon as they hear of it. Refused: no such id (IB3162), a value out of its range (IB3009), another revision than was seen (IB3163).</summary>
    /// <param name="caller">Who sets it.</param>
    /// <param name="organization">The organization.</param>
    /// <param name="quota">What differs for it; null in it for what the configuration says.</param>
    /// <param name="revision">The revision that was seen; null changes whatever is there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<QuotaView>> SetAsync(Caller caller, string organization, OrganizationQuota quota, int? revision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(organization);
        ArgumentNullException.ThrowIfNull(quota);
        if (!OrganizationId.IsValid(organization))
            return QuotaFailures.NoOrganization(organization);
        List<ValidationResult> wrong = [];
        if (!Validator.TryValidateObject(quota, new(quota), wrong, validateAllProperties: true))
            return OutOfRange(wrong[0]);
        await using var session = _sessions.Open(caller.Organization);
        await session.BeginTransactionAsync(cancellationToken);
        await using var set = new NpgsqlCommand(revision is > 0 ? Change : SetOrChange);
        set.Parameters.Add(new() { Value = organization });
        set.Parameters.Add(new() { Value = JsonSerializer.Serialize(quota, JsonSerializerOptions.Web) });
        set.Parameters.Add(new() { Value = _time.GetUtcNow().UtcDateTime });
        set.Parameters.Add(new() { Value = JsonSerializer.Serialize(caller.Actor) });
        set.Parameters.Add(new NpgsqlParameter<int?> { TypedValue = revision, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer });
        if (await session.ExecuteAsync(set, cancellationToken) == 0)
            return QuotaFailures.ChangedMeanwhile(organization);
        session.Append(caller, "quota.set", "organization", organization, label: JsonSerializer.Serialize(quota, JsonSerializerOptions.Web));
        session.QueueSqlCommand("select pg_notify(?, ?)", RunListener.Channel, Changed);
        await session.SaveChangesAsync(cancellationToken);
        await ReadAsync(cancellationToken);
        return View(organization);
    }

    /// <summary>What an organization may use, as this node last read it.</summary>
    internal QuotaLimits Of(string organization)
    {
        var limits = _options.CurrentValue.Of(organization);
        if (_known?.GetValueOrDefault(organization)?.Quota is not { } set)
            return limits;
        return new(
            set.ConcurrentRuns ?? limits.ConcurrentRuns,
            set.OpenRuns ?? limits.OpenRuns,
            set.StepsPerDay ?? limits.StepsPerDay,
            set.StepsPerRun ?? limits.StepsPerRun,
            set.PayloadBytes ?? limits.PayloadBytes,
            set.StoredBytes ?? limits.StoredBytes);
    }

    /// <summary>Reads what was set unless this node knows it.</summary>
    internal ValueTask EnsureAsync(CancellationToken ct) => _isCurrent ? ValueTask.CompletedTask : new(ReadAsync(ct));

    /// <summary>What this node knows holds until it is read anew, which is at the next start of a run.</summary>
    internal void Forget() => _isCurrent = false;

    /// <summary>Reads anew what was set.</summary>
    internal async Task ReadAsync(CancellationToken ct)
    {
        _isCurrent = true;
        try
        {
            _known = await ListAsync(ct);
        }
        catch
        {
            _isCurrent = false;
            throw;
        }
    }

    private async Task<Dictionary<string, QuotaSetting>> ListAsync(CancellationToken ct)
    {
        await using var command = _database.DataSource.CreateCommand("select organization, quota, revision, updated_at, updated_by from organization_quota");
        await using var reader = await command.ExecuteReaderAsync(ct);
        Dictionary<string, QuotaSetting> known = [];
        while (await reader.ReadAsync(ct))
        {
            known[reader.GetString(0)] = new(
                JsonSerializer.Deserialize<OrganizationQuota>(reader.GetString(1), JsonSerializerOptions.Web)!,
                reader.GetInt32(2),
                reader.GetFieldValue<DateTimeOffset>(3),
                JsonSerializer.Deserialize<Actor>(reader.GetString(4))!);
        }

        return known;
    }

    private QuotaView View(string organization)
    {
        var set = _known?.GetValueOrDefault(organization);
        return new(organization, set?.Quota ?? new(), Of(organization), set?.Revision ?? 0, set?.UpdatedAt, set?.UpdatedBy);
    }

    private static Failure OutOfRange(ValidationResult wrong)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(wrong.MemberNames.First());
        return RuntimeFailures.BadRequest(name, new($"{name} 超出允许的范围。", $"{name} is out of its range."));
    }

    private sealed record QuotaSetting(OrganizationQuota Quota, int Revision, DateTimeOffset UpdatedAt, Actor UpdatedBy);
}
