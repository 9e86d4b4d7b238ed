using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Help;

/// <summary>The help of a command, with its examples and the meaning of exit codes behind it.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    // What the library writes, by its English words, each as wide as they are where columns follow; of some of them it has no Chinese.
    private static readonly LocalizedText[] Headings = [new("说明：", "Description:"), new("用法：", "Usage:"), new("参数：", "Arguments:"), new("选项：", "Options:"), new("命令：", "Commands:")];
    private static readonly LocalizedText[] Marks = [new("[默认：", "[default: "), new("（必填）  ", "(REQUIRED)")];
    private static readonly LocalizedText ExamplesTitle = new("示例：", "Examples:");
    private static readonly LocalizedText ExitCodesTitle = new("退出码：", "Exit codes:");

    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <summary>Takes the place of the help that <paramref name="root"/> and its commands have.</summary>
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples((HelpAction)option.Action!);
        option.Description = "显示说明。Shows this help.";
        option.Aliases.Remove("/?");
        option.Aliases.Remove("-?");
        option.Aliases.Remove("/h");
        root.Options.OfType<VersionOption>().Single().Description = "显示版本。Shows the version.";
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
        var output = parseResult.InvocationConfiguration.Output;
        var (ended, written) = Write(parseResult);
        foreach (var line in written.TrimEnd().Split('\n').Select(line => line.TrimEnd()))
        {
            output.WriteLine(Array.Find(Headings, heading => heading.En == line) is { } heading ? heading.ToString() : Marks.Aggregate(line, (text, mark) => text.Replace(mark.En, mark.ToString(), StringComparison.Ordinal)));
        }

        output.WriteLine();
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

    // In English, whatever the user's language: then its words are known.
    private (int Ended, string Written) Write(ParseResult parseResult)
    {
        var (configuration, culture) = (parseResult.InvocationConfiguration, CultureInfo.CurrentUICulture);
        var output = configuration.Output;
        using var written = new StringWriter();
        try
        {
            (configuration.Output, CultureInfo.CurrentUICulture) = (written, CultureInfo.GetCultureInfo("en"));
            return (help.Invoke(parseResult), written.ToString());
        }
        finally
        {
            (configuration.Output, CultureInfo.CurrentUICulture) = (output, culture);
        }
    }
}
