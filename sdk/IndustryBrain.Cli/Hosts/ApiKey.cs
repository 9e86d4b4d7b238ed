using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Hosts;

/// <summary>A key that is sent and never shown.</summary>
internal static class ApiKey
{
    private const int MaxLength = 4_096;

    /// <summary>The first line of a file (<c>-</c>: standard input), else of an environment variable; empty when there is neither. IB7139 when it cannot be a key.</summary>
    public static async Task<Result<string>> ReadAsync(string? file, string variable, CancellationToken ct)
    {
        if (file is null)
        {
            return Checked(Environment.GetEnvironmentVariable(variable)?.Trim() ?? "", variable);
        }

        try
        {
            using var reader = file == "-" ? Console.In : new StreamReader(file);
            var key = (await reader.ReadLineAsync(ct))?.Trim() ?? "";
            return key.Length == 0 ? CliFailures.KeyNotUsable(file) : Checked(key, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return CliFailures.FileNotReadable(file);
        }
    }

    private static Result<string> Checked(string key, string where) => key.Length <= MaxLength && key.All(c => c is > ' ' and < '\x7f') ? key : CliFailures.KeyNotUsable(where);
}
