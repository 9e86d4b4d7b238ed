using System.Text.Json;
using IndustryBrain.Plugins.Capabilities.Secrets;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Running;

/// <summary>The secrets of runs in memory, by name: those of <c>--secrets</c>.</summary>
internal sealed class GivenSecrets(IReadOnlyDictionary<string, string> values) : ISecretStore
{
    private const string StandardInput = "-";
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>None.</summary>
    public static GivenSecrets None { get; } = new(new Dictionary<string, string>());

    /// <summary>Reads a JSON object of names and values; IB7230 when others than its owner may read the file. They never stand on a command line, which other accounts can see.</summary>
    /// <param name="path">The file, or <c>-</c> for standard input.</param>
    /// <param name="ct">Cancels reading.</param>
    public static async Task<Result<GivenSecrets>> ReadAsync(string path, CancellationToken ct)
    {
        var expected = new LocalizedText("{\"名称\":\"机密\"} 形式的 JSON 对象", "a JSON object such as {\"name\":\"secret\"}");
        try
        {
            if (path != StandardInput && !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & Others) != 0)
            {
                return CliFailures.SecretsReadable(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CliFailures.FileNotReadable(path);
        }

        var read = path == StandardInput ? JsonFile.Parse(System.Text.Encoding.UTF8.GetBytes(await Console.In.ReadToEndAsync(ct)), path, JsonValueKind.Object, expected) : JsonFile.Read(path, JsonValueKind.Object, expected);
        return !read.TryGet(out var json, out var failure) ? failure
            : json.EnumerateObject().Any(member => member.Value.ValueKind != JsonValueKind.String) ? CliFailures.WrongShape(path, expected)
            : new GivenSecrets(json.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString()!, StringComparer.Ordinal));
    }

    /// <inheritdoc />
    public ValueTask<Result<string?>> FindAsync(string organization, string name, string? environment, CancellationToken cancellationToken) => new(new Result<string?>(values.GetValueOrDefault(name)));
}
