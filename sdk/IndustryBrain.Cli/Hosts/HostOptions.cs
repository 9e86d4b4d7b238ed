using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Hosts;

/// <summary>The options of every command that talks to a host.</summary>
internal sealed class HostOptions
{
    /// <summary>Address of the host where none is given.</summary>
    public const string AddressVariable = "IB_HOST";

    /// <summary>The key; a command line is seen by every account of the machine, so none is taken from there.</summary>
    public const string KeyVariable = "IB_API_KEY";

    private const string DefaultAddress = "http://localhost:5080";
    private const int DefaultTimeout = 300;

    private readonly Option<string?> _host = new("--host") { Description = $"平台的地址，默认为 {AddressVariable} 或 {DefaultAddress}。Address of the host; default: {AddressVariable}, or {DefaultAddress}." };
    private readonly Option<string?> _keyFile = new("--key-file") { Description = $"存有 API 密钥的文件，- 为标准输入；默认取自 {KeyVariable}。File with the API key, - for standard input; default: {KeyVariable}." };
    private const string TimeoutName = "--timeout";
    private readonly Option<int> _timeout = new(TimeoutName) { Description = "等待应答的秒数。Seconds to wait for an answer.", DefaultValueFactory = _ => DefaultTimeout };
    private readonly Option<bool> _json = new("--json") { Description = "以 JSON 输出平台的应答。Prints the host's answer as JSON." };

    /// <summary>Adds them to a command.</summary>
    public HostOptions AddTo(Command command, bool withJson = true)
    {
        foreach (var option in withJson ? new Option[] { _host, _keyFile, _timeout, _json } : [_host, _keyFile, _timeout])
        {
            command.Options.Add(option);
        }

        _timeout.Validators.Add(found =>
        {
            // What is no number at all the parser refuses itself.
            if (found.Tokens is [.., var given] && int.TryParse(given.Value, CultureInfo.InvariantCulture, out var seconds) && seconds <= 0)
            {
                found.AddError("--timeout must be above 0.");
            }
        });
        return this;
    }

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>How long an answer is waited for.</summary>
    public static TimeSpan Timeout(ParseResult parsed) => TimeSpan.FromSeconds(parsed.GetRequiredValue<int>(TimeoutName));

    /// <summary>True when a host was named, on the command line or in the environment.</summary>
    public bool NamesHost(ParseResult parsed) => parsed.GetValue(_host) is not null || Variable(AddressVariable) is not null;

    /// <summary>The host that is meant, or why it cannot be talked to (IB7138, IB7139, IB7140).</summary>
    public async Task<Result<HostConnection>> ConnectAsync(ParseResult parsed, CancellationToken ct)
    {
        var address = parsed.GetValue(_host) ?? Variable(AddressVariable) ?? DefaultAddress;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0)
        {
            return CliFailures.HostAddress(address);
        }

        if (!(await ApiKey.ReadAsync(parsed.GetValue(_keyFile), KeyVariable, ct)).TryGet(out var key, out var failure))
        {
            return failure;
        }

        return key.Length > 0 && uri.Scheme == "http" && !uri.IsLoopback
            ? CliFailures.KeyInClear(address)
            : new HostConnection(uri, key, Timeout(parsed));
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Asks a host and shows what it answered, as it came where JSON is wanted.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> AskAsync(ParseResult parsed, Func<HostConnection, CancellationToken, Task<Result<JsonElement>>> ask, Func<JsonElement, Uri, Failure?> show, CancellationToken ct)
    {
        if (!(await ConnectAsync(parsed, ct)).TryGet(out var connection, out var failure))
        {
            return Complaint.Write(failure);
        }

        using (connection)
        {
            if (!(await ask(connection, ct)).TryGet(out var answer, out failure))
            {
                return Complaint.Write(failure);
            }

            if (Json(parsed))
            {
                Console.Out.WriteLine(HostJson.Write(answer));
                return ExitCode.Success;
            }

            return show(answer, connection.Address) is { } unreadable ? Complaint.Write(unreadable) : ExitCode.Success;
        }
    }
}
