using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Sdk;
using Npgsql;

namespace IndustryBrain.Storage.Postgres;

/// <summary>The PostgreSQL that the host runs itself in its data folder.</summary>
internal sealed class EmbeddedPostgres : IAsyncDisposable
{
    private const string User = "industrybrain";
    private const string PasswordFile = "postgres.password";
    private const int SocketPort = 5432;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(200);

    /// <summary>Said by a server whose killed predecessor left processes that have not noticed yet; they leave within seconds.</summary>
    private const string PredecessorLives = "pre-existing shared memory block";

    private readonly FolderLock _lock;
    private readonly Launch _launch;
    private readonly StorageOptions _options;
    private readonly Process? _process;
    private readonly PostmasterFile _server;
    private bool _stopped;

    private EmbeddedPostgres(FolderLock folderLock, Launch launch, StorageOptions options, Process? process, PostmasterFile server, string password)
    {
        (_lock, _launch, _options, _process, _server) = (folderLock, launch, options, process, server);
        ConnectionString = Connection(server, password).ConnectionString;
    }

    /// <summary>Connection string of the server's maintenance database.</summary>
    internal string ConnectionString { get; }

    /// <summary>True when the server of a host that was killed was still running and serves on.</summary>
    internal bool WasAdopted => _process is null;

    internal int ProcessId => _server.ProcessId;

    internal string SocketPath => _server.SocketFolder;

    internal static async Task<Result<EmbeddedPostgres>> StartAsync(StorageOptions options, CancellationToken ct)
    {
        var folder = options.FolderOrDefault();
        if (!PostgresBinaries.Find(options.BinariesOrDefault()).TryGet(out var binaries, out var failure)
            || !FolderLock.Take(folder).TryGet(out var folderLock, out failure))
        {
            return failure;
        }

        try
        {
            var result = await StartLockedAsync(folder, folderLock, binaries, options, ct);
            if (result.Failure is not null)
            {
                folderLock.Dispose();
            }

            return result;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            folderLock.Dispose();
            return FolderAccess.FailureOf(e, folder);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>The maintenance connection of a server that a host runs in the folder; null when none answers there.</summary>
    internal static async Task<string?> FindRunningAsync(StorageOptions options, CancellationToken ct)
    {
        var folder = options.FolderOrDefault();
        try
        {
            var server = PostmasterFile.Read(Path.Combine(RootLaunch.PlaceOf(folder), Launch.ClusterName));
            var password = Path.Combine(folder, PasswordFile);
            if (server is not { IsReady: true } || !server.IsAlive() || !File.Exists(password))
            {
                return null;
            }

            var connection = Connection(server, (await File.ReadAllTextAsync(password, ct)).Trim());
            return await AnswersAsync(connection, ct) ? connection.ConnectionString : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static async Task<Result<EmbeddedPostgres>> StartLockedAsync(string folder, FolderLock folderLock, PostgresBinaries binaries, StorageOptions options, CancellationToken ct)
    {
        Launch? launch;
        if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
        {
            if (!(await RootLaunch.FindAsync(folder, binaries, options.AllowUserNamespace, ct)).TryGet(out launch, out var noRoot))
            {
                return noRoot;
            }
        }
        else
        {
            launch = new Launch([], folder, binaries, null);
        }

        var firstStart = !Directory.Exists(launch.Cluster);
        if (DiskSpace.Check(launch.Place, options, firstStart) is { } full)
        {
            return full;
        }

        if (!firstStart && CheckVersion(launch.Cluster, folder) is { } newer)
        {
            return newer;
        }

        var passwordFile = Path.Combine(folder, PasswordFile);
        if (!firstStart && !File.Exists(passwordFile))
        {
            return StorageFailures.PasswordMissing(passwordFile);
        }

        var password = await ReadOrMakePasswordAsync(passwordFile, ct);
        if (firstStart && await InitializeAsync(folder, launch, password, options, ct) is { } notMade)
        {
            return notMade;
        }

        var log = Path.Combine(launch.Place, "postgres.log");
        if (await AdoptOrStopAsync(launch, password, options, ct) is { } orphan)
        {
            return new EmbeddedPostgres(folderLock, launch, options, null, orphan, password);
        }

        return await StartServerAsync(folder, folderLock, launch, log, password, options, ct);
    }

    private static Failure? CheckVersion(string cluster, string folder)
    {
        var file = Path.Combine(cluster, "PG_VERSION");
        var found = File.Exists(file) ? File.ReadAllText(file).Trim() : "?";
        return found == PostgresBinaries.MajorVersion.ToString(CultureInfo.InvariantCulture) ? null : StorageFailures.NewerData(folder, found, PostgresBinaries.MajorVersion);
    }

    private static async Task<string> ReadOrMakePasswordAsync(string file, CancellationToken ct)
    {
        if (File.Exists(file) && (await File.ReadAllTextAsync(file, ct)).Trim() is { Length: > 0 } known)
        {
            return known;
        }

        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        await WritePrivateAsync(file, password + "\n", ct);
        return password;
    }

    private static async Task WritePrivateAsync(string file, string text, CancellationToken ct)
    {
        File.Delete(file);
        var open = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            open.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var stream = new FileStream(file, open);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Makes the cluster beside its final place and moves it there: a start that was killed half-way leaves no half cluster.</summary>
    private static async Task<Failure?> InitializeAsync(string folder, Launch launch, string password, StorageOptions options, CancellationToken ct)
    {
        var fresh = Path.Combine(launch.Place, "postgres.new");
        var passwordFile = Path.Combine(launch.Place, "postgres.new.password");
        if (Directory.Exists(fresh))
        {
            Directory.Delete(fresh, recursive: true);
        }

        await WritePrivateAsync(passwordFile, password, ct);
        try
        {
            await launch.OwnAsync(ct, passwordFile);
            List<string> arguments =
            [
                "-D", fresh, $"--username={User}", $"--pwfile={passwordFile}", "--auth=scram-sha-256", "--encoding=UTF8",
                // Under plain C neither trigrams nor \w know Chinese text.
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--lc-ctype=C.UTF-8",
            ];
            if (!options.Durable)
            {
                arguments.Add("--no-sync");
            }

            var (code, output) = await Launch.RunAsync(launch.Command([], launch.Binaries.Initdb, arguments), ct);
            if (code != 0)
            {
                if (Directory.Exists(fresh))
                {
                    Directory.Delete(fresh, recursive: true);
                }

                return DiskSpace.SaysFull(output) ? StorageFailures.DiskFull(folder, null) : StorageFailures.ServerDidNotStart("initdb", LastLine(output));
            }

            Directory.Move(fresh, launch.Cluster);
            return null;
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    /// <summary>A server that outlived its host serves on when it is ours and answers; else it is stopped, and the next one recovers.</summary>
    private static async Task<PostmasterFile?> AdoptOrStopAsync(Launch launch, string password, StorageOptions options, CancellationToken ct)
    {
        var running = PostmasterFile.Read(launch.Cluster);
        if (running is null)
        {
            return null;
        }

        if (!running.IsAlive())
        {
            // We hold the folder's lock, so no server of another host can be meant: the machine was restarted, or the server killed too.
            SocketFolder.Remove(running.SocketFolder);
            File.Delete(PostmasterFile.PathIn(launch.Cluster));
            return null;
        }

        if (WasStartedFrom(launch) && await AnswersAsync(Connection(running, password), ct))
        {
            return running;
        }

        await StopAsync(launch, running, null, options, ct);
        return null;
    }

    private static bool WasStartedFrom(Launch launch)
    {
        var file = Path.Combine(launch.Cluster, "postmaster.opts");
        return File.Exists(file) && File.ReadAllText(file).StartsWith(launch.Binaries.Postgres, StringComparison.Ordinal);
    }

    private static async Task<bool> AnswersAsync(NpgsqlConnectionStringBuilder connection, CancellationToken ct)
    {
        try
        {
            await using var probe = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Pooling = false, Timeout = 5 }.ConnectionString);
            await probe.OpenAsync(ct);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or SocketException)
        {
            return false;
        }
    }

    private static async Task<Result<EmbeddedPostgres>> StartServerAsync(string folder, FolderLock folderLock, Launch launch, string log, string password, StorageOptions options, CancellationToken ct)
    {
        var socketFolder = OperatingSystem.IsWindows() ? null : SocketFolder.Create();
        var port = socketFolder is null ? FreePort() : SocketPort;
        var settings = Path.Combine(launch.Cluster, "postgresql.conf");
        await File.WriteAllTextAsync(settings, ServerSettings.Write(options, socketFolder, port), ct);
        await ServerLog.PrepareAsync(log, ct);
        var logStart = new FileInfo(log).Length;
        if (socketFolder is not null)
        {
            await launch.OwnAsync(ct, settings, socketFolder);
        }

        var process = Process.Start(ServerCommand.For(launch, log))!;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(options.StartTimeoutSeconds))
        {
            if (PostmasterFile.Read(launch.Cluster) is { IsReady: true } server)
            {
                return new EmbeddedPostgres(folderLock, launch, options, process, server, password);
            }

            // On Windows the process is pg_ctl, which leaves before the server is ready.
            if (process.HasExited && (!OperatingSystem.IsWindows() || process.ExitCode != 0))
            {
                if (!(await ServerLog.ReadFromAsync(log, logStart, ct)).Contains(PredecessorLives, StringComparison.Ordinal))
                {
                    break;
                }

                process.Dispose();
                logStart = new FileInfo(log).Length;
                await Task.Delay(Retry, ct);
                process = Process.Start(ServerCommand.For(launch, log))!;
            }

            await Task.Delay(Poll, ct);
        }

        if (PostmasterFile.Read(launch.Cluster) is { } late && late.IsAlive())
        {
            await StopAsync(launch, late, process, options, ct);
        }

        process.Dispose();
        SocketFolder.Remove(socketFolder ?? "");
        var said = await ServerLog.ReadFromAsync(log, logStart, ct);
        return DiskSpace.SaysFull(said) ? StorageFailures.DiskFull(folder, null) : StorageFailures.ServerDidNotStart(log, LastLine(said));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static NpgsqlConnectionStringBuilder Connection(PostmasterFile server, string password) => new()
    {
        Host = server.SocketFolder.Length > 0 ? server.SocketFolder : "127.0.0.1",
        Port = server.Port,
        Username = User,
        Password = password,
        Database = "postgres",
    };

    private static async Task StopAsync(Launch launch, PostmasterFile server, Process? process, StorageOptions options, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows())
        {
            await Launch.RunAsync(launch.Command([], launch.Binaries.PgCtl, "stop", "-D", launch.Cluster, "-m", "fast", "-w", "-t", options.StopTimeoutSeconds.ToString(CultureInfo.InvariantCulture)), ct);
        }
        else
        {
            UnixProcess.Signal(server.ProcessId, UnixProcess.FastShutdown);
            if (!await HasEndedAsync(server, process, TimeSpan.FromSeconds(options.StopTimeoutSeconds), ct))
            {
                UnixProcess.Signal(server.ProcessId, UnixProcess.ImmediateShutdown);
                await HasEndedAsync(server, process, TimeSpan.FromSeconds(options.StopTimeoutSeconds), ct);
            }
        }

        SocketFolder.Remove(server.SocketFolder);
    }

    private static async Task<bool> HasEndedAsync(PostmasterFile server, Process? process, TimeSpan limit, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        while (process is null ? server.IsAlive() : !process.HasExited)
        {
            if (clock.Elapsed > limit)
            {
                return false;
            }

            await Task.Delay(Poll, ct);
        }

        return true;
    }

    private static string LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .LastOrDefault(l => l.Contains("FATAL", StringComparison.Ordinal) || l.Contains("error", StringComparison.OrdinalIgnoreCase))
        ?? text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "timeout";

    /// <summary>Stops the server (fast: open transactions are rolled back) and lets the folder go.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        await StopAsync(_launch, _server, OperatingSystem.IsWindows() ? null : _process, _options, CancellationToken.None);
        _process?.Dispose();
        _lock.Dispose();
    }
}
