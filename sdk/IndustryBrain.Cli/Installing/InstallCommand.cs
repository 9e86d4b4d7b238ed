using System.CommandLine;
using System.Text.Json;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Cli.Packing;
using IndustryBrain.Cli.Plugins;
using IndustryBrain.Cli.Validating;
using IndustryBrain.Plugins;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Cli.Installing;

/// <summary><c>brain install</c>: a package goes to a host, which then uses it.</summary>
internal static class InstallCommand
{
    public static Command Create()
    {
        var package = new Argument<string>("package-or-project") { Description = "插件包或应用场景包 .nupkg、项目 .csproj 或项目文件夹。A package of a plugin or a scenario, a project, or the folder of a project." };
        var consent = new Option<bool>("--consent") { Description = "同意它声明的全部权限，不再询问。Grants all that it declares without asking." };
        var trust = new Option<bool>("--trust") { Description = "让这一版本在平台进程内运行（受信）。Lets this version run in the host's own process (trusted)." };
        var keep = new Option<bool>("--keep-scenarios") { Description = "已发布的应用场景保持原来的版本。Leaves published scenarios with the version they hold on to." };
        var command = new Command("install", "把插件安装到平台，或更新；导入应用场景。Installs a plugin on a host, or updates it; imports a scenario.") { package, consent, trust, keep };
        var host = new HostOptions().AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var asked = new Request(parsed.GetRequiredValue(package), parsed.GetValue(consent), parsed.GetValue(trust), parsed.GetValue(keep), host.Json(parsed));
            if (!(await host.ConnectAsync(parsed, ct)).TryGet(out var connection, out var failure))
            {
                return Complaint.Write(failure);
            }

            using (connection)
            {
                return await ProjectPackage.UseAsync(asked.Package, path => ScenarioPackage.Is(path) ? ImportAsync(connection, asked, path, ct) : InstallAsync(connection, asked, path, ct), ct);
            }
        });
        return command;
    }

    private static async Task<int> InstallAsync(HostConnection host, Request asked, string path, CancellationToken ct)
    {
        if (!(await SendAsync(host, path, asked, ct)).TryGet(out var sent, out var failure) || !HostPlugin.Read(sent.Answer, host.Address).TryGet(out var plugin, out failure))
        {
            return Complaint.Write(failure);
        }

        var (version, answer) = (sent.Manifest.Version, sent.Answer);
        var change = new PluginChange(host, plugin.Id);
        if (asked.IsTrusted && !(await change.TrustAsync(version, isTrusted: true, ct)).TryGet(out answer, out failure))
        {
            return Complaint.Write(failure);
        }

        // What cannot be used whoever consents is said below.
        if (plugin is { Problem: null } && plugin.Find(version) is { AwaitsConsent: true } waiting)
        {
            Consent.Show(plugin, waiting);
            if (!Consent.CanAsk || !await Consent.AskAsync(ct))
            {
                Show(answer, plugin, asked.Json);
                return Complaint.Write(CliFailures.ConsentNeeded(plugin.Id, version));
            }

            if (!(await change.ConsentAsync(version, asked.Scenarios, ct)).TryGet(out answer, out failure))
            {
                return Complaint.Write(failure);
            }
        }

        if (!HostPlugin.Read(answer, host.Address).TryGet(out plugin, out failure))
        {
            return Complaint.Write(failure);
        }

        Show(answer, plugin, asked.Json);
        if (plugin is { Problem: null } && plugin.ActiveVersion != version && !asked.Json)
        {
            Console.Out.WriteLine(new LocalizedText($"{version} 已安装备用；启用：brain plugins activate {plugin.Id} {version}", $"{version} is installed and stands by; to use it: brain plugins activate {plugin.Id} {version}").ToString());
        }

        PluginText.WriteProblems(plugin, version);
        return ExitCode.Success;
    }

    // A host takes the definition alone; sample data and tests stay in the package.
    private static async Task<int> ImportAsync(HostConnection host, Request asked, string path, CancellationToken ct)
    {
        if (asked is { IsTrusted: true } or { Consents: true } or { KeepsScenarios: true })
        {
            return Complaint.Write(CliFailures.OnlyForPlugins("--consent, --trust, --keep-scenarios", path));
        }

        if (!(await ScenarioPackage.ReadDefinitionAsync(path, ct)).TryGet(out var definition, out var failure)
            || !(await host.ImportAsync(definition, ct)).TryGet(out var answer, out failure)
            || !HostScenario.Read(answer, host.Address).TryGet(out var scenario, out failure))
        {
            return Complaint.Write(failure);
        }

        if (asked.Json)
        {
            Console.Out.WriteLine(HostJson.Write(answer));
            return ExitCode.Success;
        }

        Console.Out.WriteLine($"{scenario.DefinitionId} {scenario.Version}  {new LocalizedText("草稿", "draft")}  {scenario.Name}");
        DefinitionReport.Write(scenario.Findings, Path.GetFileName(path), Console.Out);
        Console.Out.WriteLine(new LocalizedText(
            $"已导入为草稿；示例与测试留在包里。发布后才能运行：在平台的「应用场景」里发布，或 POST {host.Address}api/v1/scenarios/{scenario.DefinitionId}/publish",
            $"Imported as a draft; samples and tests stay in the package. It runs once it is published: under Scenarios on the host, or by POST {host.Address}api/v1/scenarios/{scenario.DefinitionId}/publish").ToString());
        return ExitCode.Success;
    }

    private static void Show(JsonElement answer, HostPlugin plugin, bool json) => Console.Out.WriteLine(json ? HostJson.Write(answer) : PluginText.Summary(plugin));

    private static async Task<Result<(PluginManifest Manifest, JsonElement Answer)>> SendAsync(HostConnection host, string path, Request asked, CancellationToken ct)
    {
        try
        {
            await using var content = File.OpenRead(path);
            if (!(await PluginPackage.ReadManifestAsync(content, ct)).TryGet(out var manifest, out var failure))
            {
                return failure with { Where = failure.Where ?? Path.GetFileName(path) };
            }

            content.Position = 0;
            return (await host.InstallAsync(content, $"?{(asked.Consents ? "consent=declared&" : "")}{asked.Scenarios}", ct)).Then<(PluginManifest, JsonElement)>(answer => (manifest, answer));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CliFailures.FileNotReadable(path);
        }
    }

    private sealed record Request(string Package, bool Consents, bool IsTrusted, bool KeepsScenarios, bool Json)
    {
        public string Scenarios => KeepsScenarios ? "scenarios=keep" : "scenarios=move";
    }
}
