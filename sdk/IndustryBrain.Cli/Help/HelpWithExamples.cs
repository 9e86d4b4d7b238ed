using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Help;

/// <summary>The help of a command, with its examples and the meaning of exit codes behind it.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly LocalizedText ExamplesTitle = new("示例：", "Examples:");
    private static readonly LocalizedText ExitCodesTitle = new("退出码：", "Exit codes:");

    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <summary>Takes the place of the help that <paramref name="root"/> and its commands have.</summary>
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples((HelpAction)option.Action!);
    }

    /// <summary>The words that name a command behind <c>brain</c>; empty for <c>brain</c> itself.</summary>
    public static string PathOf(Command command)
    {
        var names = new List<string>();
        for (var at = command; at is not RootCommand; at = at.Parents.OfType<Command>().First())
        {
            names.Insert(0, at.Name);
        }

        return string.Join(' ', names);
    }

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        var ended = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(ExamplesTitle);
        foreach (var (line, why) in Examples.Of(PathOf(parseResult.CommandResult.Command)))
        {
            output.WriteLine($"  # {why}");
            output.WriteLine($"  {line}");
        }

        output.WriteLine();
        output.WriteLine(ExitCodesTitle);
        foreach (var (code, meaning) in ExitCode.Meanings)
        {
            output.WriteLine($"  {code}  {meaning}");
        }

        return ended;
    }
}
