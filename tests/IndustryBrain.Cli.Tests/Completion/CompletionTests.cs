namespace IndustryBrain.Cli.Tests.Completion;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("brain keys r", "brain keys r", "revoke rotate")]
    [InlineData("brain new plugin Acme.Rain --kind k", "brain new plugin Acme.Rain --kind k", "knowledge")]
    [InlineData("brain run definition.json --resume", "brain run definition.json --resume", "--resume-all --resume-input")]
    public async Task Bash_WithTheScript_CompletesCommandsOptionsAndValues(string line, string words, string expected)
    {
        var script = $$"""
            source <(brain completion bash)
            COMP_LINE='{{line}}'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=({{words}}); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _brain
            echo "${COMPREPLY[@]}"
            """;

        var ended = (await CommandLine.RunAsync("bash", ["-c", script], Brain.Folder, new Dictionary<string, string> { ["PATH"] = $"{Brain.Folder}:{Environment.GetEnvironmentVariable("PATH")}" }, TestContext.Current.CancellationToken)).Succeeded();

        Assert.Equal(expected, ended.Output.Trim());
    }

    [Theory]
    [InlineData("zsh", "compdef _brain brain")]
    [InlineData("fish", "complete -c brain")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName brain")]
    public async Task Script_OfEachShell_RegistersBrain(string shell, string registers)
    {
        var ended = (await Brain.RunAsync(Brain.Folder, null, "completion", shell)).Succeeded();

        Assert.Contains(registers, ended.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completion_OfAnotherShell_IsRefused()
    {
        var ended = await Brain.RunAsync(Brain.Folder, null, "completion", "cmd");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("IB7207", ended.Error, StringComparison.Ordinal);
        Assert.Contains("bash, fish, pwsh, zsh", ended.Error, StringComparison.Ordinal);
    }
}
