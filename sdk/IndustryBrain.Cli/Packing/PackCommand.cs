using System.CommandLine;
using IndustryBrain.Plugins;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Packing;

/// <summary><c>brain pack</c>: a project, or what <c>dotnet publish</c> made of one, becomes a package.</summary>
internal static class PackCommand
{
    public static Command Create()
    {
        var target = new Argument<string>("project-or-folder") { Description = "项目 .csproj、项目文件夹，或 dotnet publish 的文件夹。A project, the folder of a project, or what dotnet publish wrote.", DefaultValueFactory = _ => "." };
        var output = new Option<string>("--output", "-o") { Description = "放置 .nupkg 的文件夹。Folder for the .nupkg.", DefaultValueFactory = _ => "." };
        var command = new Command("pack", "把插件打包为 .nupkg。Packs a plugin into a .nupkg.") { target, output };
        command.SetAction(async (parsed, ct) =>
        {
            var packed = await PackAsync(parsed.GetRequiredValue(target), parsed.GetRequiredValue(output), ct);
            if (!packed.TryGet(out var path, out var failure))
            {
                return Complaint.Write(failure);
            }

            Console.Out.WriteLine(path);
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<Result<string>> PackAsync(string target, string output, CancellationToken ct)
    {
        if (!File.Exists(target) && !Directory.Exists(target))
        {
            return CliFailures.TargetMissing(target);
        }

        if (!IsProject(target))
        {
            if (!Directory.EnumerateFiles(target, "*.deps.json").Any())
            {
                return CliFailures.NoProjectHere(target);
            }

            return await PluginPacker.PackAsync(target, output, ct);
        }

        var folder = Directory.CreateTempSubdirectory("ib-package-");
        try
        {
            if (!(await ProjectPackage.PackAsync(target, folder.FullName, "Release", ct)).TryGet(out var package, out var failure))
            {
                return failure;
            }

            Directory.CreateDirectory(output);
            var path = Path.Combine(output, Path.GetFileName(package));
            File.Move(package, path, overwrite: true);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CliFailures.FileNotReadable(output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool IsProject(string target) =>
        File.Exists(target) || ProjectFolder.HasProject(target);
}
