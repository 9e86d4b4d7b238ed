using System.CommandLine;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Help;

/// <summary>Descriptions of commands, options and arguments, written in one line: the Chinese sentence, then the English one.</summary>
internal static class Description
{
    /// <summary>Both languages of a description; the last Chinese full stop stands between them.</summary>
    public static LocalizedText Of(string text) => text.LastIndexOf('。') is > 0 and var end ? new(text[..(end + 1)], text[(end + 1)..]) : LocalizedText.Same(text);

    /// <summary>Leaves a command, with all that belongs to it, the language of the user.</summary>
    public static void Localize(Command command)
    {
        foreach (var symbol in command.Options.Concat<Symbol>(command.Arguments).Append(command))
        {
            symbol.Description = symbol.Description is { } text ? Of(text).ToString() : null;
        }

        foreach (var inner in command.Subcommands)
        {
            Localize(inner);
        }
    }
}
