using System.CommandLine;
using System.Globalization;
using IndustryBrain.Cli.Packing;
using IndustryBrain.Cli.Running;
using IndustryBrain.Plugins.Audit;
using IndustryBrain.Scenarios.Definitions;

namespace IndustryBrain.Cli.Validating;

/// <summary><c>brain validate</c>: audits a package, or packs a project and audits what comes out.</summary>
internal static class ValidateCommand
{
    // With symbols inside that name the files of this machine, so that a finding has its line; nothing of it is shipped.
    private static readonly string[] Symbols = ["-p:DebugType=embedded", "-p:PathMap=/_/none=/_/none"];

    public static Command Create()
    {
        var target = new Argument<string>("package-or-project") { Description = "插件包或应用场景包 .nupkg、项目 .csproj 或项目文件夹。A package of a plugin or a scenario, a project, or the folder of a project.", DefaultValueFactory = _ => "." };
        var sarif = new Option<bool>("--sarif") { Description = "以 SARIF 2.1.0 输出。Prints SARIF 2.1.0." };
        var plugins = new Option<string?>("--plugins") { Description = "应用场景所用插件包的文件夹。Folder of the plugin packages that a scenario uses." };
        var command = new Command("validate", "审核插件包（代码、依赖与权限）或应用场景包（定义）；不联网。Audits a package of a plugin (code, dependencies, permissions) or of a scenario (its definition); asks no network.") { target, sarif, plugins };
        command.SetAction((parsed, ct) => ProjectPackage.UseAsync(parsed.GetRequiredValue(target), path => ScenarioPackage.Is(path) ? JudgeAsync(path, parsed.GetValue(plugins), parsed.GetValue(sarif), ct) : AuditAsync(path, parsed.GetValue(sarif), ct), ct, Symbols));
        return command;
    }

    private static async Task<int> JudgeAsync(string path, string? plugins, bool sarif, CancellationToken ct)
    {
        if (sarif)
        {
            return Complaint.Write(CliFailures.OnlyForPlugins("--sarif", path));
        }

        if (plugins is not null && !Directory.Exists(plugins))
        {
            return Complaint.Write(CliFailures.PluginFolderMissing(plugins));
        }

        if (!(await ScenarioPackage.ReadDefinitionAsync(path, ct)).TryGet(out var definition, out var failure))
        {
            return Complaint.Write(failure);
        }

        var findings = await DefinitionReport.JudgeAsync(definition, plugins ?? PluginFolder.Default, ct);
        DefinitionReport.Write(findings, Path.GetFileName(path), Console.Out);
        return DefinitionReport.Count(findings, FindingSeverity.Error) > 0 ? ExitCode.Faulted : ExitCode.Success;
    }

    private static async Task<int> AuditAsync(string path, bool sarif, CancellationToken ct)
    {
        try
        {
            var report = await PackageReport.ReadAsync(path, ct);
            if (sarif)
            {
                await using var output = Console.OpenStandardOutput();
                await output.WriteAsync(SarifLog.Write(report, new Uri(Path.GetFullPath(path)), CultureInfo.CurrentUICulture, Page), ct);
            }
            else
            {
                ReportText.Write(report, Path.GetFileName(path), PackageReport.Pages, Console.Out);
            }

            return report.Count(AuditSeverity.Error) > 0 ? ExitCode.Faulted : ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Complaint.Write(CliFailures.FileNotReadable(path));
        }
    }

    private static Uri? Page(string rule) => Path.Combine(PackageReport.Pages, rule + ".md") is var page && File.Exists(page) ? new Uri(page) : null;
}
