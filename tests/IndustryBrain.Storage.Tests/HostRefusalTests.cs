using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using IndustryBrain.Storage.Postgres;
using IndustryBrain.Storage.Schema;
using IndustryBrain.Testing;
using Npgsql;

namespace IndustryBrain.Storage.Tests;

/// <summary>A host that cannot start says why in one sentence with a code, and ends with another exit code than 0.</summary>
public sealed class HostRefusalTests(PostgresFixture postgres) : IDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ib-refused-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_root.FullName, "data");

    public void Dispose() => _root.Delete(recursive: true);

    private Task<HostRun> StartOnAsync(string connection, params string[] arguments) => HostRun.ToItsEndAsync(
        new Dictionary<string, string> { ["ConnectionStrings__IndustryBrain"] = connection }, Ct, ["--data", Data, "--urls", "http://127.0.0.1:0", .. arguments]);

    [Theory]
    [InlineData("IB0911", "--data?", "--dat", "X")]
    [InlineData("IB0911", "--urls?", "--url=http://localhost:5080")]
    [InlineData("IB0911", "--help", "something")]
    [InlineData("IB0911", "--Files:MaxBytes?", "--Files:MaxByte=3")]
    [InlineData("IB0911", "'--Nothing:Else'", "--Nothing:Else", "3")]
    [InlineData("IB0912", "--data", "--data")]
    [InlineData("IB0912", "--data", "--data=")]
    [InlineData("IB0912", "--data", "--data", "--urls", "http://localhost:5080")]
    [InlineData("IB0912", "--urls", "--data=X", "--urls")]
    [InlineData("IB0912", "--Files:MaxBytes", "--Files:MaxBytes")]
    [InlineData("IB0901", "65535", "--urls", "http://127.0.0.1:99999")]
    [InlineData("IB0901", "65535", "--urls", "http://127.0.0.1:http")]
    [InlineData("IB0902", "TLS", "--urls", "http://0.0.0.0:5080")]
    [InlineData("IB0902", "https", "--urls", "https://0.0.0.0:5443", "--Proxy:Trusted:0", "10.0.0.2")]
    [InlineData("IB6041", "'everybody'", "--urls", "http://0.0.0.0:5080", "--Proxy:Trusted:0", "everybody")]
    [InlineData("IB6041", "'0.0.0.0/0'", "--urls", "http://0.0.0.0:5080", "--Proxy:Trusted:0", "0.0.0.0/0")]
    [InlineData("IB0915", "backup", "backup", "--data", "X")]
    [InlineData("IB6003", "16", "restore", "none.ibbackup", "--check", "--key-file", "-")]
    [InlineData("IB0012", "StartTimeoutSeconds", "--Data:StartTimeoutSeconds", "0")]
    public async Task Start_OptionThatIsNone_IsRefused(string code, string mentions, params string[] arguments) =>
        (await HostRun.ToItsEndAsync(Nothing, Ct, arguments)).AssertRefused(code, mentions);

    [Fact]
    public async Task Start_OptionThatIsNoneInTheEnvironment_IsRefused() =>
        (await HostRun.ToItsEndAsync(new Dictionary<string, string> { ["Runs__MaxExecutin"] = "3" }, Ct, "--data", Data)).AssertRefused("IB0911", "--Runs:MaxExecuting?");

    [Theory]
    [InlineData("--help", "--data FOLDER")]
    [InlineData("--version", "IndustryBrain 0.")]
    public async Task Start_AskedAboutItself_Answers(string option, string says)
    {
        var run = await HostRun.ToItsEndAsync(Nothing, Ct, option);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(says, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Files:MaxBytes=many", "Files:MaxBytes")]
    [InlineData("--Files:MaxBytes=0", "Files:MaxBytes")]
    [InlineData("--Runs:MaxSteps=0", "MaxSteps")]
    public async Task Start_OptionWithAnotherValue_IsRefused(string option, string mentions) =>
        (await StartOnAsync(await postgres.CreateDatabaseAsync(Ct), option)).AssertRefused("IB0904", mentions);

    [Fact]
    public async Task Start_PortTaken_IsRefused()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        (await StartOnAsync(await postgres.CreateDatabaseAsync(Ct), "--urls", url)).AssertRefused("IB0903", url);
    }

    [Fact]
    public async Task Start_AtDebug_ShowsWhatIsOtherwiseHeldBack()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        var run = await StartOnAsync(await postgres.CreateDatabaseAsync(Ct), "--urls", url, "--Logging:LogLevel:Default=Debug");

        // Libraries may write there before.
        Assert.Contains(run.Error.Split('\n'), line => line.StartsWith("IB0903: ", StringComparison.Ordinal));
        Assert.Contains("AddressInUseException", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_BootstrapKeyOfAnotherForm_IsRefused() =>
        (await HostRun.ToItsEndAsync(
            new Dictionary<string, string> { ["ConnectionStrings__IndustryBrain"] = await postgres.CreateDatabaseAsync(Ct), ["IB_BOOTSTRAP_API_KEY"] = "short" },
            Ct, "--data", Data, "--urls", "http://127.0.0.1:0")).AssertRefused("IB4006");

    [Theory]
    [InlineData("nonsense", "IB0011")]
    [InlineData("Host=127.0.0.1;Port=1;Database=x;Username=x", "IB0009")]
    [InlineData("Host=no-such-host.invalid;Database=x;Username=x", "IB0009")]
    public async Task Start_ExternalDatabaseThatIsNowhere_IsRefused(string connection, string code) => (await StartOnAsync(connection)).AssertRefused(code);

    [Fact]
    public async Task Start_ExternalDatabaseThatStaysSilent_IsRefusedWithinTheConnectTimeout()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        var run = await StartOnAsync($"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Database=x;Username=x;Timeout=2");

        run.AssertRefused("IB0009");
        Assert.InRange(run.Took, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Start_ExternalDatabaseThatRefuses_SaysWhat()
    {
        var connection = new NpgsqlConnectionStringBuilder(await postgres.CreateDatabaseAsync(Ct));
        var wrongPassword = new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Password = "wrong-secret" };
        var noDatabase = new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Database = "nowhere" };
        await using (var database = await PostgresFixture.OpenAsync(connection.ConnectionString, Ct))
        {
            await using var command = database.DataSource.CreateCommand("create role weak login password 'weak'");
            await command.ExecuteNonQueryAsync(Ct);
        }

        var weak = new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Username = "weak", Password = "weak" };

        var refused = await StartOnAsync(wrongPassword.ConnectionString);
        refused.AssertRefused("IB0015");
        Assert.DoesNotContain("wrong-secret", refused.Error + refused.Output, StringComparison.Ordinal);
        (await StartOnAsync(noDatabase.ConnectionString)).AssertRefused("IB0016", "create database \"nowhere\"");
        (await StartOnAsync(weak.ConnectionString)).AssertRefused("IB0017", "permission denied");
    }

    [Fact]
    public async Task Start_FolderThatIsAFile_SaysSo()
    {
        await File.WriteAllTextAsync(Data, "", Ct);

        var run = await HostRun.ToItsEndAsync(Nothing, Ct, "--data", Data, "--urls", "http://127.0.0.1:0");

        run.AssertRefused("IB0002", $"：「{Data}」是文件，不是文件夹。请用 --data 指定另一个文件夹。");
        Assert.Contains($"“{Data}” is a file, not a folder. Name another folder", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FolderThatCannotBeMade_SaysSoInBothLanguages()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "proc is a folder in which even root makes none.");

        var run = await HostRun.ToItsEndAsync(Nothing, Ct, "--data", "/proc/ib", "--urls", "http://127.0.0.1:0");

        run.AssertRefused("IB0002", "那里不能建立文件夹。");
        Assert.Contains("no folder can be made there.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_EndedByASignalWhileItWaits_EndsQuietly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are of Unix.");
        var connection = await postgres.CreateDatabaseAsync(Ct);
        await using var database = await PostgresFixture.OpenAsync(connection, Ct);
        await using var holder = await database.DataSource.OpenConnectionAsync(Ct);
        await using (var hold = new NpgsqlCommand($"select pg_advisory_lock({SchemaStart.LockKey})", holder))
        {
            await hold.ExecuteNonQueryAsync(Ct);
        }

        var run = await HostRun.ToItsEndAsync(
            new Dictionary<string, string> { ["ConnectionStrings__IndustryBrain"] = connection },
            async host =>
            {
                await UntilWaitingAsync(database);
                using var signal = Process.Start("kill", ["-TERM", $"{host.Id}"]);
                await signal.WaitForExitAsync(Ct);
            },
            Ct, "--data", Data, "--urls", "http://127.0.0.1:0");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    private static async Task UntilWaitingAsync(Database database)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        await using var waiting = database.DataSource.CreateCommand("select count(*) from pg_locks l join pg_database d on d.oid = l.database where l.locktype = 'advisory' and not l.granted and d.datname = current_database()");
        while ((long)(await waiting.ExecuteScalarAsync(patience.Token))! == 0)
        {
            await tick.WaitForNextTickAsync(patience.Token);
        }
    }

    [Theory]
    [InlineData("14.18", "IB0010")]
    [InlineData("9.6", "IB0010")]
    [InlineData("15.0", null)]
    [InlineData("18.4", null)]
    public void Version_OlderThan15_IsRefused(string version, string? code) =>
        Assert.Equal(code, ExternalPostgres.CheckVersion(Version.Parse(version), "server")?.Code);
}
