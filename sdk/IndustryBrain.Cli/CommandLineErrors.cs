using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli;

/// <summary>Says in both languages what is wrong with a command line; the parser's own sentences are English only.</summary>
internal static class CommandLineErrors
{
    /// <summary>The first error of a command line that has some.</summary>
    public static Failure Of(ParseResult parsed)
    {
        var error = parsed.Errors[0];
        var symbol = error.SymbolResult is ArgumentResult { Parent: OptionResult parent } ? parent : error.SymbolResult;
        return symbol switch
        {
            OptionResult option when option.Tokens.FirstOrDefault(IsOption) is { } next => CliFailures.ValueMissing(NameOf(option), next.Value),
            OptionResult { Implicit: true } option => CliFailures.OptionMissing(NameOf(option)),
            OptionResult { Tokens.Count: 0 } option => CliFailures.ValueMissing(NameOf(option), null),
            OptionResult option => CliFailures.ValueRefused(NameOf(option), option.Tokens[^1].Value, Allowed(option.Option)),
            _ when parsed.UnmatchedTokens.Count > 0 => parsed.UnmatchedTokens[0] is ['-', ..] name ? CliFailures.UnknownOption(name) : CliFailures.UnknownArgument(parsed.UnmatchedTokens[0]),
            ArgumentResult { Tokens.Count: > 0 } argument => CliFailures.ValueRefused($"<{argument.Argument.Name}>", argument.Tokens[^1].Value, Allowed(argument.Argument)),
            ArgumentResult argument => CliFailures.ArgumentMissing(argument.Argument.Name),
            _ => MissingOf(parsed.CommandResult.Command, parsed) ?? CliFailures.CommandMissing(),
        };
    }

    /// <summary>True when another option stands where a value should.</summary>
    public static bool IsOption(Token token) => token.Value.StartsWith("--", StringComparison.Ordinal);

    private static Failure? MissingOf(Command command, ParseResult parsed) =>
        command.Options.FirstOrDefault(o => o.Required && parsed.GetResult(o) is null or { Implicit: true }) is { Required: true } option ? CliFailures.OptionMissing(option.Name)
        : command.Arguments.FirstOrDefault(a => parsed.GetResult(a) is null or { Tokens.Count: 0 }) is { } argument ? CliFailures.ArgumentMissing(argument.Name)
        : null;

    private static string Allowed(Symbol symbol) => string.Join(", ", symbol.GetCompletions(CompletionContext.Empty).Select(c => c.Label));

    private static string NameOf(OptionResult option) => option.IdentifierToken?.Value ?? option.Option.Name;
}
