using System.CommandLine;
using System.Globalization;
using IndustryBrain.Cli.Help;

namespace IndustryBrain.Cli.Tests.Help;

public sealed class HelpTests
{
    public static TheoryData<string> Commands => [.. All(BrainCommand.Create()).Select(HelpWithExamples.PathOf)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_OfEachCommand_HasExamplesAndExitCodes(string command)
    {
        using var output = new StringWriter();

        var exitCode = BrainCommand.Create().Parse(command + " --help").Invoke(new InvocationConfiguration { Output = output });

        Assert.Equal(0, exitCode);
        Assert.NotEmpty(Examples.Of(command));
        Assert.All(Examples.Of(command), e => Assert.Contains(e.Line, output.ToString(), StringComparison.Ordinal));
        Assert.All(ExitCode.Meanings, m => Assert.Contains(m.Meaning.ToString(), output.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("zh-CN", "说明：\n", "用法：\n", "参数：\n", "选项：\n", "（必填）", "[默认：")]
    [InlineData("en-US", "Description:\n", "Usage:\n", "Arguments:\n", "Options:\n", "(REQUIRED)", "[default: ")]
    public void Help_Headings_AreInTheLanguageOfTheUser(string language, params string[] headings)
    {
        var before = CultureInfo.CurrentUICulture;
        using var output = new StringWriter();
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

            BrainCommand.Create().Parse("sign --help").Invoke(new InvocationConfiguration { Output = output });
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }

        var text = output.ToString().ReplaceLineEndings("\n");
        Assert.All(headings, heading => Assert.Contains(heading, text, StringComparison.Ordinal));
        Assert.DoesNotContain(language == "zh-CN" ? "Description:" : "说明：", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_OfEachCommand_IsInOneLanguage(string command)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            foreach (var language in new[] { "zh-CN", "en-US" })
            {
                CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
                var described = All(BrainCommand.Create()).Single(c => HelpWithExamples.PathOf(c) == command);

                Assert.All(described.Options.Concat<Symbol>(described.Arguments).Append(described), symbol =>
                {
                    Assert.False(string.IsNullOrWhiteSpace(symbol.Description), symbol.Name);
                    Assert.True(symbol.Description!.Any(c => c is >= '\u4e00' and <= '\u9fff') == (language == "zh-CN"), symbol.Description);
                });
            }
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void Help_HasNoNamesOfAnotherSystem() =>
        Assert.DoesNotContain(BrainCommand.Create().Options.SelectMany(option => option.Aliases), alias => alias.StartsWith('/'));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Examples_OfEachCommand_AreCommandLinesOfIt(string command)
    {
        foreach (var (line, _) in Examples.Of(command))
        {
            // What a shell does with its output is no part of the command line.
            var start = line.IndexOf("brain ", StringComparison.Ordinal) + "brain ".Length;
            var parsed = BrainCommand.Create().Parse(line[start..].Split(['>', '|', ')'])[0]);

            Assert.True(parsed.Errors.Count == 0, $"{line}: {string.Join(' ', parsed.Errors.Select(e => e.Message))}");
            Assert.StartsWith(command, HelpWithExamples.PathOf(parsed.CommandResult.Command), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Page_NamesEachCommandWithItsOptionsAndExamples(string command)
    {
        var page = await File.ReadAllTextAsync(Path.Combine(VendorMachine.RepositoryRoot, "docs", "cli.md"), TestContext.Current.CancellationToken);
        var described = All(BrainCommand.Create()).Single(c => HelpWithExamples.PathOf(c) == command);

        var section = page[page.IndexOf($"## brain {command}".TrimEnd() + "\n", StringComparison.Ordinal)..];
        section = section.IndexOf("\n## ", 3, StringComparison.Ordinal) is > 0 and var end ? section[..end] : section;

        Assert.All(Examples.Of(command), e => Assert.Contains(e.Line, section, StringComparison.Ordinal));
        Assert.All(described.Arguments, a => Assert.Contains($"`{a.Name}`", section, StringComparison.Ordinal));
        Assert.All(described.Options.Where(o => !o.Recursive && o.Name != "--version"), o => Assert.Contains($"`{o.Name}`", section, StringComparison.Ordinal));
        Assert.All(described.Subcommands, c => Assert.Contains($"brain {HelpWithExamples.PathOf(c)}", section, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_SaysEachExitCodeInBothLanguages()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(VendorMachine.RepositoryRoot, "docs", "cli.md"), TestContext.Current.CancellationToken);

        Assert.All(ExitCode.Meanings, m => Assert.Contains($"| {m.Code} | {m.Meaning.Zh} | {m.Meaning.En} |", page, StringComparison.Ordinal));
    }

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);
}
