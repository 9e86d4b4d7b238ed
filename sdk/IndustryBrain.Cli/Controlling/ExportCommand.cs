using System.CommandLine;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Controlling;

/// <summary><c>brain runs export</c>: the archived document byte by byte, so that its digest can be compared.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "运行的标识。Id of the run." };
        var output = new Option<string>("--output") { Description = "写入的文件。File that is written.", Required = true };
        var command = new Command("export", "导出归档的运行。Writes an archived run to a file.") { run, output };
        var host = new HostOptions().AddTo(command, withJson: false);
        command.SetAction((parsed, ct) => host.AskAsync(
            parsed,
            (connection, asking) => connection.GetAsync($"archive/{Uri.EscapeDataString(parsed.GetRequiredValue(run))}", asking),
            (document, _) => Write(document, parsed.GetRequiredValue(output)),
            ct));
        return command;
    }

    private static Failure? Write(JsonElement document, string path)
    {
        var bytes = JsonMarshal.GetRawUtf8Value(document);
        try
        {
            File.WriteAllBytes(path, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return CliFailures.NotWritten(path, e.Message);
        }

        Console.Out.WriteLine($"{Convert.ToHexStringLower(SHA256.HashData(bytes))}  {path}");
        return null;
    }
}
