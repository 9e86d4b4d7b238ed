using System.CommandLine;

namespace IndustryBrain.Cli.Completion;

/// <summary><c>brain completion</c>: a script with which a shell completes command lines; it asks this program.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _brain() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(brain "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _brain brain
        """;

    private const string Zsh = """
        #compdef brain
        _brain() {
            local line="${words[1,CURRENT]}"
            local completions=("${(@f)$(brain "[suggest:${#line}]" "$line" 2>/dev/null)}")
            compadd -a completions
            _files
        }
        # As a file of fpath this is the function itself, loaded by the first completion, which it has to answer.
        if [ "$funcstack[1]" = "_brain" ]; then
            _brain "$@"
        else
            compdef _brain brain
        fi
        """;

    private const string Fish = """
        complete -c brain -a '(brain "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName brain -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            brain "[suggest:$cursorPosition]" "$commandAst" 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash、zsh、fish 或 pwsh。bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new Command("completion", "输出命令行补全脚本。Prints a script for shell completion.") { shell };
        command.SetAction(parsed =>
        {
            var script = parsed.GetRequiredValue(shell) switch { "bash" => Bash, "zsh" => Zsh, "fish" => Fish, _ => PowerShell };
            Console.Out.Write(script.ReplaceLineEndings("\n") + "\n");
            return ExitCode.Success;
        });
        return command;
    }
}
