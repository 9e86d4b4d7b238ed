using System.Globalization;

namespace IndustryBrain.Plugins.Jail;

/// <summary>What may be done with a path and what lies below it.</summary>
internal enum PathRight
{
    Read,
    Write,
    Execute,
}

/// <summary>What the command line asks for.</summary>
/// <param name="Rules">Paths that stay usable; all others do not. A path that does not exist is no error.</param>
/// <param name="Data">RLIMIT_DATA in bytes; null for none.</param>
/// <param name="AddressSpace">RLIMIT_AS in bytes; null for none.</param>
/// <param name="Files">RLIMIT_NOFILE; null for none.</param>
/// <param name="Processes">RLIMIT_NPROC, which counts the processes and threads of the whole account; null for none.</param>
/// <param name="Parent">The process whose end ends this one; null for none.</param>
/// <param name="Command">The program, with its full path, and its arguments.</param>
internal sealed record JailArguments(IReadOnlyList<(PathRight Right, string Path)> Rules, ulong? Data, ulong? AddressSpace, ulong? Files, ulong? Processes, int? Parent, IReadOnlyList<string> Command)
{
    /// <summary>Null when the command line is not understood.</summary>
    public static JailArguments? Parse(IReadOnlyList<string> args)
    {
        var parsed = new JailArguments([], null, null, null, null, null, []);
        var rules = new List<(PathRight, string)>();
        for (var i = 0; i + 1 < args.Count; i += 2)
        {
            var value = args[i + 1];
            switch (args[i])
            {
                case "--":
                    return parsed with { Rules = rules, Command = [.. args.Skip(i + 1)] };
                case "--ro":
                    rules.Add((PathRight.Read, value));
                    break;
                case "--rw":
                    rules.Add((PathRight.Write, value));
                    break;
                case "--rx":
                    rules.Add((PathRight.Execute, value));
                    break;
                case "--data" when Number(value) is { } bytes:
                    parsed = parsed with { Data = bytes };
                    break;
                case "--address-space" when Number(value) is { } space:
                    parsed = parsed with { AddressSpace = space };
                    break;
                case "--files" when Number(value) is { } files:
                    parsed = parsed with { Files = files };
                    break;
                case "--processes" when Number(value) is { } processes:
                    parsed = parsed with { Processes = processes };
                    break;
                case "--parent" when Number(value) is { } parent and <= int.MaxValue:
                    parsed = parsed with { Parent = (int)parent };
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private static ulong? Number(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
