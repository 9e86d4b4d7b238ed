using System.Diagnostics;
using System.Globalization;
using IndustryBrain.Testing;

namespace IndustryBrain.Storage.Tests;

/// <summary>This test program as a host that can be killed: a run of the one explicit test below starts the database of a folder, says so in a file and waits.</summary>
public sealed class HostProcess
{
    internal const string ReadyFile = "test-host.ready";
    private const string Folder = "IB_TEST_HOST_FOLDER";

    internal static ProcessStartInfo On(string folder)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(HostProcess).Assembly.Location, "--explicit", "only", "--filter-class", typeof(HostProcess).FullName!, "--progress", "off"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[Folder] = folder;
        // The variables by which this test run speaks with its own driver are not the child's.
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("TESTINGPLATFORM", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        return start;
    }

    [Fact(Explicit = true)]
    public async Task Run_UntilKilled()
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = Environment.GetEnvironmentVariable(Folder)!;
        var opened = await Database.OpenEmbeddedAsync(new StorageOptions { Folder = folder, Binaries = PostgresFixture.Binaries }, ct);
        Assert.True(opened.TryGet(out var database, out _));
        await using (var command = database.DataSource.CreateCommand("create table t (x int); insert into t values (42)"))
        {
            await command.ExecuteNonQueryAsync(ct);
        }

        var fresh = Path.Combine(folder, ReadyFile + ".new");
        await File.WriteAllTextAsync(fresh, database.ServerProcessId!.Value.ToString(CultureInfo.InvariantCulture), ct);
        File.Move(fresh, Path.Combine(folder, ReadyFile));
        await Task.Delay(Timeout.Infinite, ct);
    }
}
