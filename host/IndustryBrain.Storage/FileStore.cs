using System.Security.Cryptography;
using IndustryBrain.Sdk;
using IndustryBrain.Storage.Auditing;
using IndustryBrain.Storage.Files;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IndustryBrain.Storage;

/// <summary>Files of an organization, kept in the database in chunks: one transaction stores a file whole or not at all.</summary>
public sealed class FileStore(Database database, IOptions<FileStoreOptions> options, TimeProvider time)
{
    internal const int ChunkBytes = 256 * 1024;
    private const int LongestName = 255;

    /// <summary>Stores the content of a stream, read once from its present position.</summary>
    /// <returns>The file, or IB0021 (larger than <see cref="FileStoreOptions.MaxBytes"/>) or IB0022 (not a name); then nothing is kept.</returns>
    public async Task<Result<StoredFile>> StoreAsync(Caller caller, string name, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(content);
        var organization = OrganizationId.Require(caller.Organization);
        if (!IsName(name))
        {
            return StorageFailures.FileNameInvalid(name ?? "");
        }

        var limit = options.Value.MaxBytes;
        if (content.CanSeek && content.Length - content.Position > limit)
        {
            return StorageFailures.FileTooLarge(name, limit);
        }

        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, "insert into stored_file (id, organization, name, size, sha256, created_at) values ($1, $2, $3, 0, '', $4)", cancellationToken, id, organization, name, now);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[ChunkBytes];
        var size = 0L;
        for (var number = 0; ; number++)
        {
            var read = await content.ReadAtLeastAsync(buffer, ChunkBytes, throwOnEndOfStream: false, cancellationToken);
            if (read == 0)
            {
                break;
            }

            size += read;
            if (size > limit)
            {
                return StorageFailures.FileTooLarge(name, limit);
            }

            hash.AppendData(buffer, 0, read);
            await ExecuteAsync(connection, "insert into stored_file_chunk (file_id, number, content) values ($1, $2, $3)", cancellationToken, id, number, new ReadOnlyMemory<byte>(buffer, 0, read));
        }

        var sha256 = hash.GetHashAndReset();
        await ExecuteAsync(connection, "update stored_file set size = $2, sha256 = $3 where id = $1", cancellationToken, id, size, sha256);
        await AuditTrail.InsertAsync(connection, AuditRecord.Create(now, caller, "file.store", "file", id.ToString(), AuditResult.Ok, null, name), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new StoredFile(id.ToString(), name, size, Convert.ToHexStringLower(sha256));
    }

    /// <summary>Finds a file of the caller's organization; another organization's is not found (IB0020).</summary>
    public Task<Result<StoredFile>> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return FindAsync(caller.Organization, id, cancellationToken);
    }

    /// <summary>Opens the content of an organization's file. The stream fetches chunk by chunk and holds no connection between reads.</summary>
    public async Task<Result<Stream>> OpenAsync(string organization, string id, CancellationToken cancellationToken) =>
        (await FindAsync(organization, id, cancellationToken)).Then<Stream>(file => new ChunkStream(database.DataSource, Guid.Parse(file.Id), file.Size, ChunkBytes));

    /// <summary>Deletes a file that nothing refers to; one that is not there is no error.</summary>
    public async Task DeleteAsync(Caller caller, StoredFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(file);
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (id, organization) = (Guid.Parse(file.Id), OrganizationId.Require(caller.Organization));
        await ExecuteAsync(connection, "delete from stored_file where id = $1 and organization = $2", cancellationToken, id, organization);
        await AuditTrail.InsertAsync(connection, AuditRecord.Create(time.GetUtcNow(), caller, "file.delete", "file", file.Id, AuditResult.Ok, null, file.Name), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<Result<StoredFile>> FindAsync(string organization, string id, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var guid))
        {
            return StorageFailures.FileNotFound(id ?? "");
        }

        await using var command = database.DataSource.CreateCommand("select name, size, sha256 from stored_file where id = $1 and organization = $2");
        command.Parameters.Add(new() { Value = guid });
        command.Parameters.Add(new() { Value = OrganizationId.Require(organization) });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new StoredFile(guid.ToString(), reader.GetString(0), reader.GetInt64(1), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(2)))
            : StorageFailures.FileNotFound(id);
    }

    private static bool IsName(string? name) => name is { Length: > 0 and <= LongestName } && name is not ("." or "..")
        && !string.IsNullOrWhiteSpace(name) && !name.Any(c => char.IsControl(c) || c is '/' or '\\' || IsMisleading(c));

    // Line and paragraph separators, and what turns the direction of the letters behind it: "…\u202Efdp.exe" reads as "…exe.pdf".
    private static bool IsMisleading(char c) => c is >= '\u2028' and <= '\u202E' or >= '\u2066' and <= '\u2069';

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(ct);
    }
}
