using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Storage.Files;
using IndustryBrain.Storage.Schema;
using Npgsql;

namespace IndustryBrain.Storage.Backups;

/// <summary>Checks backups, and restores them into an empty database and empty folders: all of it, proven, or nothing.</summary>
public static class Restore
{
    /// <summary>Table that stands in a database from the first step of a restore until the last proof; no host starts beside it.</summary>
    internal const string Marker = "restore_unfinished";

    /// <summary>Proves a backup file itself, without a database: every chunk, every part, the manifest.</summary>
    /// <returns>What it holds, or IB6002, IB6010 to IB6015.</returns>
    public static Task<Result<BackupSummary>> CheckAsync(string file, BackupSecret secret, IProgress<BackupProgress>? progress, CancellationToken cancellationToken) =>
        GuardAsync(file, async () =>
        {
            await using var reading = await Reading.OpenAsync(file, secret, progress, cancellationToken);
            return await reading.WalkAsync((_, parts) => parts.CopyAsync((_, _) => ValueTask.CompletedTask, cancellationToken), cancellationToken);
        });

    /// <summary>Restores a backup. A host that starts meanwhile waits, and starts when the restore has proven itself, or not at all.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="secret">What it was encrypted with.</param>
    /// <param name="database">An empty database.</param>
    /// <param name="folders">Where the kept folders stand here: empty.</param>
    /// <param name="prove">What else has to be proven, such as the audit trail; the reason when it does not hold.</param>
    /// <param name="model">The schema of this program.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Gives up; all is taken back.</param>
    /// <returns>What was restored, or IB6002, IB6010 to IB6026.</returns>
    public static async Task<Result<BackupSummary>> RunAsync(
        string file,
        BackupSecret secret,
        Database database,
        IReadOnlyCollection<KeptFolder> folders,
        Func<IReadOnlyList<BackupChain>, CancellationToken, Task<LocalizedText?>> prove,
        StorageModel model,
        IProgress<BackupProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(prove);
        ArgumentNullException.ThrowIfNull(model);
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var take = new NpgsqlCommand($"select pg_try_advisory_lock({SchemaStart.LockKey})", connection);
        if (await take.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return BackupFailures.HostRuns();
        }

        try
        {
            if (await PrepareAsync(connection, folders, cancellationToken) is { } inTheWay)
            {
                return inTheWay;
            }

            var result = await GuardAsync(file, async () =>
            {
                await using var reading = await Reading.OpenAsync(file, secret, progress, cancellationToken);
                var summary = await LoadAsync(reading, connection, folders, model, cancellationToken);
                await ProveAsync(database, summary, prove, cancellationToken);
                await SchemaReader.ExecuteAsync(connection, $"drop table {Marker}; analyze", cancellationToken);
                return summary;
            });
            if (result.Failure is not null)
            {
                await TakeBackAsync(connection, folders);
            }

            return result;
        }
        catch
        {
            await TakeBackAsync(connection, folders);
            throw;
        }
        finally
        {
            await SchemaReader.ExecuteAsync(connection, $"select pg_advisory_unlock({SchemaStart.LockKey})", CancellationToken.None);
        }
    }

    private static async Task<Result<BackupSummary>> GuardAsync(string file, Func<Task<BackupSummary>> work)
    {
        try
        {
            return await work();
        }
        catch (BackupFileException e)
        {
            return e.Failure;
        }
        catch (JsonException)
        {
            return BackupFailures.Disagrees(Path.GetFileName(file), "json");
        }
        catch (PostgresException e)
        {
            return e.SqlState switch
            {
                PostgresErrorCodes.DiskFull => StorageFailures.DiskFull("PostgreSQL", null),
                PostgresErrorCodes.InsufficientPrivilege => StorageFailures.NotEnoughRights(e.MessageText),
                _ => BackupFailures.ProofFailed(LocalizedText.Same(e.MessageText)),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return BackupFailures.FileUnusable(file, e.Message);
        }
    }

    // The marker says that whatever is here is what an earlier restore left behind.
    private static async Task<Failure?> PrepareAsync(NpgsqlConnection connection, IReadOnlyCollection<KeptFolder> folders, CancellationToken ct)
    {
        if (await IsUnfinishedAsync(connection, ct))
        {
            await TakeBackAsync(connection, folders);
        }

        var found = await SchemaReader.ListAsync(connection, $"select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where {SchemaReader.Own} and not exists (select from pg_depend x where x.objid = c.oid and x.deptype = 'e') limit 1", ct);
        if (found is [var table, ..])
        {
            return BackupFailures.DatabaseNotEmpty(table);
        }

        if (folders.Select(f => f.FindAny()).FirstOrDefault(f => f is not null) is { } file)
        {
            return BackupFailures.FolderNotEmpty(file);
        }

        await SchemaReader.ExecuteAsync(connection, $"create table {Marker} ()", ct);
        return null;
    }

    internal static async Task<bool> IsUnfinishedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select to_regclass('{Marker}') is not null", connection);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static async Task<BackupSummary> LoadAsync(Reading reading, NpgsqlConnection connection, IReadOnlyCollection<KeptFolder> folders, StorageModel model, CancellationToken ct)
    {
        SchemaScript? schema = null;
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var summary = await reading.WalkAsync(
            async (head, parts) =>
            {
                if (head.Kind == PartKind.Schema)
                {
                    RefuseNewer(reading.Info!, model);
                    schema = await parts.ReadAsync(BackupJson.Default.SchemaScript, ct);
                    await SchemaReader.ExecuteAsync(connection, "set local check_function_bodies to off", ct);
                    foreach (var statement in schema.Before)
                    {
                        await SchemaReader.ExecuteAsync(connection, statement, ct);
                    }
                }
                else if (head.Kind == PartKind.Table && schema?.Tables.FirstOrDefault(t => t.Name == head.Name) is { } table)
                {
                    await using var copy = await connection.BeginRawBinaryCopyAsync(table.In, ct);
                    try
                    {
                        await parts.CopyAsync((block, token) => copy.WriteAsync(block, token), ct);
                    }
                    catch
                    {
                        // Else its end would be taken for that of the rows, and what is wrong with them said in place of this.
                        await copy.CancelAsync();
                        throw;
                    }
                }
                else if (head.Kind == PartKind.File)
                {
                    await WriteFileAsync(head, parts, folders, ct);
                }
                else
                {
                    throw parts.Disagrees(head.Name);
                }
            },
            ct);
        foreach (var statement in schema?.After ?? [])
        {
            await SchemaReader.ExecuteAsync(connection, statement, ct);
        }

        foreach (var part in reading.Manifest!.Parts.Where(p => p.Kind == PartKind.Table))
        {
            if (await Backup.CountAsync(connection, part.Name, ct) != part.Rows)
            {
                throw new BackupFileException(BackupFailures.ProofFailed(new($"表 {part.Name} 的行数与清单不符", $"table {part.Name} has another number of rows than the manifest")));
            }
        }

        await transaction.CommitAsync(ct);
        return summary;
    }

    private static void RefuseNewer(BackupInfo info, StorageModel model)
    {
        foreach (var (room, version) in info.Schema)
        {
            if (model.Migrations.Count(m => m.Room == room) is var ours && version > ours)
            {
                throw new BackupFileException(BackupFailures.NewerSchema(room, version, ours));
            }
        }
    }

    private static async Task WriteFileAsync(PartHead head, PartReader parts, IReadOnlyCollection<KeptFolder> folders, CancellationToken ct)
    {
        var slash = head.Name.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || folders.FirstOrDefault(f => f.Name == head.Name[..slash])?.PlaceOf(head.Name[(slash + 1)..]) is not { } place)
        {
            throw new BackupFileException(BackupFailures.FolderUnknown(head.Name));
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = (UnixFileMode?)head.Mode ?? (UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await using var output = new FileStream(place, options);
        await parts.CopyAsync((block, token) => output.WriteAsync(block, token), ct);
        output.Flush(flushToDisk: true);
    }

    private static async Task ProveAsync(Database database, BackupSummary summary, Func<IReadOnlyList<BackupChain>, CancellationToken, Task<LocalizedText?>> prove, CancellationToken ct)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        if (!(await Backup.ReadChainsAsync(connection, ct)).SequenceEqual(summary.Chains))
        {
            throw new BackupFileException(BackupFailures.ProofFailed(new("审计链的位置与清单不符", "the audit chains do not stand where the manifest says")));
        }

        List<(Guid Id, long Size, byte[] Sha256)> files = [];
        await using (var command = new NpgsqlCommand("select id, size, sha256 from stored_file", connection) { CommandTimeout = 0 })
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                files.Add((reader.GetGuid(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));
            }
        }

        foreach (var (id, size, sha256) in files)
        {
            await using var content = new ChunkStream(database.DataSource, id, size, FileStore.ChunkBytes);
            if (!(await SHA256.HashDataAsync(content, ct)).AsSpan().SequenceEqual(sha256))
            {
                throw new BackupFileException(BackupFailures.ProofFailed(new($"文件 {id} 的摘要不符", $"file {id} has another digest")));
            }
        }

        if (await prove(summary.Chains, ct) is { } reason)
        {
            throw new BackupFileException(BackupFailures.ProofFailed(reason));
        }
    }

    private static async Task TakeBackAsync(NpgsqlConnection connection, IReadOnlyCollection<KeptFolder> folders)
    {
        foreach (var file in folders.SelectMany(f => f.List(early: false).Concat(f.List(early: true))).Select(f => f.File).ToList())
        {
            File.Delete(file);
        }

        if (connection.State != System.Data.ConnectionState.Open)
        {
            // The marker stays with what is left: the next restore takes it back.
            return;
        }

        foreach (var schema in await SchemaReader.ListAsync(connection, $"select quote_ident(n.nspname) from pg_namespace n where {SchemaReader.Own}", CancellationToken.None))
        {
            await SchemaReader.ExecuteAsync(connection, $"drop schema {schema} cascade", CancellationToken.None);
        }

        await SchemaReader.ExecuteAsync(connection, "create schema if not exists public", CancellationToken.None);
    }

    /// <summary>A backup file that is read part by part.</summary>
    private sealed class Reading : IAsyncDisposable
    {
        private readonly FileStream _file;
        private readonly UnsealingStream _open;
        private readonly BrotliStream _plain;
        private readonly PartReader _parts;

        private Reading(FileStream file, UnsealingStream open, IProgress<BackupProgress>? progress)
        {
            (_file, _open) = (file, open);
            _plain = new BrotliStream(open, CompressionMode.Decompress, leaveOpen: true);
            _parts = new PartReader(_plain, Path.GetFileName(file.Name), progress);
        }

        internal BackupInfo? Info { get; private set; }

        internal BackupManifest? Manifest { get; private set; }

        internal static async Task<Reading> OpenAsync(string name, BackupSecret secret, IProgress<BackupProgress>? progress, CancellationToken ct)
        {
            var file = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 17, FileOptions.Asynchronous | FileOptions.SequentialScan);
            try
            {
                return new(file, await UnsealingStream.OpenAsync(file, secret, ct), progress);
            }
            catch
            {
                await file.DisposeAsync();
                throw;
            }
        }

        /// <summary>Hands each part to its taker, and holds what was read against the manifest.</summary>
        internal async Task<BackupSummary> WalkAsync(Func<PartHead, PartReader, Task> take, CancellationToken ct)
        {
            var head = await _parts.NextAsync(ct);
            Info = head.Kind == PartKind.Info ? await _parts.ReadAsync(BackupJson.Default.BackupInfo, ct) : throw _parts.Disagrees(head.Name);
            for (head = await _parts.NextAsync(ct); head.Kind != PartKind.Manifest; head = await _parts.NextAsync(ct))
            {
                await take(head, _parts);
            }

            var read = _parts.Sums.ToList();
            Manifest = await _parts.ReadAsync(BackupJson.Default.BackupManifest, ct);
            for (var i = 0; i < Math.Max(read.Count, Manifest.Parts.Count); i++)
            {
                if (read.ElementAtOrDefault(i) is not { } found || Manifest.Parts.ElementAtOrDefault(i) is not { } wanted || found != wanted with { Rows = null })
                {
                    throw _parts.Disagrees((read.ElementAtOrDefault(i) ?? Manifest.Parts[i]).Name);
                }
            }

            // Only then is the last chunk proven too.
            await _parts.EndAsync(ct);
            return BackupSummary.Of(Info, Manifest);
        }

        public async ValueTask DisposeAsync()
        {
            await _plain.DisposeAsync();
            await _open.DisposeAsync();
            await _file.DisposeAsync();
        }
    }
}
