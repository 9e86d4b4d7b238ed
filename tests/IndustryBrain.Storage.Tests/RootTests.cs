using System.Diagnostics;
using IndustryBrain.Testing;

namespace IndustryBrain.Storage.Tests;

/// <summary>What only root can try: giving up root in its two ways, and a disk of a few megabytes.</summary>
public sealed class RootTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ib-root-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static bool IsRoot => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_AsRootBelowAFolderOfRootOnly_WorksAndStartsAgain(bool allowNamespace)
    {
        Assert.SkipUnless(IsRoot, "Only root meets this.");
        var options = new StorageOptions { Folder = Path.Combine(_root.FullName, "data"), Binaries = PostgresFixture.Binaries, AllowUserNamespace = allowNamespace, Durable = false };
        var place = Path.Combine(options.Folder, "postgres.place");
        try
        {
            for (var start = 1; start <= 2; start++)
            {
                var opened = await Database.OpenEmbeddedAsync(options, Ct);
                Assert.True(opened.TryGet(out var database, out var failure), failure?.Message.En);
                await using (database)
                {
                    await using var command = database.DataSource.CreateCommand("create table if not exists t (x int); insert into t values (1); select count(*) from t");
                    Assert.Equal((long)start, await command.ExecuteScalarAsync(Ct));
                }
            }

            Assert.Equal(!allowNamespace, File.Exists(place));
        }
        finally
        {
            await RemovePlaceAsync(options);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_AsRootWithTheProgramsBelowAFolderOfRootOnly_Works(bool allowNamespace)
    {
        Assert.SkipUnless(IsRoot, "Only root meets this.");
        var binaries = Path.Combine(_root.FullName, "clone", "postgres");
        Directory.CreateDirectory(Path.GetDirectoryName(binaries)!);
        await RunAsync("cp", "-a", PostgresFixture.Binaries, binaries);
        var options = new StorageOptions { Folder = Path.Combine(_root.FullName, "data"), Binaries = binaries, AllowUserNamespace = allowNamespace, Durable = false };

        try
        {
            await using var database = await StartAsync(options);
            await using var command = database.DataSource.CreateCommand("select 1");
            Assert.Equal(1, await command.ExecuteScalarAsync(Ct));
        }
        finally
        {
            await RemovePlaceAsync(options, withPrograms: true);
        }
    }

    [Fact]
    public async Task Start_AsAnOrdinaryUser_NeedsNoRoot()
    {
        Assert.SkipUnless(IsRoot, "Only root can become somebody else.");
        var nobody = new[] { "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--" };
        using var reaches = Process.Start(nobody[0], [.. nobody.Skip(1), "test", "-r", typeof(RootTests).Assembly.Location]);
        await reaches.WaitForExitAsync(Ct);
        Assert.SkipUnless(reaches.ExitCode == 0, "The test program lies where only root can go.");
        await RunAsync("chmod", "711", _root.FullName);
        var folder = Directory.CreateDirectory(Path.Combine(_root.FullName, "data")).FullName;
        await RunAsync("chown", "65534:65534", folder);

        var (host, server) = await HostStandIn.StartAsync(folder, Ct, nobody);

        using (host)
        {
            Assert.Contains("Uid:\t65534\t65534", await File.ReadAllTextAsync($"/proc/{server}/status", Ct), StringComparison.Ordinal);
            host.Kill();
            await host.WaitForExitAsync(Ct);
        }

        using var orphan = Process.GetProcessById(server);
        orphan.Kill();
        await orphan.WaitForExitAsync(Ct);
    }

    [Fact]
    public async Task Start_OnAFullDisk_IsRefusedAndStartsOnceThereIsSpace()
    {
        Assert.SkipUnless(IsRoot, "Only root can mount a small disk.");
        var disk = Directory.CreateDirectory(Path.Combine(_root.FullName, "disk")).FullName;
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", disk);
        try
        {
            var options = new StorageOptions { Folder = Path.Combine(disk, "data"), Binaries = PostgresFixture.Binaries, MinimumFreeMegabytes = 0 };
            await using (await StartAsync(options))
            {
            }

            var filler = Path.Combine(disk, "filler");
            await FillAsync(filler);
            var full = await Database.OpenEmbeddedAsync(options, Ct);
            Assert.Equal("IB0004", full.Failure?.Code);

            File.Delete(filler);
            await using (await StartAsync(options))
            {
            }
        }
        finally
        {
            await RunAsync("umount", disk);
        }
    }

    [Fact]
    public async Task Start_FirstTimeOnATooSmallDisk_LeavesNoHalfCluster()
    {
        Assert.SkipUnless(IsRoot, "Only root can mount a small disk.");
        var disk = Directory.CreateDirectory(Path.Combine(_root.FullName, "disk")).FullName;
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", disk);
        try
        {
            var options = new StorageOptions { Folder = disk, Binaries = PostgresFixture.Binaries, MinimumFreeMegabytes = 0 };

            var full = await Database.OpenEmbeddedAsync(options, Ct);

            Assert.Equal("IB0004", full.Failure?.Code);
            Assert.False(Directory.Exists(Path.Combine(disk, "postgres")));
        }
        finally
        {
            await RunAsync("umount", disk);
        }
    }

    // What root cannot lend to the unprivileged account is copied out of the folder.
    private static async Task RemovePlaceAsync(StorageOptions options, bool withPrograms = false)
    {
        var pointer = Path.Combine(options.Folder!, "postgres.place");
        if (!File.Exists(pointer))
        {
            return;
        }

        var place = (await File.ReadAllTextAsync(pointer, Ct)).Trim();
        if (withPrograms)
        {
            var server = (await File.ReadAllTextAsync(Path.Combine(place, "postgres", "postmaster.opts"), Ct)).Split(' ')[0];
            Directory.Delete(Path.GetFullPath(Path.Combine(server, "..", "..")), recursive: true);
        }

        Directory.Delete(place, recursive: true);
    }

    private static async Task<Database> StartAsync(StorageOptions options)
    {
        var opened = await Database.OpenEmbeddedAsync(options, Ct);
        return opened.TryGet(out var database, out var failure) ? database : throw new InvalidOperationException(failure.Message.En);
    }

    private static async Task FillAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in new[] { 1024 * 1024, 4096, 1 })
        {
            try
            {
                while (true)
                {
                    await file.WriteAsync(new byte[size], Ct);
                }
            }
            catch (IOException)
            {
                // Full for pieces of this size; smaller ones may still fit.
            }
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(Ct);
        Assert.Equal(0, process.ExitCode);
    }
}
