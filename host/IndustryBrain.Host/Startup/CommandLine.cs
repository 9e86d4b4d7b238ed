using IndustryBrain.Host.Startup.Operations;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Host.Startup;

/// <summary>What was asked for on the command line: <c>--name value</c> or <c>--name=value</c>; everything else is refused rather than passed over.</summary>
internal sealed record CommandLine
{
    internal bool ShowsHelp { get; private init; }

    /// <summary>What is to be done instead of starting; null for a start.</summary>
    internal Operation? Operation { get; private init; }

    internal bool ShowsVersion { get; private init; }

    /// <summary>Name of the environment; null leaves it to <c>ASPNETCORE_ENVIRONMENT</c>.</summary>
    internal string? Environment { get; private init; }

    /// <summary>The options under the names that the configuration has for them.</summary>
    internal IReadOnlyDictionary<string, string?> Settings { get; private init; } = new Dictionary<string, string?>();

    /// <summary>Reads the arguments, or IB0911, IB0912 or IB0915.</summary>
    internal static Result<CommandLine> Read(IReadOnlyList<string> arguments)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        string? environment = null;
        if (!Operation.Read(arguments).TryGet(out var asked, out var failure)) return failure;
        arguments = asked.Options;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is "--help" or "-h" or "-?") return new CommandLine { ShowsHelp = true };
            if (arguments[i] is "--version") return new CommandLine { ShowsVersion = true };
            var (name, value) = arguments[i].Split('=', 2) is [var left, var right] ? (left, right) : (arguments[i], null);
            if (!name.StartsWith("--", StringComparison.Ordinal) || !OptionNames.IsKnown(name[2..])) return HostFailures.OptionUnknown(name, OptionNames.Nearest(name));
            if (value is null && i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal)) value = arguments[++i];
            if (string.IsNullOrWhiteSpace(value)) return HostFailures.OptionWithoutValue(name);
            if (name.Equals("--environment", StringComparison.OrdinalIgnoreCase)) environment = value;
            else settings[name.Equals("--data", StringComparison.OrdinalIgnoreCase) ? $"{StorageOptions.Section}:{nameof(StorageOptions.Folder)}" : name[2..]] = value;
        }

        return new CommandLine { Operation = asked.Operation, Environment = environment, Settings = settings };
    }
}
