using System.CommandLine;
using IndustryBrain.Plugins;

namespace IndustryBrain.Cli.Packing;

/// <summary><c>brain pack</c>: a publish folder becomes a package.</summary>
internal static class PackCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("publish-folder") { Description = "插件的发布文件夹。Publish folder of the plugin (dotnet publish)." };
        var output = new Option<string>("--output", "-o") { Description = "放置 .nupkg 的文件夹。Folder for the .nupkg.", DefaultValueFactory = _ => "." };
        var command = new Command("pack", "把插件打包为 .nupkg。Packs a plugin into a .nupkg.") { folder, output };
        command.SetAction(async (parsed, ct) =>
        {
            var packed = await PluginPacker.PackAsync(parsed.GetRequiredValue(folder), parsed.GetRequiredValue(output), ct);
            if (!packed.TryGet(out var path, out var failure))
            {
                return Complaint.Write(failure);
            }

            Console.Out.WriteLine(path);
            return ExitCode.Success;
        });
        return command;
    }
}
