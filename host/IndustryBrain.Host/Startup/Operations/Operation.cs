using IndustryBrain.Sdk;

namespace IndustryBrain.Host.Startup.Operations;

/// <summary>Something that an operator does with an installation, instead of starting it: the first argument says what, the second with which file.</summary>
/// <param name="Verb"><c>backup</c>, <c>restore</c> or <c>diagnostics</c>.</param>
/// <param name="File">The file.</param>
/// <param name="KeyFile">Where the passphrase is; null asks at the terminal.</param>
/// <param name="ChecksOnly">True when a backup is to prove itself and nothing is restored.</param>
internal sealed record Operation(string Verb, string File, string? KeyFile = null, bool ChecksOnly = false)
{
    internal const string Backup = "backup";
    internal const string Restore = "restore";
    internal const string Diagnostics = "diagnostics";
    private static readonly string[] Verbs = [Backup, Restore, Diagnostics];

    /// <summary>Reads verb, file and what belongs to them; the other arguments are options as those of a start.</summary>
    /// <returns>The operation, null when none is asked for, or IB0915 when it lacks its file.</returns>
    internal static Result<(Operation? Operation, IReadOnlyList<string> Options)> Read(IReadOnlyList<string> arguments)
    {
        if (arguments is not [var verb, ..] || !Verbs.Contains(verb))
        {
            return ((Operation?)null, arguments);
        }

        if (arguments is not [_, { Length: > 0 } file, ..] || file.StartsWith('-'))
        {
            return HostFailures.OperationWithoutFile(verb);
        }

        var operation = new Operation(verb, file);
        List<string> rest = [];
        for (var i = 2; i < arguments.Count; i++)
        {
            if (verb == Restore && arguments[i] is "--check" or "--verify")
            {
                operation = operation with { ChecksOnly = operation.ChecksOnly || arguments[i] is "--check" };
            }
            else if (verb != Diagnostics && arguments[i] is "--key-file")
            {
                if (i + 1 == arguments.Count)
                {
                    return HostFailures.OptionWithoutValue(arguments[i]);
                }

                operation = operation with { KeyFile = arguments[++i] };
            }
            else
            {
                rest.Add(arguments[i]);
            }
        }

        return ((Operation?)operation, rest);
    }
}
