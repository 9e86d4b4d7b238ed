using System.Text.Json;
using IndustryBrain.Scenarios.Execution;

namespace IndustryBrain.Runtime.Http;

/// <summary>What a run that waits for a request is found by: among the events that runs wait for, under names of this form.</summary>
internal static class HttpWaits
{
    /// <summary>Type of the activity.</summary>
    public const string ActivityType = "Elsa.HttpEndpoint";

    /// <summary>How all these names begin.</summary>
    public const string Prefix = ActivityType + ":";

    /// <summary>The name of one method and path.</summary>
    public static string NameOf(string method, string path) => $"{Prefix}{method.ToUpperInvariant()} {path}";

    /// <summary>Method and path of a name.</summary>
    public static (string Method, string Path) Parse(string name)
    {
        var blank = name.IndexOf(' ', StringComparison.Ordinal);
        return (name[Prefix.Length..blank], name[(blank + 1)..]);
    }

    /// <summary>The names under which a bookmark is found; none for what waits for something else.</summary>
    public static IEnumerable<string> NamesOf(Bookmark bookmark) => Read(bookmark) is var (path, methods) ? methods.Select(m => NameOf(m, path)) : [];

    /// <summary>What people read: <c>POST orders/{id}</c>; null for what waits for something else.</summary>
    public static string? RouteOf(Bookmark bookmark) => Read(bookmark) is var (path, methods) ? $"{string.Join(',', methods).ToUpperInvariant()} {path}" : null;

    /// <summary>A path as it is compared: without slashes around it, in lower case.</summary>
#pragma warning disable CA1308 // As the engine writes it, and as Elsa compares it.
    public static string Normal(string path) => path.Trim().Trim('/').ToLowerInvariant();
#pragma warning restore CA1308

    private static (string Path, IEnumerable<string> Methods)? Read(Bookmark bookmark)
    {
        if (bookmark.Name != ActivityType || bookmark.Payload is not { ValueKind: JsonValueKind.Object } payload)
            return null;
        var path = payload.TryGetProperty("path", out var given) ? given.GetString() ?? "" : "";
        var methods = payload.TryGetProperty("methods", out var named) ? named.EnumerateArray().Select(m => m.GetString()).OfType<string>().Distinct().ToArray() : [];
        return (Normal(path), methods);
    }
}
