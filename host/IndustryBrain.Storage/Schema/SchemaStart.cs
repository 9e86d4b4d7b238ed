using System.Globalization;
using IndustryBrain.Sdk;
using IndustryBrain.Storage.Backups;
using JasperFx;
using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IndustryBrain.Storage.Schema;

/// <summary>Creates and migrates the schema when the host starts. Hosts that start at once take turns under an advisory lock of the database.</summary>
internal sealed partial class SchemaStart(Database database, StorageModel model, IDocumentStore store, Backup backup, IOptions<BackupOptions> options, TimeProvider time, ILogger<SchemaStart> logger) : IHostedService
{
    // "IBschema" in ASCII.
    internal const long LockKey = 0x4942_7363_6865_6D61;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
            await ExecuteAsync(connection, $"select pg_advisory_lock({LockKey})", cancellationToken);
            try
            {
                await MigrateAsync(connection, cancellationToken);
                await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
            }
            finally
            {
                await ExecuteAsync(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
            }
        }
        catch (Exception e) when (Cause(e) is { } cause)
        {
            throw new StorageStartException(
                (cause as PostgresException)?.SqlState switch
                {
                    PostgresErrorCodes.DiskFull => StorageFailures.DiskFull("PostgreSQL", null),
                    PostgresErrorCodes.InsufficientPrivilege => StorageFailures.NotEnoughRights(((PostgresException)cause).MessageText),
                    _ => StorageFailures.SchemaFailed(cause.Message),
                },
                e);
        }
    }

    // Marten wraps what the database says.
    private static NpgsqlException? Cause(Exception? exception) => exception is null or NpgsqlException ? (NpgsqlException?)exception : Cause(exception.InnerException);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task MigrateAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        if (await Restore.IsUnfinishedAsync(connection, ct))
        {
            throw new StorageStartException(BackupFailures.Unfinished());
        }

        var done = await ReadDoneAsync(connection, ct);
        var rooms = model.Migrations.GroupBy(m => m.Room).ToList();
        if (options.Value.BeforeUpgrade && done.Count > 0 && rooms.Any(room => room.Count() > done.GetValueOrDefault(room.Key)))
        {
            await BackUpAsync(ct);
        }

        foreach (var room in rooms)
        {
            var last = done.GetValueOrDefault(room.Key);
            if (last > room.Count())
            {
                throw new StorageStartException(StorageFailures.NewerSchema(last, room.Count()));
            }

            foreach (var migration in room.Where(m => m.Number > last))
            {
                await using var transaction = await connection.BeginTransactionAsync(ct);
                await ExecuteAsync(connection, migration.Sql, ct);
                await using (var record = new NpgsqlCommand("insert into storage_migration (room, number, at) values ($1, $2, $3)", connection))
                {
                    record.Parameters.Add(new() { Value = migration.Room });
                    record.Parameters.Add(new() { Value = migration.Number });
                    record.Parameters.Add(new() { Value = time.GetUtcNow() });
                    await record.ExecuteNonQueryAsync(ct);
                }

                await transaction.CommitAsync(ct);
            }
        }
    }

    private async Task BackUpAsync(CancellationToken ct)
    {
        if (!(await BackupSecret.FromFileAsync(options.Value.KeyFile ?? "", ct)).TryGet(out var secret, out var failure))
        {
            throw new StorageStartException(failure);
        }

        var folder = Directory.CreateDirectory(options.Value.Folder).FullName;
        var file = Path.Combine(folder, time.GetUtcNow().UtcDateTime.ToString("'before-upgrade-'yyyyMMdd'T'HHmmss'.ibbackup'", CultureInfo.InvariantCulture));
        if ((await backup.MakeAsync(file, secret, caller: null, progress: null, ct)).Failure is { } notMade)
        {
            throw new StorageStartException(notMade);
        }

        LogBackedUp(logger, file);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Before the schema is changed, the database was backed up to {File}")]
    private static partial void LogBackedUp(ILogger logger, string file);

    private static async Task<Dictionary<string, int>> ReadDoneAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await ExecuteAsync(connection, "create table if not exists storage_migration (room text not null, number int not null, at timestamptz not null, primary key (room, number))", ct);
        await using var command = new NpgsqlCommand("select room, max(number) from storage_migration group by room", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var done = new Dictionary<string, int>();
        while (await reader.ReadAsync(ct))
        {
            done[reader.GetString(0)] = reader.GetInt32(1);
        }

        return done;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
