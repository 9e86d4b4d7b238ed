using System.Text.Json;
using IndustryBrain.Storage;
using IndustryBrain.Storage.Auditing;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IndustryBrain.Identity.Auditing;

/// <summary>Finds out whether the audit trail of an organization is what it was, and names the first place where it is not.</summary>
public sealed class AuditVerifier
{
    private readonly Database _database;
    private readonly AuditKey _key;
    private readonly AuditAnchor _anchor;
    private readonly AuditOptions _options;
    private readonly TimeProvider _time;

    internal AuditVerifier(Database database, AuditKey key, AuditAnchor anchor, IOptions<AuditOptions> options, TimeProvider time) =>
        (_database, _key, _anchor, _options, _time) = (database, key, anchor, options.Value, time);

    /// <summary>Checks every record of an organization: what is stored, its place, the checkpoints in the database and those outside. It reads the chain once and keeps nothing of it.</summary>
    public async Task<AuditVerification> VerifyAsync(string organization, CancellationToken cancellationToken)
    {
        // Before the database: what stands outside was sealed there first, so that a record sealed meanwhile is not missed.
        var outside = await _anchor.ReadAsync(OrganizationId.Require(organization), cancellationToken);
        await using var connection = await _database.DataSource.OpenConnectionAsync(cancellationToken);
        // One moment of the database: what is sealed meanwhile is not half seen.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var begin = await AuditBase.ReadAsync(connection, organization, _key, cancellationToken);
        var state = new State(organization, begin, await ReadStartAsync(connection, cancellationToken), await ReadCheckpointsAsync(connection, organization, outside, cancellationToken));
        CheckSignatures(state);
        await CheckChainAsync(connection, state, cancellationToken);
        var waiting = await CheckUnsealedAsync(connection, state, cancellationToken);
        return new(organization, state.Break is null, state.Break, state.Sealed, waiting, state.Agreeing, state.OtherKeys, _time.GetUtcNow(), _key.Id) { Archived = begin.Seq };
    }

    private static async Task<long> ReadStartAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(number), 0) from audit_start", connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<IReadOnlyList<AuditCheckpoint?>> ReadCheckpointsAsync(NpgsqlConnection connection, string organization, IReadOnlyList<AuditCheckpoint> outside, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select body, signature from audit_checkpoint where organization = $1", connection) { Parameters = { new() { Value = organization } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<AuditCheckpoint?> read = [];
        while (await reader.ReadAsync(ct))
            read.Add(AuditCheckpoint.Read(reader.GetFieldValue<byte[]>(0), reader.GetFieldValue<byte[]>(1)));
        read.AddRange(outside);
        return [.. read.OrderBy(c => c?.Seq ?? 0)];
    }

    private void CheckSignatures(State state)
    {
        if (!state.Begin.IsSigned)
            state.FailChain(AuditFault.Signature, state.Begin.Seq, null);
        foreach (var checkpoint in state.Given)
        {
            if (checkpoint is null || checkpoint.Organization != state.Organization)
                state.Fail(AuditFault.Signature, checkpoint?.Seq, null);
            else if (checkpoint.KeyId != _key.Id)
                state.OtherKeys++;
            else if (_key.Verify(checkpoint.Body, checkpoint.Signature))
                state.Take(checkpoint);
            else
                state.Fail(AuditFault.Signature, checkpoint.Seq, null);
        }
    }

    private async Task CheckChainAsync(NpgsqlConnection connection, State state, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select s.seq, s.link, s.number, r.id, r.organization, r.at, r.action, r.body, r.record::text
            from audit_seal s left join audit_record r on r.number = s.number
            where s.organization = $1 order by s.seq
            """,
            connection)
        {
            Parameters = { new() { Value = state.Organization } },
            CommandTimeout = 0,
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var link = state.Begin.Link;
        while (!state.IsChainBroken && await reader.ReadAsync(ct))
        {
            var seq = reader.GetInt64(0);
            if (seq != state.Sealed + 1)
            {
                state.FailChain(AuditFault.Missing, state.Sealed + 1, null);
                break;
            }

            if (await reader.IsDBNullAsync(3, ct))
            {
                state.FailChain(AuditFault.Missing, seq, null);
                break;
            }

            var (id, body) = (reader.GetGuid(3), reader.GetFieldValue<byte[]>(7));
            link = AuditChain.Link(link, seq, body);
            if (!link.AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(1)) || !IsWhole(body, id, reader.GetString(4), reader.GetFieldValue<DateTimeOffset>(5), reader.GetString(6), reader.GetString(8)))
            {
                state.FailChain(AuditFault.Altered, seq, id);
                break;
            }

            Judge(state, seq, id, reader.GetInt64(2), body);
            state.Pass(seq, link);
        }

        if (!state.IsChainBroken && state.Checkpoints.Count > state.Next && state.Checkpoints[state.Next].Seq > state.Sealed)
            state.FailChain(AuditFault.Truncated, state.Sealed + 1, null);
    }

    private void Judge(State state, long seq, Guid id, long number, byte[] body)
    {
        switch (AuditProof.Judge(body, _key))
        {
            case AuditOrigin.OtherKey:
                state.OtherKeys++;
                break;
            case AuditOrigin.Wrong:
            case AuditOrigin.None when number > state.Start:
                state.Fail(AuditFault.Inserted, seq, id);
                break;
        }
    }

    /// <summary>The columns and the copy for queries say what the sealed bytes say.</summary>
    private static bool IsWhole(byte[] body, Guid id, string organization, DateTimeOffset at, string action, string copy)
    {
        try
        {
            var record = JsonElement.Parse(body);
            return JsonElement.DeepEquals(record, JsonElement.Parse(copy))
                && record.GetProperty("id").GetGuid() == id
                && record.GetProperty("org").GetString() == organization
                && record.GetProperty("action").GetString() == action
                && record.GetProperty("at").GetDateTimeOffset() == at;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    /// <summary>Records that are in no chain: they wait for the sealer, or appeared where none could.</summary>
    private async Task<long> CheckUnsealedAsync(NpgsqlConnection connection, State state, CancellationToken ct)
    {
        var late = AuditSealer.FirstIdOf(_time.GetUtcNow() - TimeSpan.FromMinutes(_options.LateMinutes));
        await using var command = new NpgsqlCommand(
            "select r.id, r.body, r.number, r.number < (select coalesce(max(number), 0) from audit_seal) from audit_record r where r.organization = $1 and not exists (select 1 from audit_seal s where s.number = r.number) order by r.id",
            connection)
        {
            Parameters = { new() { Value = state.Organization } },
            CommandTimeout = 0,
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var waiting = 0L;
        while (await reader.ReadAsync(ct))
        {
            var (id, origin) = (reader.GetGuid(0), AuditProof.Judge(reader.GetFieldValue<byte[]>(1), _key));
            // What no seal has passed by yet only waits, however long no host was there.
            if ((reader.GetBoolean(3) && id.CompareTo(late) < 0) || origin == AuditOrigin.Wrong || (origin == AuditOrigin.None && reader.GetInt64(2) > state.Start))
                state.Fail(AuditFault.Inserted, null, id);
            waiting++;
        }

        return waiting;
    }

    /// <summary>What a verification knows so far.</summary>
    private sealed class State(string organization, AuditBase begin, long start, IReadOnlyList<AuditCheckpoint?> given)
    {
        private long _lastGood = begin.Seq;

        public string Organization => organization;

        /// <summary>What the chain goes on from here.</summary>
        public AuditBase Begin => begin;

        /// <summary>Number up to which records carry no proof.</summary>
        public long Start => start;

        public IReadOnlyList<AuditCheckpoint?> Given => given;

        /// <summary>Those whose signature holds, by number.</summary>
        public List<AuditCheckpoint> Checkpoints { get; } = [];

        /// <summary>The first that has not been reached.</summary>
        public int Next { get; private set; }

        public long Sealed { get; private set; } = begin.Seq;

        public long Agreeing { get; private set; }

        public long OtherKeys { get; set; }

        public AuditBreak? Break { get; private set; }

        public bool IsChainBroken { get; private set; }

        /// <summary>A checkpoint with a good signature: one of what has left speaks of nothing here, and the one of the last that left has to agree.</summary>
        public void Take(AuditCheckpoint checkpoint)
        {
            if (checkpoint.Seq > begin.Seq)
                Checkpoints.Add(checkpoint);
            else if (checkpoint.Seq == begin.Seq && checkpoint.Link != Convert.ToHexStringLower(begin.Link))
                FailChain(AuditFault.Rewritten, checkpoint.Seq, null);
        }

        public void Pass(long seq, byte[] link)
        {
            Sealed = seq;
            for (; Next < Checkpoints.Count && Checkpoints[Next].Seq == seq; Next++)
            {
                if (Checkpoints[Next].Link != Convert.ToHexStringLower(link))
                {
                    // Somewhere since the last one that agrees; where a record's own proof said where, that is more exact.
                    FailChain(AuditFault.Rewritten, Break?.Seq is { } known && known > _lastGood ? seq : _lastGood + 1, null);
                    return;
                }

                (_lastGood, Agreeing) = (seq, Agreeing + 1);
            }
        }

        /// <summary>What is wrong with the chain itself comes first.</summary>
        public void FailChain(AuditFault fault, long seq, Guid? id) => (IsChainBroken, Break) = (true, Break is { Seq: { } earlier } && earlier <= seq ? Break : new(fault, seq, id, _lastGood));

        public void Fail(AuditFault fault, long? seq, Guid? id) => Break ??= new(fault, seq, id, _lastGood);
    }
}
