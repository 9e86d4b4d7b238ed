using System.CommandLine;
using IndustryBrain.Cli.Access;
using IndustryBrain.Cli.Auditing;
using IndustryBrain.Cli.Completion;
using IndustryBrain.Cli.Developing;
using IndustryBrain.Cli.Help;
using IndustryBrain.Cli.Installing;
using IndustryBrain.Cli.Keys;
using IndustryBrain.Cli.Operating;
using IndustryBrain.Cli.Packing;
using IndustryBrain.Cli.Plugins;
using IndustryBrain.Cli.Projects;
using IndustryBrain.Cli.Publishing;
using IndustryBrain.Cli.Repairing;
using IndustryBrain.Cli.Running;
using IndustryBrain.Cli.Signing;
using IndustryBrain.Cli.Testing;
using IndustryBrain.Cli.Validating;
using IndustryBrain.Cli.Verifying;
using IndustryBrain.Cli.Versions;

namespace IndustryBrain.Cli;

/// <summary><c>brain</c> itself, with all its commands.</summary>
internal static class BrainCommand
{
    public static RootCommand Create()
    {
        var root = new RootCommand("IndustryBrain: 新建、测试、打包、审核、安装插件，运行应用场景。Makes, tests, packs, audits and installs plugins and runs scenarios.")
        {
            NewCommand.Create(),
            TestCommand.Create(),
            FixtureCommand.Create(),
            PackCommand.Create(),
            ValidateCommand.Create(),
            SignCommand.Create(),
            VerifyCommand.Create(),
            KeysCommand.Create(),
            PublishCommand.Create(),
            InstallCommand.Create(),
            PluginsCommand.Create(),
            RunsCommand.Create(),
            AuditCommand.Create(),
            ApiKeysCommand.Create(),
            ScenariosCommand.Create(),
            DevCommand.Create(),
            RunCommand.Create(),
            OperatorCommands.Backup(),
            OperatorCommands.Restore(),
            OperatorCommands.Diagnostics(),
            CompletionCommand.Create(),
        };
        HelpWithExamples.AddTo(root);
        Description.Localize(root);
        return root;
    }
}
