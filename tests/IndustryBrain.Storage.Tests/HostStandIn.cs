using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using IndustryBrain.Testing;

namespace IndustryBrain.Storage.Tests;

/// <summary>This test program as a host that can be killed: a run of the one explicit test below starts the database of a folder, tells its number over a socket and waits.</summary>
public sealed class HostStandIn
{
    private const string Folder = "IB_TEST_HOST_FOLDER";
    private const string Port = "IB_TEST_HOST_PORT";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Starts it, through a prefix such as <c>setpriv …</c> when there is one, and returns with its server's number when that serves.</summary>
    internal static async Task<(Process Host, int Server)> StartAsync(string folder, CancellationToken ct, params string[] prefix)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string[] command = [.. prefix, "dotnet", typeof(HostStandIn).Assembly.Location, "--explicit", "only", "--filter-class", typeof(HostStandIn).FullName!, "--progress", "off", "--results-directory", folder];
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true };
        // The variables by which this test run speaks with its own driver are not the child's.
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("TESTINGPLATFORM", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment[Folder] = folder;
        start.Environment[Port] = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["HOME"] = folder;
        var host = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var output = host.StandardOutput.ReadToEndAsync(patience.Token);
        var accepted = listener.AcceptTcpClientAsync(patience.Token).AsTask();
        if (await Task.WhenAny(accepted, host.WaitForExitAsync(patience.Token)) != accepted)
        {
            Assert.Fail("The host ended before it was ready: " + await output);
        }

        using var client = await accepted;
        using var reader = new StreamReader(client.GetStream());
        return (host, int.Parse(await reader.ReadToEndAsync(patience.Token), CultureInfo.InvariantCulture));
    }

    [Fact(Explicit = true)]
    public async Task Run_UntilKilled()
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = Environment.GetEnvironmentVariable(Folder)!;
        var opened = await Database.OpenEmbeddedAsync(new StorageOptions { Folder = folder, Binaries = PostgresFixture.Binaries, Durable = false }, ct);
        Assert.True(opened.TryGet(out var database, out var failure), failure?.Message.En);
        await using (var command = database.DataSource.CreateCommand("create table t (x int); insert into t values (42)"))
        {
            await command.ExecuteNonQueryAsync(ct);
        }

        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, int.Parse(Environment.GetEnvironmentVariable(Port)!, CultureInfo.InvariantCulture), ct);
            await using var writer = new StreamWriter(client.GetStream());
            await writer.WriteAsync(database.ServerProcessId!.Value.ToString(CultureInfo.InvariantCulture));
        }

        await Task.Delay(Timeout.Infinite, ct);
    }
}
