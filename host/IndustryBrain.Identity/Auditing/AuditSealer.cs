using IndustryBrain.Storage;
using IndustryBrain.Storage.Auditing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace IndustryBrain.Identity.Auditing;

/// <summary>
/// Seals the records of the audit trail into the chains of their organizations, shortly after they were committed: whoever changes something waits for no other.
/// One host does it, under a lock of the database; when it dies the next takes over.
/// </summary>
internal sealed partial class AuditSealer(Database database, AuditKey key, AuditAnchor anchor, IOptions<AuditOptions> options, TimeProvider time, ILogger<AuditSealer> logger) : BackgroundService
{
    // "IBaudit" in ASCII.
    private const long LockKey = 0x0049_4261_7564_6974;

    // A number far ahead was given by nobody's transaction.
    private const long MostGaps = 100_000;

    private readonly AuditOptions _options = options.Value;
    private readonly Dictionary<string, Head> _heads = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AuditCheckpoint> _signed = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, DateTimeOffset> _gaps = [];
    private NpgsqlConnection? _lead;
    private long _cursor;
    private bool _isTroubled;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // What the rooms recorded while they stopped; they stop before this one.
        await LookAsync(isLast: true, cancellationToken);
        await LoseLeadAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(_options.SealMilliseconds), time);
        try
        {
            do
                await LookAsync(isLast: false, stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task LookAsync(bool isLast, CancellationToken ct)
    {
        try
        {
            _lead ??= await TakeLeadAsync(ct);
            if (_lead is null)
                return;
            var hasSealed = false;
            while (await SealAsync(_lead, ct) is > 0 and var count)
            {
                hasSealed = true;
                if (count < _options.MaxSealed)
                    break;
            }

            await CheckpointAsync(_lead, isLast, ct);
            if (hasSealed)
                await anchor.KeepHeadsAsync(SignHeads(), ct);
            _isTroubled = false;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or UnauthorizedAccessException)
        {
            // Nothing is lost: the records are there, and are sealed when the database or the disk is back.
            if (!_isTroubled)
                LogNotSealed(logger, e.Message);
            _isTroubled = true;
            await LoseLeadAsync();
        }
    }

    private IReadOnlyCollection<AuditCheckpoint> SignHeads()
    {
        foreach (var (organization, head) in _heads)
        {
            if (head.Seq > 0 && (!_signed.TryGetValue(organization, out var signed) || signed.Seq != head.Seq))
                _signed[organization] = AuditCheckpoint.Sign(key, organization, head.Seq, head.Link, time.GetUtcNow());
        }

        return _signed.Values;
    }

    private async Task LoseLeadAsync()
    {
        if (_lead is { } lead)
        {
            _lead = null;
            try
            {
                // The pool would keep the lock with the connection.
                await using var release = new NpgsqlCommand($"select pg_advisory_unlock({LockKey})", lead);
                await release.ExecuteNonQueryAsync(CancellationToken.None);
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
            {
                // Gone, and the lock with it.
            }

            await lead.DisposeAsync();
        }
    }

    private async Task<NpgsqlConnection?> TakeLeadAsync(CancellationToken ct)
    {
        var connection = await database.DataSource.OpenConnectionAsync(ct);
        var leads = false;
        try
        {
            await using var take = new NpgsqlCommand($"select pg_try_advisory_lock({LockKey})", connection);
            if (!(leads = await take.ExecuteScalarAsync(ct) is true))
                return null;
            _heads.Clear();
            _signed.Clear();
            _gaps.Clear();
            await using var last = new NpgsqlCommand("select greatest((select coalesce(max(number), 0) from audit_seal), (select coalesce(max(number), 0) from audit_base))", connection);
            _cursor = (long)(await last.ExecuteScalarAsync(ct))!;
            await FindGapsAsync(connection, ct);
            // Where this folder saw the chains last is kept for good, before it is written anew.
            var known = await anchor.ReadHeadsAsync(ct);
            await anchor.AppendAsync(known, ct);
            foreach (var head in known)
                _signed[head.Organization] = head;
            return connection;
        }
        finally
        {
            if (!leads)
                await connection.DisposeAsync();
        }
    }

    /// <summary>Numbers of recent records that are not sealed though later ones are: their transactions may still commit.</summary>
    private async Task FindGapsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        // By the time of the last seal and not by now: no host may have been there since.
        await using var last = new NpgsqlCommand("select at from audit_record where number = $1", connection) { Parameters = { new() { Value = _cursor } } };
        var sealedAt = await last.ExecuteScalarAsync(ct) is DateTime at ? new DateTimeOffset(at) : now;
        await using var command = new NpgsqlCommand(
            "select g from generate_series((select min(number) from audit_record where id >= $1), $2) g where not exists (select 1 from audit_seal s where s.number = g)",
            connection)
        {
            Parameters = { new() { Value = FirstIdOf(sealedAt - Late) }, new() { Value = _cursor } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            _gaps[reader.GetInt64(0)] = now;
    }

    private TimeSpan Late => TimeSpan.FromMinutes(_options.LateMinutes);

    /// <summary>The lowest UUID of version 7 (RFC 9562) of a moment.</summary>
    internal static Guid FirstIdOf(DateTimeOffset at) => Guid.Parse($"{at.ToUnixTimeMilliseconds():x12}70008000000000000000");

    /// <returns>How many it sealed.</returns>
    private async Task<int> SealAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var found = await ReadAsync(connection, ct);
        if (found.Count == 0)
            return 0;
        await LoadHeadsAsync(connection, [.. found.Select(f => f.Organization).Distinct().Where(o => !_heads.ContainsKey(o))], ct);
        var (numbers, organizations, seqs, links) = (new long[found.Count], new string[found.Count], new long[found.Count], new byte[found.Count][]);
        var heads = new Dictionary<string, Head>(_heads, StringComparer.Ordinal);
        for (var i = 0; i < found.Count; i++)
        {
            var (number, organization, body) = found[i];
            var head = heads[organization];
            head = heads[organization] = head with { Seq = head.Seq + 1, Link = AuditChain.Link(head.Link, head.Seq + 1, body) };
            (numbers[i], organizations[i], seqs[i], links[i]) = (number, organization, head.Seq, head.Link);
        }

        await using var insert = new NpgsqlCommand("insert into audit_seal (number, organization, seq, link) select * from unnest($1, $2, $3, $4)", connection);
        insert.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = numbers });
        insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = organizations });
        insert.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = seqs });
        insert.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = links, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        await insert.ExecuteNonQueryAsync(ct);

        foreach (var (organization, head) in heads)
            _heads[organization] = head;
        Advance(numbers);
        return found.Count;
    }

    private async Task<List<(long Number, string Organization, byte[] Body)>> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            (select number, organization, body from audit_record where number = any($2))
            union all
            (select number, organization, body from audit_record where number > $1 order by number limit $3)
            """,
            connection)
        {
            Parameters = { new() { Value = _cursor }, new() { Value = _gaps.Keys.ToArray() }, new() { Value = _options.MaxSealed } },
        };
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<(long, string, byte[])> found = [];
        while (await reader.ReadAsync(ct))
            found.Add((reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)));
        return found;
    }

    private async Task LoadHeadsAsync(NpgsqlConnection connection, string[] organizations, CancellationToken ct)
    {
        if (organizations.Length == 0)
            return;
        foreach (var organization in organizations)
        {
            var begin = await AuditBase.ReadAsync(connection, organization, key, ct);
            _heads[organization] = new(begin.Seq, begin.Link, begin.Seq, time.GetTimestamp());
        }

        await using var command = new NpgsqlCommand(
            "select o.name, s.seq, s.link from unnest($1) o (name) cross join lateral (select seq, link from audit_seal where organization = o.name order by seq desc limit 1) s",
            connection)
        {
            Parameters = { new() { Value = organizations } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var seq = reader.GetInt64(1);
            _heads[reader.GetString(0)] = new(seq, reader.GetFieldValue<byte[]>(2), seq, time.GetTimestamp());
        }
    }

    private void Advance(long[] numbers)
    {
        var now = time.GetUtcNow();
        foreach (var number in numbers)
        {
            _gaps.Remove(number);
            if (number <= _cursor)
                continue;
            for (var gap = Math.Max(_cursor + 1, number - MostGaps); gap < number; gap++)
                _gaps[gap] = now;
            _cursor = number;
        }

        foreach (var gone in _gaps.Where(g => g.Value < now - Late).Select(g => g.Key).ToArray())
            _gaps.Remove(gone);
    }

    private async Task CheckpointAsync(NpgsqlConnection connection, bool isLast, CancellationToken ct)
    {
        List<AuditCheckpoint> due = [];
        foreach (var (organization, head) in _heads)
        {
            var records = head.Seq - head.Checkpoint;
            if (records > 0 && (isLast || records >= _options.CheckpointRecords || time.GetElapsedTime(head.Since).TotalSeconds >= _options.CheckpointSeconds))
                due.Add(AuditCheckpoint.Sign(key, organization, head.Seq, head.Link, time.GetUtcNow()));
        }

        if (due.Count == 0)
            return;
        await anchor.AppendAsync(due, ct);
        await using var batch = connection.CreateBatch();
        foreach (var checkpoint in due)
        {
            batch.BatchCommands.Add(new("insert into audit_checkpoint (organization, seq, body, signature) values ($1, $2, $3, $4)")
            {
                Parameters = { new() { Value = checkpoint.Organization }, new() { Value = checkpoint.Seq }, new() { Value = checkpoint.Body }, new() { Value = checkpoint.Signature } },
            });
        }

        await batch.ExecuteNonQueryAsync(ct);
        foreach (var checkpoint in due)
            _heads[checkpoint.Organization] = _heads[checkpoint.Organization] with { Checkpoint = checkpoint.Seq, Since = time.GetTimestamp() };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audit trail is not sealed at the moment: {Reason}")]
    private static partial void LogNotSealed(ILogger logger, string reason);

    /// <summary>Where a chain stands, and where it had its last checkpoint.</summary>
    private sealed record Head(long Seq, byte[] Link, long Checkpoint, long Since);
}
