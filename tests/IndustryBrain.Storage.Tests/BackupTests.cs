using System.Security.Cryptography;
using IndustryBrain.Sdk;
using IndustryBrain.Storage.Backups;
using IndustryBrain.Storage.Schema;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace IndustryBrain.Storage.Tests;

/// <summary>Backups as files, and what a restore refuses and takes back; the whole way of a host is in <see cref="HostBackupTests"/>.</summary>
public sealed class BackupTests(PostgresFixture postgres) : IDisposable
{
    private const string Passphrase = "correct horse battery staple";
    private const int HeadBytes = 52;
    private const int ChunkBytes = (64 * 1024) + 16;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ib-backup-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task File_AlteredMovedCutOrOpenedByAnotherPassphrase_IsRefusedWithItsPlace()
    {
        var bytes = await File.ReadAllBytesAsync(await MakeAsync(contentBytes: 500_000), Ct);
        var chunks = (bytes.Length - HeadBytes - 8) / ChunkBytes;
        Assert.True(chunks >= 4);
        byte[] Change(Action<byte[]> change)
        {
            byte[] copy = [.. bytes];
            change(copy);
            return copy;
        }

        Assert.Null(await CheckAsync(bytes));
        Assert.Equal("IB6012", (await CheckAsync(bytes, "another passphrase, as long"))?.Code);
        Assert.Equal("IB6010", (await CheckAsync([.. "PK"u8, .. bytes]))?.Code);
        Assert.Equal("IB6010", (await CheckAsync([]))?.Code);
        Assert.Equal("IB6011", (await CheckAsync(Change(b => b[8] = 9)))?.Code);
        Assert.Equal("IB6012", (await CheckAsync(Change(b => b[20] ^= 1)))?.Code);
        for (var i = 0; i < chunks; i++)
        {
            var at = HeadBytes + (i * ChunkBytes);
            var altered = await CheckAsync(Change(b => b[at + 1000] ^= 1));
            Assert.Equal(("IB6014", $"changed.ibbackup: {at}"), (altered?.Code, altered?.Where));
        }

        var first = bytes.AsSpan(HeadBytes, ChunkBytes).ToArray();
        var second = bytes.AsSpan(HeadBytes + ChunkBytes, ChunkBytes).ToArray();
        var swapped = await CheckAsync([.. bytes[..HeadBytes], .. second, .. first, .. bytes[(HeadBytes + (2 * ChunkBytes))..]]);
        var leftOut = await CheckAsync([.. bytes[..HeadBytes], .. first, .. bytes[(HeadBytes + (2 * ChunkBytes))..]]);
        var withoutEnd = await CheckAsync([.. bytes[..(HeadBytes + (3 * ChunkBytes))], .. bytes[^8..]]);
        var cut = await CheckAsync(bytes[..^5]);
        Assert.Equal(("IB6014", $"changed.ibbackup: {HeadBytes}"), (swapped?.Code, swapped?.Where));
        Assert.Equal(("IB6014", $"changed.ibbackup: {HeadBytes + ChunkBytes}"), (leftOut?.Code, leftOut?.Where));
        Assert.Equal(("IB6014", $"changed.ibbackup: {HeadBytes + (2 * ChunkBytes)}"), (withoutEnd?.Code, withoutEnd?.Where));
        Assert.Equal(("IB6013", $"changed.ibbackup: {bytes.Length - 5}"), (cut?.Code, cut?.Where));
    }

    [Fact]
    public async Task Backup_OfAnotherLayout_IsRestoredAsItWas_AndMigratedByTheNextStart()
    {
        var backup = await MakeAsync(contentBytes: 1000);
        await using var database = await postgres.OpenAsync(Ct);

        var restored = await RestoreAsync(backup, database);

        Assert.True(restored.TryGet(out var summary, out var failure), failure?.Message.En);
        Assert.Equal(1L, await QueryAsync(database, "select count(*) from mt_doc_note where tenant_id = 'org-a' and data->>'text' = '价格 price'"));
        Assert.Equal(1000, summary.Files == 1 ? (await File.ReadAllBytesAsync(Path.Combine(_root.FullName, "restored", "inner", "kept.bin"), Ct)).Length : 0);
        await Assert.ThrowsAsync<PostgresException>(() => QueryAsync(database, "delete from audit_record"));
        // What number comes next is kept too.
        Assert.Equal(7L, await QueryAsync(database, "insert into odd (note) values ('x') returning id"));
        await Assert.ThrowsAsync<PostgresException>(() => QueryAsync(database, "insert into odd (note) values ('x')"));
        Assert.Equal("X", await QueryAsync(database, "select upper from odd where id = 7"));
        var key = Path.Combine(_root.FullName, "key");
        await File.WriteAllTextAsync(key, Passphrase, Ct);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var before = Path.Combine(_root.FullName, "backups");
        using (var without = TestStorage.Build(database, ("Backup:BeforeUpgrade", "true")))
        {
            without.Services.GetRequiredService<StorageModel>().AddMigration("later", 1, "create table later (x int)");
            Assert.Equal("IB6003", (await Assert.ThrowsAsync<StorageStartException>(() => without.StartAsync(Ct))).Failure.Code);
        }

        using var host = TestStorage.Build(database, ("Backup:BeforeUpgrade", "true"), ("Backup:KeyFile", key), ("Backup:Folder", before));
        host.Services.GetRequiredService<StorageModel>().AddMigration("later", 1, "create table later (x int)");
        await host.StartAsync(Ct);
        Assert.Null((await Restore.CheckAsync(Assert.Single(Directory.GetFiles(before)), Secret(Passphrase), null, Ct)).Failure);
        Assert.Equal(0L, await QueryAsync(database, "select count(*) from later"));
        await host.Services.GetRequiredService<Marten.IDocumentStore>().Storage.Database.AssertDatabaseMatchesConfigurationAsync(Ct);
        await host.StopAsync(Ct);
    }

    [Fact]
    public async Task Restore_IntoWhatIsNotEmptyOrInUse_IsRefusedAndChangesNothing()
    {
        var backup = await MakeAsync(contentBytes: 10);
        await using var used = await postgres.OpenAsync(Ct);
        await QueryAsync(used, "create table somebodys (x int)");
        await using var locked = await postgres.OpenAsync(Ct);
        await using var starting = await locked.DataSource.OpenConnectionAsync(Ct);
        await using (var take = new NpgsqlCommand($"select pg_advisory_lock({SchemaStart.LockKey})", starting))
        {
            await take.ExecuteNonQueryAsync(Ct);
        }

        await using var empty = await postgres.OpenAsync(Ct);
        var other = Directory.CreateDirectory(Path.Combine(_root.FullName, "restored")).FullName;
        var file = Path.Combine(other, "somebodys.txt");
        await File.WriteAllTextAsync(file, "x", Ct);

        Assert.Equal(("IB6020", "public.somebodys"), await RefusalAsync(backup, used));
        Assert.Equal("IB6022", (await RefusalAsync(backup, locked)).Code);
        Assert.Equal(("IB6021", file), await RefusalAsync(backup, empty));
        Assert.Equal(0L, await QueryAsync(empty, "select count(*) from pg_class where relnamespace = 'public'::regnamespace"));
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task Restore_ThatDoesNotProveItself_LeavesNothing_AndNoHostStartsOnAnUnfinishedOne()
    {
        var backup = await MakeAsync(contentBytes: 200_000);
        await using var database = await postgres.OpenAsync(Ct);
        var bytes = await File.ReadAllBytesAsync(backup, Ct);
        bytes[HeadBytes + (2 * ChunkBytes) + 5] ^= 1;
        var altered = Path.Combine(_root.FullName, "altered.ibbackup");
        await File.WriteAllBytesAsync(altered, bytes, Ct);

        Assert.Equal("IB6014", (await RefusalAsync(altered, database)).Code);
        Assert.Equal("IB6023", (await RefusalAsync(backup, database, new LocalizedText("不对", "wrong"))).Code);
        Assert.Equal("IB6025", (await RefusalAsync(await MakeAsync(contentBytes: 10, "insert into storage_migration values ('host', 99, now())"), database)).Code);
        Assert.Equal(0L, await QueryAsync(database, "select count(*) from pg_class where relnamespace = 'public'::regnamespace"));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_root.FullName, "restored"), "*", SearchOption.AllDirectories));

        // As one that was killed leaves it.
        await QueryAsync(database, $"create table {Restore.Marker} (); create table half (x int)");
        await File.WriteAllTextAsync(Path.Combine(_root.FullName, "restored", "half"), "x", Ct);
        using var host = TestStorage.Build(database);
        Assert.Equal("IB6024", (await Assert.ThrowsAsync<StorageStartException>(() => host.StartAsync(Ct))).Failure.Code);
        var again = await RestoreAsync(backup, database);
        Assert.Null(again.Failure);
        Assert.Equal(true, await QueryAsync(database, "select to_regclass('half') is null"));
        Assert.False(File.Exists(Path.Combine(_root.FullName, "restored", "half")));
    }

    [Fact]
    public async Task Backup_ThatCannotBeMade_IsRefusedAndLeavesNoFile()
    {
        await using var storage = await TestStorage.StartAsync(await postgres.OpenAsync(Ct), Ct);
        var file = Path.Combine(_root.FullName, "x.ibbackup");
        var open = Path.Combine(_root.FullName, "open.key");
        await File.WriteAllTextAsync(open, Passphrase, Ct);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
            Assert.Equal("IB6003", (await BackupSecret.FromFileAsync(open, Ct)).Failure?.Code);
        }

        Assert.Equal("IB6003", (await BackupSecret.FromFileAsync(file, Ct)).Failure?.Code);
        Assert.Equal("IB6003", BackupSecret.FromText("too short", "x").Failure?.Code);
        await QueryAsync(storage.Database, "create view somebodys as select 1");
        var unknown = await MakeAsync(storage.Database, file);
        Assert.Equal(("IB6005", "public.somebodys"), (unknown.Failure?.Code, unknown.Failure?.Where));
        Assert.Equal("IB6002", (await MakeAsync(storage.Database, Path.Combine(_root.FullName, "none", "x"))).Failure?.Code);
        Assert.Equal([open], Directory.GetFiles(_root.FullName));
        await File.WriteAllTextAsync(file, "mine", Ct);
        Assert.Equal("IB6001", (await MakeAsync(storage.Database, file)).Failure?.Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(file, Ct));
    }

    private static BackupSecret Secret(string text) => BackupSecret.FromText(text, "test").TryGet(out var secret, out _) ? secret : throw new InvalidOperationException(text);

    private KeptFolder[] Folders(string name) => [new("kept", Path.Combine(_root.FullName, name), [])];

    private Task<Result<BackupSummary>> MakeAsync(Database database, string file) =>
        new Backup(database, Folders("source"), TimeProvider.System).MakeAsync(file, Secret(Passphrase), Caller.ForSystem("platform"), null, Ct);

    /// <summary>A backup of a storage with a document, an event, a table that no room has, and a file.</summary>
    private async Task<string> MakeAsync(int contentBytes, string sql = "")
    {
        await using var storage = await TestStorage.StartAsync(await postgres.OpenAsync(Ct), Ct);
        await using (var session = storage.Sessions.Open("org-a"))
        {
            session.Store(new Note(Guid.NewGuid(), "价格 price"));
            session.Events.StartStream(Guid.NewGuid(), new NoteTaken("x"));
            session.Append(TestStorage.Caller("org-a"), "note.take", "note", "1");
            await session.SaveChangesAsync(Ct);
        }

        await QueryAsync(
            storage.Database,
            "create table odd (id bigint generated always as identity (start 5 increment 2) primary key, note text unique, upper text generated always as (upper(note)) stored, gone int); alter table odd drop column gone; insert into odd (note) values ('a''b\\c');" + sql);
        var inner = Directory.CreateDirectory(Path.Combine(_root.FullName, "source", "inner")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(inner, "kept.bin"), RandomNumberGenerator.GetBytes(contentBytes), Ct);
        var file = Path.Combine(_root.FullName, $"{Guid.NewGuid():N}.ibbackup");
        var made = await MakeAsync(storage.Database, file);
        Assert.True(made.TryGet(out _, out var failure), failure?.Message.En);
        return file;
    }

    private async Task<Failure?> CheckAsync(byte[] bytes, string passphrase = Passphrase)
    {
        var file = Path.Combine(_root.FullName, "changed.ibbackup");
        await File.WriteAllBytesAsync(file, bytes, Ct);
        return (await Restore.CheckAsync(file, Secret(passphrase), null, Ct)).Failure;
    }

    private async Task<Result<BackupSummary>> RestoreAsync(string file, Database database, LocalizedText? reason = null)
    {
        using var host = TestStorage.Build(database);
        return await Restore.RunAsync(file, Secret(Passphrase), database, Folders("restored"), (_, _) => Task.FromResult(reason), host.Services.GetRequiredService<StorageModel>(), null, Ct);
    }

    private async Task<(string? Code, string? Where)> RefusalAsync(string file, Database database, LocalizedText? reason = null)
    {
        var failure = (await RestoreAsync(file, database, reason)).Failure;
        return (failure?.Code, failure?.Where);
    }

    private static async Task<object?> QueryAsync(Database database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct);
    }
}
