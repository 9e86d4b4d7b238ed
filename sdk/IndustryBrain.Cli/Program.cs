using System.CommandLine;
using IndustryBrain.Cli.Packing;

var root = new RootCommand("IndustryBrain: 打包插件、运行应用场景。Packs plugins and runs scenarios.") { PackCommand.Create() };
return await root.Parse(args).InvokeAsync();
