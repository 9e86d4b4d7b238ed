using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.DataSets;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Storage;
using Marten;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace IndustryBrain.Runtime.DataSets;

/// <summary>The rows of data sets in the database, and what plugins do with them. A run reads the version that it began to read, and a series of pages ends where it ended when it began.</summary>
internal sealed class DataSetRowStore(IOrganizationSessions sessions, Database database, IOptions<DataSetOptions> options, IOptions<CapabilityOptions> capabilities, TimeProvider time) : IDataSetStore
{
    // Rows that one statement asks for.
    private const int Batch = 2_000;

    /// <summary>How rows are written.</summary>
    public static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Lets one change of a data set at a time through, until the session's transaction ends.</summary>
    public static async Task LockAsync(IDocumentSession session, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 5020))", session.Connection) { Parameters = { new() { Value = $"{session.TenantId}\n{name}" } } };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Writes the rows of a version in the session's transaction; IB5028 when they are too many.</summary>
    /// <returns>The version with how many there are.</returns>
    public async Task<Result<DataSetVersion>> FillAsync(IDocumentSession session, DataSetRecord record, DataSetVersion version, IAsyncEnumerable<byte[]> rows, CancellationToken ct)
    {
        var (count, bytes) = (version.Rows, version.Bytes);
        await using (var copy = await session.Connection!.BeginBinaryImportAsync("copy data_set_row (organization, data_set, version, position, value) from stdin (format binary)", ct))
        {
            await foreach (var row in rows.WithCancellation(ct))
            {
                if (count == options.Value.MaxRows)
                    return DataSetFailures.TooManyRows(options.Value.MaxRows);
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(session.TenantId, NpgsqlDbType.Text, ct);
                await copy.WriteAsync(record.Key, NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync(version.Number, NpgsqlDbType.Integer, ct);
                await copy.WriteAsync(count, NpgsqlDbType.Bigint, ct);
                await copy.WriteAsync(Encoding.UTF8.GetString(row), NpgsqlDbType.Json, ct);
                (count, bytes) = (count + 1, bytes + row.Length);
            }

            await copy.CompleteAsync(ct);
        }

        return version with { Rows = count, Bytes = bytes };
    }

    /// <summary>Puts a version at the end, and lets those go that are too old, with what runs that have ended noted of them.</summary>
    public Task AddAsync(IDocumentSession session, DataSetRecord record, DataSetVersion version, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        List<DataSetVersion> versions = [.. record.Versions, version];
        foreach (var old in versions.SkipLast(options.Value.KeptVersions).ToArray())
        {
            versions.Remove(old);
            session.QueueSqlCommand("delete from data_set_row where data_set = ? and version = ?", record.Key, old.Number);
        }

        session.QueueSqlCommand("delete from data_set_pin p using run r where p.data_set = ? and r.id = p.run_id and r.status = 'Finished'", record.Key);
        record.Versions = versions;
        session.Store(record);
        return Task.CompletedTask;
    }

    /// <summary>Deletes all rows of a data set with the session.</summary>
    public static void Delete(IDocumentSession session, DataSetRecord record)
    {
        foreach (var table in new[] { "data_set_row", "data_set_write", "data_set_pin" })
            session.QueueSqlCommand($"delete from {table} where data_set = ?", record.Key);
    }

    /// <summary>All rows of a version, in order.</summary>
    public async IAsyncEnumerable<JsonElement> AllAsync(string organization, Guid key, int version, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand("select value from data_set_row where organization = $1 and data_set = $2 and version = $3 order by position", connection);
        foreach (var value in new object[] { organization, key, version })
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            yield return JsonElement.Parse(reader.GetString(0));
    }

    /// <summary>A page of rows; IB1137 when the query does not fit the version.</summary>
    public async Task<Result<DataSetPage>> PageAsync(string organization, DataSetRecord record, DataSetVersion version, DataSetQuery query, int maxRows, int maxBytes, CancellationToken ct)
    {
        if (DataSetRows.Refuse(version.Schema, query) is { } refused)
            return refused;
        var (at, end) = (0L, version.Rows);
        if (query.Cursor is { } text)
        {
            if (PageCursor.Read(text) is not { } cursor || cursor.Version != version.Number || cursor.Key != record.Key || cursor.Position > cursor.End || cursor.End > version.Rows)
                return DataSetRows.BadCursor();
            (at, end) = (cursor.Position, cursor.End);
        }

        List<JsonElement> page = [];
        var (most, bytes) = (Math.Min(query.Limit ?? maxRows, maxRows), 0L);
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        while (at < end)
        {
            await using var command = new NpgsqlCommand("select position, value from data_set_row where organization = $1 and data_set = $2 and version = $3 and position >= $4 and position < $5 order by position limit $6", connection);
            foreach (var value in new object[] { organization, record.Key, version.Number, at, end, query.Filters is { Count: > 0 } ? Batch : Math.Min(Batch, most + 1) })
                command.Parameters.Add(new() { Value = value });
            var any = false;
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                (any, at) = (true, reader.GetInt64(0));
                var row = JsonElement.Parse(reader.GetString(1));
                if (DataSetRows.Meets(version.Schema, row, query))
                {
                    var picked = DataSetRows.Pick(row, query.Columns);
                    bytes += JsonMarshal.GetRawUtf8Value(picked).Length;
                    if (page.Count == most || (page.Count > 0 && bytes > maxBytes))
                        return new DataSetPage(page, new PageCursor(record.Key, version.Number, at, end).ToString());
                    page.Add(picked);
                }

                at++;
            }

            // The version went while it was read.
            if (!any)
                return CapabilityFailures.DataSetReplaced();
        }

        return new DataSetPage(page);
    }

    /// <inheritdoc />
    public async ValueTask<Result<DataSetSchema>> DescribeAsync(DataSetScope scope, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return await GuardAsync<DataSetSchema>(name, async () => (await FindAsync(scope, name, null, cancellationToken)).TryGet(out var found, out var failure) ? found.Version.Schema : failure);
    }

    /// <inheritdoc />
    public async ValueTask<Result<DataSetPage>> ReadAsync(DataSetScope scope, string name, DataSetQuery query, int maxRows, int maxBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(query);
        return await GuardAsync<DataSetPage>(name, async () => (await FindAsync(scope, name, query.Cursor, cancellationToken)).TryGet(out var found, out var failure)
            ? await PageAsync(scope.Organization, found.Record, found.Version, query, maxRows, maxBytes, cancellationToken)
            : failure);
    }

    /// <inheritdoc />
    public ValueTask<Result<DataSetChange>> AppendAsync(DataSetScope scope, string name, IReadOnlyList<JsonElement> rows, string id, CancellationToken cancellationToken) =>
        WriteAsync(scope, name, rows, id, cancellationToken);

    /// <inheritdoc />
    public ValueTask<Result<DataSetChange>> ReplaceAsync(DataSetScope scope, string name, IReadOnlyList<JsonElement> rows, CancellationToken cancellationToken) =>
        WriteAsync(scope, name, rows, null, cancellationToken);

    private async ValueTask<Result<DataSetChange>> WriteAsync(DataSetScope scope, string name, IReadOnlyList<JsonElement> rows, string? id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(rows);
        return await GuardAsync<DataSetChange>(name, async () =>
        {
            await using var session = sessions.Open(scope.Organization);
            await session.BeginTransactionAsync(ct);
            await LockAsync(session, name, ct);
            if (await session.LoadAsync<DataSetRecord>(name, ct) is not { } record)
                return CapabilityFailures.NoDataSet(name);
            if (DataSetRows.Refuse(record.Current.Schema, rows) is { } refused)
                return refused;
            if (id is not null && !await IsNewAsync(session, record.Key, id, ct))
                return new DataSetChange(rows.Count, IsNew: false);
            var version = id is null ? new DataSetVersion(record.Current.Number + 1, record.Current.Columns, 0, 0, null, null, time.GetUtcNow(), Actor.System) : record.Current;
            byte[][] written = [.. rows.Select(r => JsonSerializer.SerializeToUtf8Bytes(r, Readable))];
            if (version.Bytes + written.Sum(r => (long)r.Length) > capabilities.Value.MaxDataSetBytes)
                return CapabilityFailures.TooLarge(name, capabilities.Value.MaxDataSetBytes);
            if (!(await FillAsync(session, record, version, written.ToAsyncEnumerable(), ct)).TryGet(out var filled, out var failure))
                return failure;
            if (id is null)
            {
                await AddAsync(session, record, filled, ct);
            }
            else
            {
                record.Versions = [.. record.Versions.SkipLast(1), filled];
                session.Store(record);
            }

            // What a run writes it reads, too.
            if (scope.RunId is { } run)
                session.QueueSqlCommand("insert into data_set_pin (organization, run_id, data_set, version) values (?, ?, ?, ?) on conflict (run_id, data_set) do update set version = excluded.version", scope.Organization, run, record.Key, filled.Number);
            await session.SaveChangesAsync(ct);
            return new DataSetChange(rows.Count, IsNew: true);
        });
    }

    private async Task<bool> IsNewAsync(IDocumentSession session, Guid key, string id, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("insert into data_set_write (organization, data_set, id, at) values ($1, $2, $3, $4) on conflict do nothing", session.Connection);
        foreach (var value in new object[] { session.TenantId, key, id, time.GetUtcNow().UtcDateTime })
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>The version that is read: that of the cursor, or the one that the run began with, or the newest.</summary>
    private async Task<Result<(DataSetRecord Record, DataSetVersion Version)>> FindAsync(DataSetScope scope, string name, string? cursor, CancellationToken ct)
    {
        await using var session = sessions.Query(scope.Organization);
        if (!DataSetTarget.IsName(name) || await session.LoadAsync<DataSetRecord>(name, ct) is not { } record)
            return CapabilityFailures.NoDataSet(name);
        var number = record.Current.Number;
        if (cursor is not null)
        {
            if (PageCursor.Read(cursor) is not { } at)
                return DataSetRows.BadCursor();
            if (at.Key != record.Key)
                return CapabilityFailures.DataSetReplaced();
            number = at.Version;
        }
        else if (scope.RunId is { } run)
        {
            number = await PinAsync(scope.Organization, run, record.Key, number, ct);
        }

        return record.Find(number) is { } version ? (record, version) : CapabilityFailures.DataSetReplaced();
    }

    private async Task<int> PinAsync(string organization, Guid run, Guid key, int number, CancellationToken ct)
    {
        // The update changes nothing; it makes the statement return the row that was there.
        await using var command = database.DataSource.CreateCommand("insert into data_set_pin as p (organization, run_id, data_set, version) values ($1, $2, $3, $4) on conflict (run_id, data_set) do update set version = p.version returning version");
        foreach (var value in new object[] { organization, run, key, number })
            command.Parameters.Add(new() { Value = value });
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<Result<T>> GuardAsync<T>(string name, Func<Task<Result<T>>> act)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            return await act();
        }
        catch (Exception e) when (DatabaseOutage.Cause(e) is not null)
        {
            return CapabilityFailures.StoreNotUsable(name);
        }
    }

    /// <summary>Where the next page begins, and where the last one ends.</summary>
    private sealed record PageCursor(Guid Key, int Version, long Position, long End)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Key:n}-{Version}-{Position}-{End}");

        public static PageCursor? Read(string text) =>
            text.Split('-') is [var key, var version, var position, var end]
            && Guid.TryParseExact(key, "n", out var id)
            && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                ? new(id, number, at, last)
                : null;
    }
}
