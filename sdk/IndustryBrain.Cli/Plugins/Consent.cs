using IndustryBrain.Cli.Hosts;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Plugins;

/// <summary>Asks the person at the terminal whether a version gets what it asks for.</summary>
internal static class Consent
{
    /// <summary>True when somebody sits there who can answer.</summary>
    public static bool CanAsk => !Console.IsInputRedirected && !Console.IsErrorRedirected;

    /// <summary>Shows what is asked for, on standard error: what a program reads stays on standard output.</summary>
    public static void Show(HostPlugin plugin, HostPluginVersion version)
    {
        Console.Error.WriteLine(new LocalizedText($"{plugin.Id} {version.Version} 要求的权限：", $"{plugin.Id} {version.Version} asks for:").ToString());
        PluginText.WriteChange(version, Console.Error);
    }

    /// <summary>True when the answer is yes.</summary>
    public static async Task<bool> AskAsync(CancellationToken ct)
    {
        Console.Error.Write(new LocalizedText("同意吗？[y/N] ", "Grant this? [y/N] ").ToString());
        var answer = await Task.Run(Console.In.ReadLine, ct).WaitAsync(ct);
        return answer?.Trim() is "y" or "Y" or "yes" or "是" or "同意";
    }
}
