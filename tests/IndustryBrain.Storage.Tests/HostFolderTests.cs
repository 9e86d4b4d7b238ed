using System.Diagnostics;
using System.Globalization;
using IndustryBrain.Testing;

namespace IndustryBrain.Storage.Tests;

/// <summary>The host and its data folder, whatever folder that is.</summary>
public sealed class HostFolderTests : IDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];

    // Nothing here has to survive a power cut.
    private static readonly Dictionary<string, string> NotDurable = new() { ["Data__Durable"] = "false" };

    // Its folder is the owner's only, as temporary folders of this kind are.
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ib-host-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Host_InALongClosedFolder_StartsAloneIsKilledAndRefusesNewerData()
    {
        var data = Path.Combine(_root.FullName, new string('长', 70), new string('d', 200));
        var server = Path.Combine(data, "postgres", "postmaster.pid");
        await using (var host = await HostProcess.StartAsync(data, HostProcess.FreePort(), NotDurable, Ct))
        {
            var second = await HostRun.ToItsEndAsync(Nothing, Ct, "--data", data, "--urls", "http://127.0.0.1:0");
            second.AssertRefused("IB0001", data);
            Assert.Contains("price-outlook", await host.Client.GetStringAsync(new Uri("/api/v1/scenarios", UriKind.Relative), Ct), StringComparison.Ordinal);
            await host.KillAsync(Ct);
        }

        var orphan = await FirstLineAsync(server);
        await using (var host = await HostProcess.StartAsync(data, HostProcess.FreePort(), NotDurable, Ct))
        {
            Assert.Equal(orphan, await FirstLineAsync(server));
            Assert.Contains("price-outlook", await host.Client.GetStringAsync(new Uri("/api/v1/scenarios", UriKind.Relative), Ct), StringComparison.Ordinal);
        }

        Assert.False(File.Exists(server));
        Assert.False(Directory.Exists("/proc/" + orphan));
        await File.WriteAllTextAsync(Path.Combine(data, "postgres", "PG_VERSION"), "19\n", Ct);
        (await HostRun.ToItsEndAsync(Nothing, Ct, "--data=" + data, "--urls=http://127.0.0.1:0")).AssertRefused("IB0003", "PostgreSQL 19");
    }

    [Fact]
    public async Task Host_BuiltByAnotherAccount_StartsAndServesScriptsAndStyles()
    {
        const int Nobody = 65534;
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can become somebody else.");
        using var reaches = Process.Start("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "--", "test", "-r", typeof(HostFolderTests).Assembly.Location]);
        await reaches.WaitForExitAsync(Ct);
        Assert.SkipUnless(reaches.ExitCode == 0, "The build lies where only its account can go.");
        await RunAsync("chmod", "711", _root.FullName);
        var data = Directory.CreateDirectory(Path.Combine(_root.FullName, "data")).FullName;
        await RunAsync("chown", "65534:65534", data);

        await using var host = await HostProcess.StartAsAsync(data, HostProcess.FreePort(), Nobody, Ct);

        var page = await host.Client.GetStringAsync(new Uri("/", UriKind.Relative), Ct);
        var assets = System.Text.RegularExpressions.Regex.Matches(page, """(?:href|src)="(?!https?:|/)([^"]+\.(?:css|js))["?]""").Select(m => m.Groups[1].Value).ToList();
        Assert.Contains(assets, a => a.Contains("MudBlazor", StringComparison.Ordinal));
        Assert.Contains(assets, a => a.Contains("blazor.web", StringComparison.Ordinal));
        foreach (var asset in assets)
        {
            Assert.NotEmpty(await host.Client.GetByteArrayAsync(new Uri("/" + asset, UriKind.Relative), Ct));
        }
    }

    [Theory]
    [InlineData("size=20m", "IB0004")]
    [InlineData("ro", "IB0002")]
    public async Task Host_OnADiskThatTakesNothing_IsRefused(string mount, string code)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can mount a disk.");
        var disk = Directory.CreateDirectory(Path.Combine(_root.FullName, "disk")).FullName;
        await RunAsync("mount", "-t", "tmpfs", "-o", mount, "tmpfs", disk);
        try
        {
            var run = await HostRun.ToItsEndAsync(Nothing, Ct, "--data", Path.Combine(disk, "data"), "--urls", "http://127.0.0.1:0");

            run.AssertRefused(code, disk);
            Assert.False(Directory.Exists(Path.Combine(disk, "data", "postgres")));
        }
        finally
        {
            await RunAsync("umount", disk);
        }
    }

    [Fact]
    public async Task Host_WithOptionsInBothForms_HeedsThem()
    {
        var data = Path.Combine(_root.FullName, "data");
        await using var host = await HostProcess.StartAsync(data, HostProcess.FreePort(), new Dictionary<string, string>(NotDurable) { ["Files__MaxBytes"] = "10" }, Ct, "--Data:MaxConnections", "30", "--Plugins:MaxEntries=500");

        using var large = await host.Client.PostAsync(new Uri("/api/v1/files?name=x.csv", UriKind.Relative), new ByteArrayContent(new byte[11]), Ct);
        var settings = await File.ReadAllTextAsync(Path.Combine(data, "postgres", "postgresql.conf"), Ct);

        Assert.Equal(413, (int)large.StatusCode);
        Assert.Contains("max_connections = 30", settings, StringComparison.Ordinal);
    }

    private static async Task<string> FirstLineAsync(string file) =>
        int.Parse((await File.ReadAllLinesAsync(file, Ct))[0], CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(Ct);
        Assert.Equal(0, process.ExitCode);
    }
}
