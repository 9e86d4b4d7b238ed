using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using IndustryBrain.Sdk;
using Npgsql;

namespace IndustryBrain.Storage.Backups;

/// <summary>Makes backups of a database and the folders beside it, while hosts go on working: all rows are of one moment.</summary>
public sealed class Backup(Database database, IReadOnlyCollection<KeptFolder> folders, TimeProvider time)
{
    private static readonly string Version = typeof(Backup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private const string Chains = "select distinct on (organization) organization, seq, encode(link, 'hex') from audit_seal order by organization, seq desc";

    /// <summary>Writes a backup into a new file, which is there under its name once it is whole.</summary>
    /// <param name="file">The file.</param>
    /// <param name="secret">What it is encrypted with.</param>
    /// <param name="caller">Who asks, for the trail; null where the trail is not open yet.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Gives up; nothing is left.</param>
    /// <returns>What it holds, or IB6001, IB6002, IB6004, IB6005, or one of the database.</returns>
    public async Task<Result<BackupSummary>> MakeAsync(string file, BackupSecret secret, Caller? caller, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(secret);
        file = Path.GetFullPath(file);
        var unfinished = file + ".unfinished";
        if (File.Exists(file))
        {
            return BackupFailures.FileExists(file);
        }

        try
        {
            BackupSummary summary;
            await using (var output = Create(unfinished))
            {
                summary = await WriteAsync(output, secret, progress, cancellationToken);
                output.Flush(flushToDisk: true);
            }

            File.Move(unfinished, file, overwrite: false);
            if (caller is null)
            {
                return summary;
            }

            await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
            await AuditTrail.InsertAsync(connection, Audit.Compose(time.GetUtcNow(), caller, "backup.make", "backup", Path.GetFileName(file), string.Create(CultureInfo.InvariantCulture, $"{summary.Rows} rows")), cancellationToken);
            return summary;
        }
        catch (BackupFileException e)
        {
            return e.Failure;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            return StorageFailures.SchemaFailed(e.MessageText);
        }
        catch (NpgsqlException e)
        {
            return StorageFailures.ExternalUnreachable("PostgreSQL", (e as PostgresException)?.MessageText ?? e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return BackupFailures.FileUnusable(file, e.Message);
        }
        finally
        {
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }
        }
    }

    private static FileStream Create(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous, BufferSize = 1 << 17 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(file, options);
    }

    private async Task<BackupSummary> WriteAsync(FileStream output, BackupSecret secret, IProgress<BackupProgress>? progress, CancellationToken ct)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        if (await Restore.IsUnfinishedAsync(connection, ct))
        {
            throw new BackupFileException(BackupFailures.Unfinished());
        }

        await using var seal = await SealingStream.StartAsync(output, secret, ct);
        var compress = new BrotliStream(seal, CompressionLevel.Fastest, leaveOpen: true);
        var parts = new PartWriter(compress, progress);
        BackupManifest manifest;
        BackupInfo info;
        await using (compress)
        {
            info = new BackupInfo(Version, time.GetUtcNow(), connection.PostgreSqlVersion.ToString(), await ReadVersionsAsync(connection, ct));
            await parts.WriteAsync(PartKind.Info, info, BackupJson.Default.BackupInfo, ct);
            await WriteFilesAsync(parts, early: true, output.Name, ct);
            var chains = await WriteDatabaseAsync(parts, connection, ct);
            // What left the database before that moment is in a file by now.
            await WriteFilesAsync(parts, early: false, output.Name, ct);
            manifest = new BackupManifest([.. parts.Sums], chains);
            await parts.WriteAsync(PartKind.Manifest, manifest, BackupJson.Default.BackupManifest, ct);
        }

        await seal.CompleteAsync(ct);
        return BackupSummary.Of(info, manifest);
    }

    private static async Task<IReadOnlyList<BackupChain>> WriteDatabaseAsync(PartWriter parts, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var moment = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var chains = await ReadChainsAsync(connection, ct);
        var schema = await SchemaReader.ReadAsync(connection, ct);
        await parts.WriteAsync(PartKind.Schema, schema, BackupJson.Default.SchemaScript, ct);
        foreach (var table in schema.Tables)
        {
            var rows = await CountAsync(connection, table.Name, ct);
            await using var copy = await connection.BeginRawBinaryCopyAsync(table.Out, ct);
            await parts.WriteAsync(new PartHead(PartKind.Table, table.Name), copy, rows, ct);
        }

        return chains;
    }

    private async Task WriteFilesAsync(PartWriter parts, bool early, string itself, CancellationToken ct)
    {
        foreach (var folder in folders)
        {
            foreach (var (name, file) in folder.List(early).Where(f => f.File != itself))
            {
                FileStream content;
                try
                {
                    content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
                }
                catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
                {
                    // Deleted since it was listed.
                    continue;
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    throw new BackupFileException(BackupFailures.FolderUnreadable(file, e.Message));
                }

                await using (content)
                {
                    await parts.WriteAsync(new PartHead(PartKind.File, $"{folder.Name}/{name}", OperatingSystem.IsWindows() ? null : (int)File.GetUnixFileMode(content.SafeFileHandle)), content, null, ct);
                }
            }
        }
    }

    internal static async Task<IReadOnlyDictionary<string, int>> ReadVersionsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select room, max(number) from storage_migration group by room", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        SortedDictionary<string, int> versions = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            versions[reader.GetString(0)] = reader.GetInt32(1);
        }

        return versions;
    }

    internal static async Task<IReadOnlyList<BackupChain>> ReadChainsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Chains, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<BackupChain> chains = [];
        while (await reader.ReadAsync(ct))
        {
            chains.Add(new(reader.GetString(0), reader.GetInt64(1), reader.GetString(2)));
        }

        return chains;
    }

    internal static async Task<long> CountAsync(NpgsqlConnection connection, string table, CancellationToken ct)
    {
#pragma warning disable CA2100 // A name as the catalog quotes it.
        await using var command = new NpgsqlCommand($"select count(*) from {table}", connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
