using System.Text;

namespace IndustryBrain.Sdk.Testing.Capabilities;

/// <summary>A request that a component has sent, as the other system gets it: secrets stand in it.</summary>
/// <param name="Method">The method, such as <c>GET</c>.</param>
/// <param name="Url">The URL.</param>
/// <param name="Headers">Headers by name, in the order sent.</param>
/// <param name="Content">The content; empty when there is none.</param>
public sealed record FakeHttpRequest(string Method, Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Content)
{
    /// <summary>The content as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Content.Span);

    /// <summary>The value of a header; null when it was not sent.</summary>
    public string? Header(string name) => Headers.FirstOrDefault(h => string.Equals(h.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Method and URL.</summary>
    public override string ToString() => $"{Method} {Url.AbsoluteUri}";
}
