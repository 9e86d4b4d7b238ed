using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using IndustryBrain.Testing;

namespace IndustryBrain.Chaos.Tests;

/// <summary>Hosts on one database, which the PostgreSQL that another host embeds stands in for, and what can happen to them.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    /// <summary>Kinds of what goes wrong, from 0 on.</summary>
    public const int Kinds = 4;

    /// <summary>The one that restarts the database, which takes longer than the others.</summary>
    public const int Database = Kinds;

    /// <summary>The farthest, in seconds, that a clock is set off: beyond the lease, and below what a run is waited for, as a timer that a host with a clock ahead set is due that much later for the others.</summary>
    public const int MostClockStep = 90;

    private const int Hosts = 3;
    private const int LeaseSeconds = 5;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ib-fleet-");
    private readonly HostProcess?[] _hosts = new HostProcess?[Hosts];
    private readonly int[] _ports = [.. Enumerable.Range(0, Hosts).Select(_ => HostProcess.FreePort())];
    private readonly Dictionary<string, string> _environment;
    private HostProcess? _owner;

    private Fleet(EffectServer effects) => _environment = new()
    {
        ["Limits__RequestsPerMinute"] = "100000000",
        ["Limits__StartsPerMinute"] = "100000000",
        ["Limits__ReadsPerMinute"] = "100000000",
        ["Runs__LeaseSeconds"] = LeaseSeconds.ToString(CultureInfo.InvariantCulture),
        ["Http__PrivateHosts__0"] = "POST " + effects.Address,
        // Five hosts that start again and again share a machine: how long a script may take is not what is tried here.
        ["Expressions__StepTimeout"] = "00:02:00",
        ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = "SteppedClock",
        ["DOTNET_STARTUP_HOOKS"] = typeof(Fleet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "SteppedClock").Value!,
    };

    private string Server => Path.Combine(_root.FullName, "server");

    private string Socket => Path.Combine(_root.FullName, "s");

    public static async Task<Fleet> StartAsync(EffectServer effects, CancellationToken ct)
    {
        var fleet = new Fleet(effects);
        try
        {
            await fleet.StartDatabaseAsync(ct);
            var password = (await File.ReadAllLinesAsync(Path.Combine(fleet.Server, "postgres.password"), ct))[^1];
            fleet._environment["ConnectionStrings__IndustryBrain"] = $"Host={fleet.Socket};Username=industrybrain;Password={password};Database=postgres";
            for (var i = 0; i < Hosts; i++)
                await fleet.StartHostAsync(i, ct);
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Any host that is there.</summary>
    public HostProcess Any(Random random)
    {
        HostProcess[] there = [.. _hosts.OfType<HostProcess>()];
        return there[random.Next(there.Length)];
    }

    /// <summary>Something goes wrong, and is there again when this returns.</summary>
    /// <returns>What it was.</returns>
    public async Task<string> SufferAsync(Random random, int kind, CancellationToken ct)
    {
        var i = random.Next(Hosts);
        switch (kind)
        {
            case 0:
                await StopHostAsync(i, ct);
                await StartHostAsync(i, ct);
                return $"kill host {i}";
            case 1:
                return $"kill {KillWorkers(_hosts[i]!)} workers of host {i}";
            case 2:
                await PauseAsync(_hosts[i]!, ct);
                return $"pause host {i}";
            case 3:
                var step = random.Next(-MostClockStep, MostClockStep + 1);
                await SetClockAsync(i, step, ct);
                return $"clock of host {i} at {step} s";
            default:
                await _owner!.DisposeAsync();
                await StartDatabaseAsync(ct);
                return "restart the database";
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.OfType<HostProcess>())
            await host.DisposeAsync();
        if (_owner is not null)
            await _owner.DisposeAsync();
        _root.Delete(recursive: true);
    }

    /// <summary>Sets the clock of a host off by so many seconds, against that of the machine.</summary>
    public Task SetClockAsync(int host, int seconds, CancellationToken ct) => File.WriteAllTextAsync(ClockOf(host), seconds.ToString(CultureInfo.InvariantCulture), ct);

    /// <summary>Waits until a host says by itself that its clock is off by about so many seconds.</summary>
    public async Task UntilClockAsync(int host, int seconds, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await tick.WaitForNextTickAsync(patience.Token))
        {
            var usage = await _hosts[host]!.Client.GetFromJsonAsync<JsonElement>("/api/v1/usage", patience.Token);
            var ahead = usage.GetProperty("at").GetDateTimeOffset() - TimeProvider.System.GetUtcNow();
            if ((ahead - TimeSpan.FromSeconds(seconds)).Duration() < TimeSpan.FromSeconds(Math.Max(10, Math.Abs(seconds) / 2)))
                return;
        }
    }

    private string ClockOf(int host) => Path.Combine(_root.FullName, $"clock{host}");

    private async Task StartHostAsync(int i, CancellationToken ct) =>
        _hosts[i] = await HostProcess.StartAsync(Path.Combine(_root.FullName, $"host{i}"), _ports[i], new Dictionary<string, string>(_environment) { ["IB_STEPPED_CLOCK"] = ClockOf(i) }, ct);

    private async Task StopHostAsync(int i, CancellationToken ct)
    {
        var host = _hosts[i]!;
        _hosts[i] = null;
        await host.KillAsync(ct);
        await host.DisposeAsync();
    }

    private async Task StartDatabaseAsync(CancellationToken ct)
    {
        _owner = await HostProcess.StartAsync(Server, HostProcess.FreePort(), null, ct);
        // The folder of the socket is another one after each start.
        File.Delete(Socket);
        File.CreateSymbolicLink(Socket, File.ReadLines(Path.Combine(Server, "postgres", "postmaster.pid")).ElementAt(4));
    }

    // Past its lease: others take its runs over, and it must notice when it goes on.
    private static async Task PauseAsync(HostProcess host, CancellationToken ct)
    {
        await SignalAsync("-STOP", host.ProcessId);
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(LeaseSeconds + 3), ct);
        }
        finally
        {
            await SignalAsync("-CONT", host.ProcessId);
        }
    }

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [signal, process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(CancellationToken.None);
    }

    private static int KillWorkers(HostProcess host)
    {
        var killed = 0;
        foreach (var child in Process.GetProcesses().Where(p => ParentOf(p.Id) == host.ProcessId && CommandOf(p.Id).Contains("Worker", StringComparison.Ordinal)))
        {
            using (child)
            {
                child.Kill();
                killed++;
            }
        }

        return killed;
    }

    private static int ParentOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static string CommandOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
