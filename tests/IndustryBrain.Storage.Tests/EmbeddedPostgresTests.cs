using System.Diagnostics;
using System.Globalization;
using IndustryBrain.Storage.Postgres;
using IndustryBrain.Testing;
using Npgsql;

namespace IndustryBrain.Storage.Tests;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ib-embedded-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Delete(recursive: true);

    // Nothing here has to survive a power cut, except where a test says so.
    private StorageOptions Options(string folder = "data", bool durable = false) => new() { Folder = Path.Combine(_root.FullName, folder), Binaries = PostgresFixture.Binaries, Durable = durable };

    private static async Task<Database> StartAsync(StorageOptions options)
    {
        var opened = await Database.OpenEmbeddedAsync(options, Ct);
        return opened.TryGet(out var database, out var failure) ? database : throw new InvalidOperationException(failure.Message.En);
    }

    private static async Task<string?> FailAsync(StorageOptions options)
    {
        var opened = await Database.OpenEmbeddedAsync(options, Ct);
        if (opened.TryGet(out var database, out var failure))
        {
            await database.DisposeAsync();
        }

        return failure?.Code;
    }

    private static async Task<object?> QueryAsync(Database database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct);
    }

    [Fact]
    public async Task Start_AfterAStop_FindsItsData()
    {
        int first;
        await using (var database = await StartAsync(Options()))
        {
            first = database.ServerProcessId!.Value;
            await QueryAsync(database, "create table t (x int); insert into t values (42)");
        }

        Assert.False(IsRunning(first));
        await using var again = await StartAsync(Options());

        Assert.False(again.WasAdopted);
        Assert.Equal(42, await QueryAsync(again, "select x from t"));
    }

    [Fact]
    public async Task Start_FirstTime_UsesTheLocaleThatKnowsChinese()
    {
        await using var database = await StartAsync(Options(durable: true));

        Assert.Equal("C.UTF-8", await QueryAsync(database, "select datlocale from pg_database where datname = current_database()"));
        Assert.Equal(true, await QueryAsync(database, @"select '煤' ~ '^\w$'"));
        Assert.Equal("UTF8", await QueryAsync(database, "show server_encoding"));
        Assert.Equal("on", await QueryAsync(database, "show fsync"));
    }

    [Fact]
    public async Task Start_OnUnix_ListensOnlyInAClosedFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows uses loopback.");
            return;
        }

        await using var database = await StartAsync(Options());
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);

        Assert.Equal("", await QueryAsync(database, "show listen_addresses"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(connection.Host!));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_root.FullName, "data", "postgres.password")));
        connection.Password = "wrong";
        await using var intruder = new NpgsqlConnection(connection.ConnectionString);
        Assert.Equal(PostgresErrorCodes.InvalidPassword, (await Assert.ThrowsAsync<PostgresException>(() => intruder.OpenAsync(Ct))).SqlState);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(200)]
    public async Task Start_InALongPathWithOddCharacters_Works(int length)
    {
        var folder = "数据 \"quoted\" $HOME 'x' \\ " + new string('d', length);

        await using (var database = await StartAsync(Options(Path.Combine(folder, new string('e', length)))))
        {
            Assert.Equal(1, await QueryAsync(database, "select 1"));
        }
    }

    [Fact]
    public async Task Start_WhileAnotherHostHasTheFolder_IsRefused()
    {
        await using var database = await StartAsync(Options());

        Assert.Equal("IB0001", await FailAsync(Options()));
        Assert.Equal(1, await QueryAsync(database, "select 1"));
    }

    [Fact]
    public async Task Start_OnDataOfANewerMajorVersion_LeavesItUntouched()
    {
        await (await StartAsync(Options())).DisposeAsync();
        var version = Path.Combine(_root.FullName, "data", "postgres", "PG_VERSION");
        await File.WriteAllTextAsync(version, "19\n", Ct);
        var before = Snapshot();

        Assert.Equal("IB0003", await FailAsync(Options()));
        Assert.Equal(before, Snapshot());

        await File.WriteAllTextAsync(version, "18\n", Ct);
        await (await StartAsync(Options())).DisposeAsync();
    }

    [Fact]
    public async Task Start_PasswordFileLost_IsRefused()
    {
        await (await StartAsync(Options())).DisposeAsync();
        File.Delete(Path.Combine(_root.FullName, "data", "postgres.password"));

        Assert.Equal("IB0008", await FailAsync(Options()));
    }

    [Fact]
    public async Task Start_FolderThatIsAFile_IsRefused()
    {
        await File.WriteAllTextAsync(Path.Combine(_root.FullName, "data"), "", Ct);

        Assert.Equal("IB0002", await FailAsync(Options()));
    }

    [Fact]
    public async Task Start_FolderThatCannotBeWritten_IsRefused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "proc is a folder that even root cannot write.");

        Assert.Equal("IB0002", await FailAsync(new StorageOptions { Folder = "/proc/ib", Binaries = PostgresFixture.Binaries }));
    }

    [Fact]
    public async Task Start_WithoutBinaries_IsRefused() =>
        Assert.Equal("IB0005", await FailAsync(new StorageOptions { Folder = _root.FullName, Binaries = Path.Combine(_root.FullName, "nothing") }));

    [Fact]
    public async Task Start_BinariesThatCannotBeCompleted_SaysSo()
    {
        var binaries = _root.CreateSubdirectory("incomplete");
        foreach (var name in new[] { "bin/initdb", "bin/postgres", "lib/library.so.5.18", "lib/occupied" })
        {
            var file = Path.Combine(binaries.FullName, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        }

        await File.WriteAllTextAsync(Path.Combine(binaries.FullName, "pg-symlinks.json"), """[{"source":"native/lib/library.so.5.18","target":"native/lib/occupied/library.so.5"}]""", TestContext.Current.CancellationToken);

        Assert.Equal("IB0018", await FailAsync(new StorageOptions { Folder = Path.Combine(_root.FullName, "data"), Binaries = binaries.FullName }));
    }

    [Fact]
    public async Task Start_TooLittleSpaceLeft_IsRefusedBeforeAnythingIsWritten()
    {
        var options = Options();
        options.MinimumFreeMegabytes = 1048576;

        Assert.Equal("IB0004", await FailAsync(options));
        Assert.False(Directory.Exists(Path.Combine(_root.FullName, "data", "postgres")));
    }

    [Fact]
    public async Task Start_FromACopyWithoutLinks_MakesThem()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no links to make.");
            return;
        }

        var copy = Path.Combine(_root.FullName, "publish", "postgres");
        foreach (var file in new DirectoryInfo(PostgresFixture.Binaries).EnumerateFiles("*", SearchOption.AllDirectories).Where(f => f.LinkTarget is null))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(PostgresFixture.Binaries, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file.FullName, target);
            File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await using var database = await StartAsync(new StorageOptions { Folder = Path.Combine(_root.FullName, "data"), Binaries = copy, Durable = false });

        Assert.Equal(1, await QueryAsync(database, "select 1"));
    }

    [Fact]
    public async Task Start_AfterTheServerWasKilledToo_Recovers()
    {
        var database = await StartAsync(Options(durable: true));
        await QueryAsync(database, "create table t (x int); insert into t values (42)");
        using (var server = Process.GetProcessById(database.ServerProcessId!.Value))
        {
            server.Kill();
            await server.WaitForExitAsync(Ct);
        }

        await database.DisposeAsync();
        await using var again = await StartAsync(Options(durable: true));

        Assert.Equal(42, await QueryAsync(again, "select x from t"));
    }

    [Fact]
    public async Task Start_WhileAProcessOfTheKilledServerStillRuns_WaitsForIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Finds the server's processes in /proc.");
        const int stop = 19, go = 18;
        var database = await StartAsync(Options());
        var postmaster = database.ServerProcessId!.Value;
        var child = int.Parse((await File.ReadAllTextAsync($"/proc/{postmaster}/task/{postmaster}/children", Ct)).Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.True(UnixProcess.Signal(child, stop));
        using (var server = Process.GetProcessById(postmaster))
        {
            server.Kill();
            await server.WaitForExitAsync(Ct);
        }

        await database.DisposeAsync();
        var log = Path.Combine(_root.FullName, "data", "postgres.log");
        var start = StartAsync(Options());
        for (var i = 0; i < 500 && !start.IsCompleted && !(await File.ReadAllTextAsync(log, Ct)).Contains("pre-existing shared memory block", StringComparison.Ordinal); i++)
        {
            await Task.Delay(20, Ct);
        }

        Assert.False(start.IsCompleted);
        Assert.True(UnixProcess.Signal(child, go));
        await using var again = await start;

        Assert.Equal(1, await QueryAsync(again, "select 1"));
    }

    [Fact]
    public async Task Start_WhenTheNumberOfTheDeadServerBelongsToAnother_Starts()
    {
        await (await StartAsync(Options())).DisposeAsync();
        var own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(Path.Combine(_root.FullName, "data", "postgres", "postmaster.pid"), $"{own}\n/x\n0\n5432\n/tmp/none\n\n0 0\nready   \n", Ct);

        await using var database = await StartAsync(Options());

        Assert.Equal(1, await QueryAsync(database, "select 1"));
    }

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private string[] Snapshot() => [.. _root.EnumerateFiles("*", SearchOption.AllDirectories).Where(f => f.Name != "host.lock").Select(f => $"{f.FullName}|{f.Length}|{f.LastWriteTimeUtc:O}").Order(StringComparer.Ordinal)];
}
