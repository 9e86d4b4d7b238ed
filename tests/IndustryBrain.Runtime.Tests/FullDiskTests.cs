using System.Text;
using System.Text.Json;
using IndustryBrain.Storage;
using IndustryBrain.Testing;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Runtime.Tests;

/// <summary>A disk that fills while the host runs: the answer names the disk, and what fits is served on.</summary>
public sealed class FullDiskTests(PostgresFixture postgres, ProbePackage plugins)
{
    [Fact]
    public async Task Request_DatabaseFindsItsDiskFull_Is507WithTheWayOutAndOneLineInTheLog()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is of Linux.");
        var ct = TestContext.Current.CancellationToken;
        var log = new CapturedLog();
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, log.Attach, ct);
        await host.PublishAsync(Definitions.Sequence("plain", Definitions.Line("a", "a")), ct);
        // The server itself meets a full device, and says so with its own state.
        await host.ExecuteAsync("""
            create function fill() returns trigger language plpgsql as $$
            begin
                copy (select repeat('x', 1000000)) to '/dev/full';
                return new;
            end $$;
            create trigger full_disk before insert on stored_file_chunk for each row execute function fill();
            create trigger full_disk before insert on run_journal for each row execute function fill();
            """, ct);

        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("a,b\n1,2\n"));
        using var upload = await host.Client.PostAsync(new Uri("/api/v1/files?name=a.csv", UriKind.Relative), content, ct);
        var problem = JsonElement.Parse(await upload.Content.ReadAsStringAsync(ct));
        var (started, run) = await host.PostAsync("scenarios/plain/runs", "{}", ct);
        var (listed, _) = await host.GetAsync("scenarios", ct);

        Assert.Equal((507, "IB0023"), ((int)upload.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Contains("磁盘已满", problem.GetProperty("texts").GetProperty("zh").GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.NotNull(upload.Headers.RetryAfter);
        Assert.Equal((507, "IB0023"), (started, run.GetProperty("code").GetString()));
        Assert.Equal(200, listed);
        Assert.Equal(2, log.Of(LogLevel.Error).Count);
        Assert.All(log.Of(LogLevel.Error), line => Assert.Contains("No space left on device", line, StringComparison.Ordinal));
        Assert.DoesNotContain(log.Of(LogLevel.Error), line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Failure_OfAWriteToAFullDisk_NamesTheDisk()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is of Linux.");
        var ct = TestContext.Current.CancellationToken;

        var full = await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            await using var device = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            await device.WriteAsync(new byte[1], ct);
        });

        Assert.Equal("IB0023", DatabaseOutage.FailureOf(new InvalidOperationException("outer", full))?.Code);
        Assert.Null(DatabaseOutage.FailureOf(new IOException("another reason")));
    }
}
