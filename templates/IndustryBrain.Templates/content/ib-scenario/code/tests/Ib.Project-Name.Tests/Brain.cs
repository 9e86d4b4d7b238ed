using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace IbNamespace.Tests;

/// <summary>运行 brain run。Runs brain run.</summary>
internal static class Brain
{
    public static string Scenario { get; } = Metadata("Scenario");

    public static async Task<JsonElement> RunAsync(JsonElement input, CancellationToken ct)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, input.GetRawText(), ct);
            // 场景用到的插件包放在 plugins 文件夹。Packages of plugins that the scenario uses go into the folder plugins.
            var plugins = Path.Combine(Scenario, "..", "plugins");
            string[] more = Directory.Exists(plugins) ? ["--plugins", plugins] : [];
            var start = new ProcessStartInfo("dotnet", [Metadata("Brain"), "run", Path.Combine(Scenario, "definition.json"), "--input", file, "--json", .. more]) { RedirectStandardOutput = true, WorkingDirectory = Scenario };
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return JsonElement.Parse(output);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Metadata(string key) => typeof(Brain).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
