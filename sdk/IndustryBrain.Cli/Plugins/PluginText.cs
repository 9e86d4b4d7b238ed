using System.Globalization;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Cli.Validating;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Cli.Plugins;

/// <summary>Plugins of a host for people.</summary>
internal static class PluginText
{
    private const int MostFindings = 10;

    /// <summary>One line each: id, active version, state, tier, name.</summary>
    public static void WriteList(IReadOnlyList<HostPlugin> plugins)
    {
        string[][] rows = [.. plugins.Select(p => (string[])[p.Id, p.ActiveVersion ?? "-", State(p.State), p.Find(p.ActiveVersion) is { } active ? Tier(active.Tier) : "-", p.Name + Waiting(p)])];
        if (rows.Length == 0)
        {
            return;
        }

        // One line each however long: a program may read it.
        int[] widths = [.. Enumerable.Range(0, rows[0].Length - 1).Select(column => rows.Max(row => Width(row[column])))];
        foreach (var row in rows)
        {
            Console.Out.WriteLine(string.Concat(row[..^1].Select((cell, column) => cell + new string(' ', widths[column] - Width(cell) + 2))) + row[^1]);
        }
    }

    /// <summary>All there is to say about one.</summary>
    public static void Write(HostPlugin plugin)
    {
        Console.Out.WriteLine(Summary(plugin));
        if (plugin.Problem is { } problem)
        {
            Console.Out.WriteLine($"  {problem.Code}: {problem.Message}");
        }

        foreach (var version in plugin.Versions)
        {
            Console.Out.WriteLine($"  {version.Version}  {VersionState(version.State)}  {Tier(version.Tier)}");
            WriteChange(version);
            foreach (var grant in version.Grants ?? [])
            {
                Console.Out.WriteLine($"    {new LocalizedText("已同意", "granted")}  {grant.Capability}  {string.Join(", ", grant.Targets ?? [])}".TrimEnd());
            }
        }

        foreach (var line in plugin.Usage?.Lines ?? [])
        {
            Console.Out.WriteLine($"  {line.At.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} {line.Component} {line.Message}{(line.Where is null ? "" : $"  [{line.Where}]")}");
        }
    }

    /// <summary>How a plugin stands that was removed: a host keeps it until nothing can hold on to it any more.</summary>
    public static void WriteRemoved(HostPlugin plugin)
    {
        Console.Out.WriteLine(Summary(plugin));
        if (plugin.State == "draining")
        {
            Console.Out.WriteLine(new LocalizedText(
                "不再接受新的运行；使用它的运行都结束后，再过数秒删除。在那之前，同一版本只接受相同内容的包（IB1027）。",
                "It takes no new runs, and is gone some seconds after the last run that uses it; until then the same version takes a package of the same content only (IB1027).").ToString());
        }
    }

    /// <summary>On standard error why a plugin does not answer though it is installed, and the errors and warnings that the audit found in a version; nothing when all is well.</summary>
    public static void WriteProblems(HostPlugin plugin, string version)
    {
        if (plugin.Problem is { } problem)
        {
            Console.Error.WriteLine(new LocalizedText("警告：已安装，但不能使用：", "warning: installed, but it cannot be used:").ToString());
            Complaint.Write(problem);
        }

        if (plugin.Find(version)?.Audit is not { } audit || audit.Errors + audit.Warnings == 0)
        {
            return;
        }

        Console.Error.WriteLine(new LocalizedText($"警告：审核发现 {audit.Errors} 个错误、{audit.Warnings} 个警告；brain validate 列出全部。", $"warning: the audit found {Counts.Some(audit.Errors, "error")} and {Counts.Some(audit.Warnings, "warning")}; brain validate lists them all.").ToString());
        foreach (var finding in audit.Findings.Where(finding => finding.Severity is "error" or "warning").OrderBy(finding => finding.Severity, StringComparer.Ordinal).Take(MostFindings))
        {
            Console.Error.WriteLine($"  {finding.Rule}  {finding.Message}");
        }
    }

    /// <summary>What a version asks for beyond, and short of, what is granted; nothing when there is no difference.</summary>
    public static void WriteChange(HostPluginVersion version, TextWriter? to = null)
    {
        to ??= Console.Out;
        if (version is { AwaitsConsent: true, OtherPublisher: { } publisher })
        {
            to.WriteLine(new LocalizedText($"    ! 发布者与当前版本不同：{publisher}", $"    ! not of the publisher of the present version: {publisher}").ToString());
        }

        foreach (var added in version.AwaitsConsent ? version.Change.Added : [])
        {
            to.WriteLine($"    + {Words(added)}  {added.Reason}");
        }

        foreach (var removed in version.AwaitsConsent ? version.Change.Removed : [])
        {
            to.WriteLine($"    - {removed.Capability}  {string.Join(", ", removed.Targets ?? [])}".TrimEnd());
        }
    }

    /// <summary>One line on how it stands.</summary>
    public static string Summary(HostPlugin plugin) =>
        $"{plugin.Id} {plugin.ActiveVersion ?? "-"}  {State(plugin.State)}{(plugin.Find(plugin.ActiveVersion) is { } active ? "  " + Tier(active.Tier) : "")}{(plugin.PreviousVersion is { } previous ? new LocalizedText($"  （之前 {previous}）", $"  (before: {previous})").ToString() : "")}";

    private static string Waiting(HostPlugin plugin) =>
        plugin.ActiveVersion is not null && plugin.Versions.FirstOrDefault(version => version.AwaitsConsent) is { } waiting ? new LocalizedText($"  （{waiting.Version} 等待同意）", $"  ({waiting.Version} awaits consent)").ToString() : "";

    private static string Words(PluginPermission permission) => $"{permission.Capability}  {string.Join(", ", permission.Targets)}".TrimEnd();

    // A Chinese character is as wide as two others.
    private static int Width(string text) => text.Sum(c => c >= '\u2e80' ? 2 : 1);

    private static string State(string state) => (state switch
    {
        "awaitingConsent" => new LocalizedText("等待同意", "awaiting consent"),
        "ready" => new("可用", "ready"),
        "loading" => new("加载中", "loading"),
        "notSupported" => new("本机不支持", "not supported"),
        "deletedOnRestart" => new("重启后删除", "deleted on restart"),
        "degraded" => new("不可用", "degraded"),
        "tripped" => new("熔断", "tripped"),
        "disabled" => new("已停用", "disabled"),
        "draining" => new("正在卸载", "draining"),
        "removed" => new("已卸载", "removed"),
        _ => LocalizedText.Same(state),
    }).ToString();

    private static string VersionState(string state) => (state switch
    {
        "active" => new LocalizedText("现用", "active"),
        "standby" => new("备用", "standby"),
        "notUnloaded" => new("未能释放", "not unloaded"),
        "draining" => new("运行中仍在使用", "draining"),
        _ => LocalizedText.Same(State(state)),
    }).ToString();

    private static string Tier(string tier) => (tier switch
    {
        "trusted" => new LocalizedText("受信", "trusted"),
        "jailed" => new("隔离", "jailed"),
        "unjailed" => new("弱隔离", "unjailed"),
        _ => LocalizedText.Same(tier),
    }).ToString();
}
