using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Npgsql;
using NpgsqlTypes;

namespace IndustryBrain.Runtime.Quotas;

/// <summary>
/// Counts what organizations use and says when it is as much as they may. Nothing is asked of the database when a run starts: one node counts for all every <see cref="QuotaOptions.LookSeconds"/>, and in between each
/// adds what it did itself, so that a quota may be exceeded by what other nodes let in within that time. Safe for use from many threads.
/// </summary>
public sealed class UsageMeter
{
    private const int ShownDays = 31;
    private const long CountLock = 3_313_001;

    // The journal is read whole for it.
    private static readonly TimeSpan JournalEvery = TimeSpan.FromMinutes(1);

    private readonly Database _database;
    private readonly OrganizationQuotas _quotas;
    private readonly RunOptions _runs;
    private readonly OrganizationGate _gate;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<(string Organization, DateOnly Day), Counted> _uncounted = [];
    private readonly ConcurrentDictionary<string, Since> _started = [];
    private readonly ConcurrentDictionary<string, JournalSize> _journals = [];
    private Dictionary<string, Standing> _standing = [];

    internal UsageMeter(Database database, OrganizationQuotas quotas, RunOptions runs, OrganizationGate gate, TimeProvider time) => (_database, _quotas, _runs, _gate, _time) = (database, quotas, runs, gate, time);

    /// <summary>How many hosts share the database.</summary>
    internal int Nodes { get; set; } = 1;

    internal TimeSpan LookEvery => _quotas.LookEvery;

    private DateOnly Today => DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);

    /// <summary>Runs of an organization that this node may execute at the same time.</summary>
    internal int ShareOf(string organization)
    {
        var all = _quotas.Of(organization).ConcurrentRuns;
        return all == 0 ? _runs.MaxExecuting : Math.Clamp(all / Math.Max(1, Nodes), 1, _runs.MaxExecuting);
    }

    internal EngineLimits LimitsOf(string organization, EngineLimits limits) => _quotas.Of(organization).StepsPerRun is > 0 and var most && most < limits.MaxSteps
        ? new() { MaxSteps = most, MaxLines = limits.MaxLines, MaxHeldBytes = limits.MaxHeldBytes, StepsBetweenYields = limits.StepsBetweenYields, MaxRunDepth = limits.MaxRunDepth }
        : limits;

    /// <summary>Why an organization may not start another run now; null when it may.</summary>
    internal async ValueTask<Failure?> RefuseAsync(string organization, CancellationToken ct)
    {
        if (await _gate.RefuseAsync(organization, ct) is { } closed)
            return closed;
        await _quotas.EnsureAsync(ct);
        var limits = _quotas.Of(organization);
        if (limits.IsOpen)
            return null;
        var standing = await StandingOfAsync(organization, ct);
        if (limits.OpenRuns > 0 && standing.Open + (_started.TryGetValue(organization, out var started) ? started.Value : 0) >= limits.OpenRuns)
            return QuotaFailures.OpenRuns(limits.OpenRuns);
        if (limits.StepsPerDay > 0 && (standing.Day == Today ? standing.Steps : 0) + UncountedSteps(organization) >= limits.StepsPerDay)
            return QuotaFailures.StepsOfDay(limits.StepsPerDay);
        return limits.StoredBytes > 0 && standing.StoredBytes >= limits.StoredBytes ? QuotaFailures.Stored(limits.StoredBytes) : null;
    }

    /// <summary>Why an organization may not store another file now; null when it may.</summary>
    internal async ValueTask<Failure?> RefuseStoreAsync(string organization, CancellationToken ct)
    {
        await _quotas.EnsureAsync(ct);
        return _quotas.Of(organization).StoredBytes is > 0 and var most && (await StandingOfAsync(organization, ct)).StoredBytes >= most ? QuotaFailures.Stored(most) : null;
    }

    /// <summary>Why an input is too large for the organization; null when it is not.</summary>
    internal Failure? RefusePayload(string organization, JsonElement? payload) =>
        payload is { ValueKind: not JsonValueKind.Undefined } given && _quotas.Of(organization).PayloadBytes is > 0 and var most && JsonMarshal.GetRawUtf8Value(given).Length > most ? QuotaFailures.Payload(most) : null;

    /// <summary>After what time another try may succeed; zero when nobody can tell.</summary>
    internal TimeSpan RetryAfter(Failure failure) => failure.Code switch
    {
        QuotaFailures.Steps => Today.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) - _time.GetUtcNow().UtcDateTime,
        "IB3135" or "IB3137" => LookEvery,
        _ => TimeSpan.Zero,
    };

    /// <summary>A run was accepted here.</summary>
    internal void Started(string organization)
    {
        Interlocked.Increment(ref _started.GetOrAdd(organization, static _ => new()).Value);
        Interlocked.Increment(ref CountedOf(organization).Runs);
    }

    /// <summary>More of a run is on record.</summary>
    internal void Recorded(string organization, IReadOnlyList<object> events)
    {
        var steps = 0;
        foreach (var entry in events)
            steps += entry is StepBegan or StepEnded { StartedAt: not null } ? 1 : 0;
        if (steps > 0)
            Interlocked.Add(ref CountedOf(organization).Steps, steps);
    }

    /// <summary>What the caller's organization uses, counted now; the bytes of its journal within the last minute.</summary>
    public async Task<UsageView> GetAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await _quotas.EnsureAsync(cancellationToken);
        var here = CountedOf(caller.Organization);
        var journal = _journals.TryGetValue(caller.Organization, out var counted) && _time.GetElapsedTime(counted.At) < JournalEvery ? counted : null;
        await using var batch = _database.DataSource.CreateBatch();
        batch.BatchCommands.Add(new("select state, count(*) from run_work where organization = $1 group by state") { Parameters = { new() { Value = caller.Organization } } });
        batch.BatchCommands.Add(new(
            """
            select coalesce((select sum(size) from stored_file where organization = $1), 0)::bigint + coalesce((select sum(octet_length(content)) from run_archive where organization = $1 and content is not null), 0)::bigint,
                coalesce($2, (select sum(octet_length(events)) from run_journal where organization = $1), 0)::bigint
            """)
        { Parameters = { new() { Value = caller.Organization }, new NpgsqlParameter<long?> { TypedValue = journal?.Bytes, NpgsqlDbType = NpgsqlDbType.Bigint } } });
        batch.BatchCommands.Add(new("select day, runs, steps from run_usage where organization = $1 order by day desc limit $2") { Parameters = { new() { Value = caller.Organization }, new() { Value = ShownDays } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        Dictionary<string, long> states = [];
        while (await reader.ReadAsync(cancellationToken))
            states[reader.GetString(0)] = reader.GetInt64(1);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        if (journal is null)
            _journals[caller.Organization] = journal = new(reader.GetInt64(1), _time.GetTimestamp());
        var stored = reader.GetInt64(0) + journal.Bytes;
        await reader.NextResultAsync(cancellationToken);
        List<DayUsage> days = [];
        while (await reader.ReadAsync(cancellationToken))
            days.Add(new(reader.GetFieldValue<DateOnly>(0), reader.GetInt64(1), reader.GetInt64(2)));
        // What this node has not put on record yet.
        var today = days is [var first, ..] && first.Day == Today ? first : new(Today, 0, 0);
        days = [today with { Runs = today.Runs + Interlocked.Read(ref here.Runs), Steps = today.Steps + Interlocked.Read(ref here.Steps) }, .. days.Where(d => d.Day != Today)];
        return new(
            _quotas.Of(caller.Organization),
            states.GetValueOrDefault(WorkStates.Executing),
            states.GetValueOrDefault(WorkStates.Queued),
            states.GetValueOrDefault(WorkStates.Waiting),
            states.GetValueOrDefault(WorkStates.Paused),
            stored,
            days,
            _time.GetUtcNow());
    }

    /// <summary>Adds what this node counted to what is on record.</summary>
    internal async Task FlushAsync(CancellationToken ct)
    {
        foreach (var (key, counted) in _uncounted)
        {
            var (runs, steps) = (Interlocked.Exchange(ref counted.Runs, 0), Interlocked.Exchange(ref counted.Steps, 0));
            if (runs == 0 && steps == 0)
            {
                // A day that is over is counted no more.
                if (key.Day < Today.AddDays(-1))
                    _uncounted.TryRemove(key, out _);
                continue;
            }

            try
            {
                await using var add = _database.DataSource.CreateCommand("insert into run_usage as u (organization, day, runs, steps) values ($1, $2, $3, $4) on conflict (organization, day) do update set runs = u.runs + excluded.runs, steps = u.steps + excluded.steps");
                add.Parameters.Add(new() { Value = key.Organization });
                add.Parameters.Add(new() { Value = key.Day });
                add.Parameters.Add(new() { Value = runs });
                add.Parameters.Add(new() { Value = steps });
                await add.ExecuteNonQueryAsync(ct);
            }
            catch
            {
                Interlocked.Add(ref counted.Runs, runs);
                Interlocked.Add(ref counted.Steps, steps);
                throw;
            }
        }
    }

    /// <summary>Counts what all organizations have, unless another node does, and reads what was counted.</summary>
    internal async Task LookAsync(CancellationToken ct)
    {
        await FlushAsync(ct);
        await _quotas.ReadAsync(ct);
        // Where nobody has a quota nobody asks.
        if (_quotas.IsOpen)
            return;
        await CountAsync(ct);
        _standing = await ReadAsync(null, ct);
        _started.Clear();
    }

    private async Task CountAsync(CancellationToken ct)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var hold = new NpgsqlCommand("select pg_try_advisory_xact_lock($1)", connection, transaction) { Parameters = { new() { Value = CountLock } } };
        if (await hold.ExecuteScalarAsync(ct) is not true)
            return;
        await using var count = new NpgsqlCommand(
            """
            with work as (
                select organization, count(*) filter (where state = 'executing') executing, count(*) filter (where state = 'queued') queued,
                    count(*) filter (where state = 'waiting') waiting, count(*) filter (where state = 'paused') paused
                from run_work group by organization),
            stored as (
                select organization, sum(bytes)::bigint bytes from (
                    select organization, size bytes from stored_file union all
                    select organization, octet_length(events) from run_journal union all
                    select organization, octet_length(content) from run_archive where content is not null) b
                group by organization)
            insert into run_standing (organization, executing, queued, waiting, paused, stored_bytes, at)
            select o.organization, coalesce(w.executing, 0), coalesce(w.queued, 0), coalesce(w.waiting, 0), coalesce(w.paused, 0), coalesce(s.bytes, 0), $1
            from (select organization from work union select organization from stored union select organization from run_standing) o
                left join work w using (organization) left join stored s using (organization)
            on conflict (organization) do update set executing = excluded.executing, queued = excluded.queued, waiting = excluded.waiting, paused = excluded.paused, stored_bytes = excluded.stored_bytes, at = excluded.at
            """,
            connection,
            transaction);
        count.Parameters.Add(new() { Value = _time.GetUtcNow().UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await count.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private async Task<Dictionary<string, Standing>> ReadAsync(string? organization, CancellationToken ct)
    {
        var today = Today;
        await using var read = _database.DataSource.CreateCommand(
            """
            select organization, coalesce(s.executing + s.queued + s.waiting + s.paused, 0), coalesce(s.stored_bytes, 0), coalesce(u.steps, 0)
            from run_standing s full join (select * from run_usage where day = $1) u using (organization) where organization = coalesce($2, organization)
            """);
        read.Parameters.Add(new() { Value = today });
        read.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = organization, NpgsqlDbType = NpgsqlDbType.Text });
        await using var reader = await read.ExecuteReaderAsync(ct);
        Dictionary<string, Standing> standing = [];
        while (await reader.ReadAsync(ct))
            standing[reader.GetString(0)] = new(reader.GetInt64(1), reader.GetInt64(2), today, reader.GetInt64(3));
        return standing;
    }

    // Before the first look of this node.
    private async ValueTask<Standing> StandingOfAsync(string organization, CancellationToken ct)
    {
        if (_standing.TryGetValue(organization, out var standing))
            return standing;
        if (_standing.Count > 0)
            return Standing.None;
        await LookAsync(ct);
        return _standing.GetValueOrDefault(organization, Standing.None);
    }

    private long UncountedSteps(string organization) => _uncounted.TryGetValue((organization, Today), out var counted) ? Interlocked.Read(ref counted.Steps) : 0;

    private Counted CountedOf(string organization) => _uncounted.GetOrAdd((organization, Today), static _ => new());

    private sealed class Counted
    {
        public long Runs;
        public long Steps;
    }

    private sealed class Since
    {
        public long Value;
    }

    private sealed record JournalSize(long Bytes, long At);

    private sealed record Standing(long Open, long StoredBytes, DateOnly Day, long Steps)
    {
        public static Standing None { get; } = new(0, 0, default, 0);
    }
}
