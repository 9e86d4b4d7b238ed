using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli;

/// <summary>Says in both languages what is wrong with a command line; the parser's own sentences are English only.</summary>
internal static class CommandLineErrors
{
    /// <summary>What is wrong with a command line; null when nothing is. An option that there is not is no file either, though the parser takes it for the argument.</summary>
    public static Failure? Find(ParseResult parsed) => parsed.Errors.Count > 0 ? Of(parsed)
        : parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash) ? null
        : parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).FirstOrDefault(token => token.Value is ['-', not '\0', ..]) is { } option ? Unknown(option.Value, parsed)
        : null;

    private static Failure Of(ParseResult parsed)
    {
        var error = parsed.Errors[0];
        var symbol = error.SymbolResult is ArgumentResult { Parent: OptionResult parent } ? parent : error.SymbolResult;
        return symbol switch
        {
            OptionResult option when option.Tokens.FirstOrDefault(IsOption) is { } next => CliFailures.ValueMissing(NameOf(option), next.Value),
            OptionResult { Implicit: true } option => CliFailures.OptionMissing(NameOf(option)),
            OptionResult { Tokens.Count: 0 } option => CliFailures.ValueMissing(NameOf(option), null),
            OptionResult option => CliFailures.ValueRefused(NameOf(option), option.Tokens[^1].Value, Allowed(option.Option)),
            _ when parsed.UnmatchedTokens.Count > 0 => Unknown(parsed.UnmatchedTokens[0], parsed),
            ArgumentResult { Tokens.Count: > 0 } argument => CliFailures.ValueRefused($"<{argument.Argument.Name}>", argument.Tokens[^1].Value, Allowed(argument.Argument)),
            ArgumentResult argument => CliFailures.ArgumentMissing(argument.Argument.Name),
            _ => MissingOf(parsed.CommandResult.Command, parsed) ?? CliFailures.CommandMissing(),
        };
    }

    /// <summary>True when another option stands where a value should.</summary>
    public static bool IsOption(Token token) => token.Value.StartsWith("--", StringComparison.Ordinal);

    private static Failure Unknown(string given, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        return given is ['-', ..]
            ? CliFailures.UnknownOption(given, NearestName.To(given, command.Options.Concat(parsed.RootCommandResult.Command.Options).SelectMany(option => option.Aliases.Append(option.Name))))
            : CliFailures.UnknownArgument(given, NearestName.To(given, command.Subcommands.Select(sub => sub.Name)));
    }

    private static Failure? MissingOf(Command command, ParseResult parsed) =>
        command.Options.FirstOrDefault(o => o.Required && parsed.GetResult(o) is null or { Implicit: true }) is { Required: true } option ? CliFailures.OptionMissing(option.Name)
        : command.Arguments.FirstOrDefault(a => parsed.GetResult(a) is null or { Tokens.Count: 0 }) is { } argument ? CliFailures.ArgumentMissing(argument.Name)
        : null;

    private static string Allowed(Symbol symbol) => string.Join(", ", symbol.GetCompletions(CompletionContext.Empty).Select(c => c.Label));

    private static string NameOf(OptionResult option) => option.IdentifierToken?.Value ?? option.Option.Name;
}
