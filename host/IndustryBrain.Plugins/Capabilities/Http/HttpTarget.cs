namespace IndustryBrain.Plugins.Capabilities.Http;

/// <summary>Methods and an origin, such as <c>GET,POST https://*.acme.com:8443</c>. A pattern stands for what is below a domain, for any host, or (<c>:*</c>, 0 here) for any port.</summary>
internal sealed record HttpTarget(IReadOnlyList<string> Methods, string Scheme, string Host, int Port)
{
    private const string Any = "*";
    private const int MaxLength = 300;
    private static readonly string[] Reading = ["GET", "HEAD"];
    private static readonly string[] Known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <summary>True when it names one host.</summary>
    public bool IsExact => !Host.Contains('*', StringComparison.Ordinal);

    /// <summary>Reads a target; null when it is none: no path, no account, no scheme but http and https.</summary>
    public static HttpTarget? Parse(string text)
    {
        if (text.Length > MaxLength)
        {
            return null;
        }

        var blank = text.IndexOf(' ', StringComparison.Ordinal);
        IReadOnlyList<string> methods = blank < 0 ? Reading : text[..blank].Split(',');
        var isAnyPort = text.EndsWith(":*", StringComparison.Ordinal);
        var origin = isAnyPort ? text[(blank + 1)..^2] : text[(blank + 1)..];
        var host = origin.IndexOf("://", StringComparison.Ordinal) is > 0 and var at ? origin[(at + 3)..] : "";

        // A star is no character of a host: a letter stands in its place while the rest is read.
        var pattern = host == Any || host.StartsWith("*:", StringComparison.Ordinal) ? Any : host.StartsWith("*.", StringComparison.Ordinal) ? "*." : "";
        var readable = pattern.Length == 0 ? origin : string.Concat(origin.AsSpan(0, origin.Length - host.Length), pattern == Any ? "x" : "", host.AsSpan(pattern.Length));
        return methods.All(m => Known.Contains(m)) && Uri.TryCreate(readable, UriKind.Absolute, out var uri) && OriginOf(uri) is { } parsed && uri.AbsolutePath == "/" && readable[^1] != '/' && uri.Query.Length == 0 && uri.Fragment.Length == 0
            ? parsed with { Methods = methods, Host = pattern == Any ? Any : pattern + parsed.Host, Port = isAnyPort ? 0 : parsed.Port }
            : null;
    }

    /// <summary>The target that a request asks for; null when its URL is not one that may be asked for at all.</summary>
    public static HttpTarget? Of(string method, Uri uri) => Known.Contains(method) && OriginOf(uri) is { } origin ? origin with { Methods = [method] } : null;

    /// <summary>True when it allows all that <paramref name="other"/> asks for.</summary>
    public bool Covers(HttpTarget other) =>
        Scheme == other.Scheme && (Port == 0 || Port == other.Port) && other.Methods.All(m => Methods.Contains(m))
        && (Host == Any || Host == other.Host || (Host.StartsWith("*.", StringComparison.Ordinal) && other.Host != Any && other.Host.EndsWith(Host[1..], StringComparison.Ordinal)));

    /// <inheritdoc />
    public override string ToString()
    {
        var isUsual = (Scheme, Port) is ("http", 80) or ("https", 443);
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{string.Join(',', Methods)} {Scheme}://{host}{(isUsual ? "" : Port == 0 ? ":*" : $":{Port}")}");
    }

    // The host as it will be connected to: IdnHost turns full-width digits and other spellings into what they mean.
    private static HttpTarget? OriginOf(Uri uri)
    {
        if (!uri.IsAbsoluteUri || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0)
        {
            return null;
        }

        var host = uri.IdnHost.ToLowerInvariant().TrimEnd('.');
        var isText = host.Length > 0 && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or ':');
        return isText ? new([], uri.Scheme, host, uri.Port) : null;
    }
}
