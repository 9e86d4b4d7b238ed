using System.CommandLine;
using System.Text.Json;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Plugins;

/// <summary><c>brain plugins</c>: the plugins that a host has, and their life.</summary>
internal static class PluginsCommand
{
    public static Command Create() => new("plugins", "平台上的插件。The plugins of a host.")
    {
        List(),
        Of("show", "一个插件的版本、权限与最近的记录。Versions, permissions and last lines of one.", [], (_, change, ct) => change.ReadAsync(ct), PluginText.Write),
        WithVersion("consent", "同意一个版本声明的权限。Grants a version what it declares.", (change, version, scenarios, ct) => change.ConsentAsync(version, scenarios, ct)),
        WithVersion("activate", "让新的运行使用一个版本。Lets new runs take a version.", (change, version, scenarios, ct) => change.ActivateAsync(version, scenarios, ct)),
        WithScenarios("rollback", "回到之前的版本。Returns to the version before.", (change, scenarios, ct) => change.RollBackAsync(scenarios, ct)),
        Of("disable", "停用：不接受新的运行。Takes no new runs.", [], (_, change, ct) => change.EnableAsync(false, ct)),
        Of("enable", "重新启用。Takes new runs again.", [], (_, change, ct) => change.EnableAsync(true, ct)),
        Trust(),
        Of("reset", "熔断之后允许再次启动。Lets it start again after it was tripped.", [], (_, change, ct) => change.ResetAsync(ct)),
        Remove(),
    };

    private static Command List()
    {
        var command = new Command("list", "列出插件。Lists them.");
        var host = new HostOptions().AddTo(command);
        command.SetAction((parsed, ct) => host.AskAsync(parsed, (connection, asking) => connection.GetAsync("plugins", asking), (answer, address) =>
        {
            if (!HostPlugin.ReadList(answer, address).TryGet(out var plugins, out var failure))
            {
                return failure;
            }

            PluginText.WriteList(plugins);
            return null;
        }, ct));
        return command;
    }

    private static Command Trust()
    {
        var isolated = new Option<bool>("--isolated") { Description = "改回隔离运行。Puts it back into its jail." };
        return Of("trust", "让现用版本在平台进程内运行。Lets the active version run in the host's own process.", [isolated], (parsed, change, ct) => change.TrustAsync(null, !parsed.GetValue(isolated), ct));
    }

    private static Command Remove()
    {
        var force = new Option<bool>("--force") { Description = "即使已发布的应用场景仍在使用。Also when published scenarios use it." };
        var wait = new Option<bool>("--wait") { Description = "等到删除为止，最多 --timeout 秒。Waits until it is gone, --timeout at most." };
        return Of("remove", "卸载；最后一个使用它的运行结束数秒后删除。Removes it; it is gone some seconds after the last run that uses it has ended.", [force, wait], async (parsed, change, ct) =>
        {
            var removed = await change.RemoveAsync(parsed.GetValue(force), ct);
            return parsed.GetValue(wait) && removed.TryGet(out var standing, out _) ? await change.UntilGoneAsync(standing, HostOptions.Timeout(parsed), ct) : removed;
        }, PluginText.WriteRemoved);
    }

    private static Command WithVersion(string word, string description, Func<PluginChange, string, string, CancellationToken, Task<Result<JsonElement>>> ask)
    {
        var version = new Argument<string>("version") { Description = "版本。The version." };
        var keep = KeepScenarios();
        return Of(word, description, [version, keep], (parsed, change, ct) => ask(change, parsed.GetRequiredValue(version), Scenarios(parsed, keep), ct));
    }

    private static Command WithScenarios(string word, string description, Func<PluginChange, string, CancellationToken, Task<Result<JsonElement>>> ask)
    {
        var keep = KeepScenarios();
        return Of(word, description, [keep], (parsed, change, ct) => ask(change, Scenarios(parsed, keep), ct));
    }

    private static Option<bool> KeepScenarios() => new("--keep-scenarios") { Description = "已发布的应用场景保持原来的版本。Leaves published scenarios with the version they hold on to." };

    private static string Scenarios(ParseResult parsed, Option<bool> keep) => parsed.GetValue(keep) ? "scenarios=keep" : "scenarios=move";

    private static Command Of(string word, string description, Symbol[] more, Func<ParseResult, PluginChange, CancellationToken, Task<Result<JsonElement>>> ask, Action<HostPlugin>? show = null)
    {
        var id = new Argument<string>("id") { Description = "包编号。Package id." };
        var command = new Command(word, description) { id };
        foreach (var argument in more.OfType<Argument>())
        {
            command.Arguments.Add(argument);
        }

        foreach (var option in more.OfType<Option>())
        {
            command.Options.Add(option);
        }

        var host = new HostOptions().AddTo(command);
        command.SetAction((parsed, ct) => host.AskAsync(parsed, (connection, asking) => ask(parsed, new PluginChange(connection, parsed.GetRequiredValue(id)), asking), (answer, address) =>
        {
            if (!HostPlugin.Read(answer, address).TryGet(out var plugin, out var failure))
            {
                return failure;
            }

            (show ?? (p => Console.Out.WriteLine(PluginText.Summary(p))))(plugin);
            return null;
        }, ct));
        return command;
    }
}
