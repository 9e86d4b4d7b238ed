using IndustryBrain.Plugins;
using IndustryBrain.Sdk;

// describe <output folder> <plugin.json> | pack <publish folder> <package folder>; last the project, for the message.
if (args is not [var verb and ("describe" or "pack"), var folder, var target, var project])
{
    Console.Error.WriteLine("IndustryBrain.Sdk.Build describe <output folder> <plugin.json> <project> | pack <publish folder> <package folder> <project>");
    return 2;
}

var done = verb == "describe"
    ? await PluginPacker.WriteManifestAsync(folder, target, CancellationToken.None)
    : await PluginPacker.PackAsync(folder, target, CancellationToken.None);
if (done.TryGet(out var path, out var failure))
{
    Console.Out.WriteLine(path);
    return 0;
}

// The form that MSBuild and editors read as an error of the project.
var place = failure.Where is null ? "" : $" [{failure.Where}]";
Console.Error.WriteLine($"{project} : error {failure.Code}: {failure.Message}{place} {failure.Action}".TrimEnd());
return 1;
