using System.Diagnostics;
using IndustryBrain.Testing;

namespace IndustryBrain.Storage.Tests;

/// <summary>A host of its own process that is killed: this test program itself, started again with a folder (see <see cref="HostStandIn"/>).</summary>
public sealed class KilledHostTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ib-killed-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Delete(recursive: true);

    private StorageOptions Options => new() { Folder = _root.FullName, Binaries = PostgresFixture.Binaries, Durable = false };

    [Fact]
    public async Task Start_AfterTheHostWasKilled_AdoptsItsServerAndStopsItInTheEnd()
    {
        var server = await RunAndKillAsync();
        Assert.True(IsRunning(server));

        var opened = await Database.OpenEmbeddedAsync(Options, Ct);
        Assert.True(opened.TryGet(out var database, out _));
        Assert.True(database.WasAdopted);
        Assert.Equal(server, database.ServerProcessId);
        await using (var command = database.DataSource.CreateCommand("select x from t"))
        {
            Assert.Equal(42, await command.ExecuteScalarAsync(Ct));
        }

        await database.DisposeAsync();
        Assert.False(IsRunning(server));
    }

    [Fact]
    public async Task Start_FromOtherBinariesAfterTheHostWasKilled_StopsTheOrphanAndRecovers()
    {
        var server = await RunAndKillAsync();
        var other = Path.Combine(_root.FullName, "other");
        Directory.CreateSymbolicLink(other, PostgresFixture.Binaries);

        var opened = await Database.OpenEmbeddedAsync(new StorageOptions { Folder = _root.FullName, Binaries = other, Durable = false }, Ct);
        Assert.True(opened.TryGet(out var database, out _));
        await using (database)
        {
            Assert.False(database.WasAdopted);
            Assert.False(IsRunning(server));
            await using var command = database.DataSource.CreateCommand("select x from t");
            Assert.Equal(42, await command.ExecuteScalarAsync(Ct));
        }
    }

    private async Task<int> RunAndKillAsync()
    {
        var (host, server) = await HostStandIn.StartAsync(_root.FullName, Ct);
        using (host)
        {
            host.Kill();
            await host.WaitForExitAsync(Ct);
        }

        return server;
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
}
