using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using IndustryBrain.Cli.Hosts;

namespace IndustryBrain.Cli.Operating;

/// <summary><c>brain backup</c>, <c>brain restore</c> and <c>brain diagnostics</c>: verbs of the host program, which has the database; it asks for the passphrase at this terminal.</summary>
internal static class OperatorCommands
{
    public static Command Backup()
    {
        var file = new Argument<string>("file") { Description = "要写的备份文件，不能已存在。File to write, which must not exist." };
        var command = new Command("backup", "备份平台的数据库与数据文件夹，加密；平台可照常运行。Backs up database and data folder of a host, encrypted, while it may go on.") { file };
        return Complete(command, "backup", file, []);
    }

    public static Command Restore()
    {
        var file = new Argument<string>("file") { Description = "备份文件。The backup." };
        var check = new Option<bool>("--check") { Description = "只检查文件本身，不需要数据库。Checks the file itself only, without a database." };
        var verify = new Option<bool>("--verify") { Description = "恢复并检验：行数、审计链、文件摘要；不写也会检验。Restores and proves counts, audit chains and digests of files, which is done without it too." };
        var command = new Command("restore", "把备份恢复到空的数据库与文件夹：全部并通过检验，或什么都不留。Restores a backup into an empty database and folder: all of it and proven, or nothing.") { file, check, verify };
        return Complete(command, "restore", file, [check, verify]);
    }

    public static Command Diagnostics()
    {
        var file = new Argument<string>("file") { Description = "要写的 zip，不能已存在。Zip to write, which must not exist." };
        var command = new Command("diagnostics", "写诊断包：版本、配置、节点、队列、插件、最近的警告；没有机密与个人数据。Writes what helps to find out what is wrong: versions, options, nodes, queues, plugins, last warnings; no secrets, no personal data.") { file };
        return Complete(command, "diagnostics", file, [], isEncrypted: false);
    }

    private static Command Complete(Command command, string verb, Argument<string> file, Option<bool>[] flags, bool isEncrypted = true)
    {
        var keyFile = new Option<string?>("--key-file") { Description = "存有口令的文件，只有自己可读，- 为标准输入；省略则在终端询问。File with the passphrase, readable by its owner alone, - for standard input; without it the terminal asks." };
        var data = new Option<string?>("--data") { Description = "平台的数据文件夹；省略则为平台的默认值。Data folder of the host; without it the host's own default." };
        if (isEncrypted)
        {
            command.Options.Add(keyFile);
        }

        command.Options.Add(data);
        command.SetAction((parsed, ct) =>
        {
            List<string> arguments = [verb, Path.GetFullPath(parsed.GetRequiredValue(file)), .. flags.Where(parsed.GetValue).Select(f => f.Name)];
            if (isEncrypted && parsed.GetValue(keyFile) is { } secret)
            {
                arguments.AddRange("--key-file", secret == "-" ? secret : Path.GetFullPath(secret));
            }

            if (parsed.GetValue(data) is { } folder)
            {
                arguments.AddRange("--data", Path.GetFullPath(folder));
            }

            return RunAsync(arguments, ct);
        });
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        if (HostProgramFile.Find() is not { } found)
        {
            return Complaint.Write(CliFailures.OperatorProgramMissing(HostProgramFile.Variable));
        }

        try
        {
            var (program, all) = HostProgramFile.Command(found, arguments);
            using var host = Process.Start(new ProcessStartInfo(program, all) { UseShellExecute = false })!;
            try
            {
                await host.WaitForExitAsync(ct);
            }
            catch (OperationCanceledException)
            {
                // It was told too, and takes back what it has begun.
                await host.WaitForExitAsync(CancellationToken.None);
            }

            return host.ExitCode == 0 ? ExitCode.Success : ExitCode.Refused;
        }
        catch (Win32Exception e)
        {
            return Complaint.Write(CliFailures.HostNotStarted(found, e.Message));
        }
    }
}
