using System.CommandLine;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Cli.Packing;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Developing;

/// <summary><c>brain dev</c>: what is saved in the editor runs on a host a moment later.</summary>
internal static class DevCommand
{
    private const string BuildServer = "DOTNET_CLI_USE_MSBUILD_SERVER";
    private static readonly TimeSpan RestoreTimeout = TimeSpan.FromSeconds(20);

    public static Command Create()
    {
        var project = new Argument<string>("project") { Description = "项目 .csproj，或项目、解决方案的文件夹。A project, or the folder of a project or solution.", DefaultValueFactory = _ => "." };
        var isolated = new Option<bool>("--isolated") { Description = "隔离运行，与在客户平台上一样；默认在平台进程内运行。In the jail, as it will be with others; by default in the host's own process." };
        var once = new Option<bool>("--once") { Description = "生成并换上一次就结束，平台保留它。Builds and swaps once and ends; the host keeps it." };
        var keep = new Option<bool>("--keep") { Description = "结束时平台保留最后的版本。Lets the host keep the last version in the end." };
        var command = new Command("dev", "边改边运行：保存后重新生成，换到运行中的平台上。Rebuilds what is saved and swaps it on a running host.") { project, isolated, once, keep };
        var host = new HostOptions().AddTo(command, withJson: false);
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(project);
            if (!Directory.Exists(path) && !File.Exists(path))
            {
                return Complaint.Write(CliFailures.TargetMissing(path));
            }

            if (Directory.Exists(path) && !ProjectFolder.HasProject(path))
            {
                return Complaint.Write(CliFailures.NoProjectHere(path));
            }

            var asked = new Request(Path.GetFullPath(path), parsed.GetValue(isolated), parsed.GetValue(once), parsed.GetValue(keep));
            if (!(await host.ConnectAsync(parsed, ct)).TryGet(out var connection, out var failure))
            {
                return Complaint.Write(failure);
            }

            using (connection)
            {
                if (host.NamesHost(parsed) || await connection.IsReadyAsync(ct))
                {
                    return await DevelopAsync(connection, asked, ct);
                }

                Console.Out.WriteLine(new LocalizedText("没有平台在运行，正在启动一个 …", "No host runs here; starting one …").ToString());
                if (!(await LocalHost.StartAsync(HostOptions.Timeout(parsed), TimeProvider.System, ct)).TryGet(out var own, out failure))
                {
                    return Complaint.Write(failure);
                }

                // Its data is nobody else's: what it has in the end may stay.
                await using (own)
                {
                    return await DevelopAsync(own.Connection, asked with { Keeps = true }, ct);
                }
            }
        });
        return command;
    }

    private static async Task<int> DevelopAsync(HostConnection host, Request asked, CancellationToken ct)
    {
        Console.Out.WriteLine(new LocalizedText($"平台 {host.Address}", $"Host {host.Address}").ToString());
        var session = new DevSession(host, asked.Project, asked.IsIsolated, TimeProvider.System);
        if (asked.Once)
        {
            return await session.SwapAsync(ct) is { } failure ? Complaint.Write(failure) : ExitCode.Success;
        }

        try
        {
            // Each save builds again: what the first has warmed up stays for the next, unless the vendor says otherwise.
            Environment.SetEnvironmentVariable(BuildServer, Environment.GetEnvironmentVariable(BuildServer) ?? "1");
            using var watch = new SourceWatch(Directory.Exists(asked.Project) ? asked.Project : Path.GetDirectoryName(asked.Project)!, TimeProvider.System);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var following = new DevLines(host, TimeProvider.System).FollowAsync(session, ended.Token);
            var watching = WatchAsync(session, watch, ended.Token);

            // Neither ends by itself: whichever does has failed, and the other is not wanted any more.
            await Task.WhenAny(following, watching);
            await ended.CancelAsync();
            await Task.WhenAll(following, watching);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Ctrl+C is how it ends.
        }

        if (asked.Keeps)
        {
            return ExitCode.Success;
        }

        using var patience = new CancellationTokenSource(RestoreTimeout, TimeProvider.System);
        return await session.RestoreAsync(patience.Token) is { } left ? Complaint.Write(left) : ExitCode.Success;
    }

    private static async Task WatchAsync(DevSession session, SourceWatch watch, CancellationToken ct)
    {
        while (true)
        {
            if (await session.SwapAsync(ct) is { } failure)
            {
                Complaint.Write(failure);
            }

            await watch.NextAsync(ct);
        }
    }

    private sealed record Request(string Project, bool IsIsolated, bool Once, bool Keeps);
}
