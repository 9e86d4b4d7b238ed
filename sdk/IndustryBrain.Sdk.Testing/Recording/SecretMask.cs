using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace IndustryBrain.Sdk.Testing.Recording;

/// <summary>Takes secrets out of what goes onto a cassette, by their values and by what names say. Requests are compared masked, so that one with another token is the same.</summary>
/// <param name="secrets">Values that may stand nowhere.</param>
internal sealed partial class SecretMask(IEnumerable<string> secrets)
{
    private const string Mask = "***";

    // Shorter ones stand in every text.
    private const int ShortestSecret = 4;
    private readonly string[] _values = [.. secrets.Where(s => s.Length >= ShortestSecret).SelectMany(Forms).Distinct(StringComparer.Ordinal).OrderByDescending(s => s.Length)];

    public IReadOnlyList<RecordedHeader> Headers(IEnumerable<KeyValuePair<string, string>> headers) =>
        [.. headers.Select(h => new RecordedHeader(h.Key, IsSecret(h.Key) ? Mask : Values(h.Value)))];

    public string Url(Uri url)
    {
        var builder = new StringBuilder(Values(url.GetLeftPart(UriPartial.Path)));
        return url.Query.Length > 1 ? builder.Append('?').Append(Form(url.Query[1..])).ToString() : builder.ToString();
    }

    public RecordedBody? Body(ReadOnlyMemory<byte> content, string? contentType)
    {
        if (content.IsEmpty)
        {
            return null;
        }

        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content.Span);
        }
        catch (DecoderFallbackException)
        {
            return new(Base64: Convert.ToBase64String(Bytes(content.ToArray())));
        }

        return new(Text: contentType?.Contains("form-urlencoded", StringComparison.OrdinalIgnoreCase) == true ? Form(text) : Json(text) ?? Values(text));
    }

    // Pairs as of a query or a form.
    private string Form(string pairs) => string.Join('&', pairs.Split('&').Select(pair =>
        pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && IsSecret(Uri.UnescapeDataString(pair[..at])) ? $"{pair[..at]}={Mask}" : Values(pair)));

    // Null when it is no JSON, or nothing in it is named like a secret: then it stays as it is written.
    private string? Json(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return null;
        }

        try
        {
            var root = JsonNode.Parse(text);
            return MaskMembers(root) ? Values(root!.ToJsonString(CassetteJson.Readable.Options)) : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static bool MaskMembers(JsonNode? node)
    {
        var hasMasked = false;
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToArray())
                {
                    if (value is JsonValue && value.GetValueKind() == JsonValueKind.String && IsSecret(name))
                    {
                        members[name] = Mask;
                        hasMasked = true;
                    }
                    else
                    {
                        hasMasked |= MaskMembers(value);
                    }
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    hasMasked |= MaskMembers(item);
                }

                break;
        }

        return hasMasked;
    }

    private string Values(string text) => _values.Aggregate(text, (masked, value) => masked.Replace(value, Mask, StringComparison.Ordinal));

    private byte[] Bytes(byte[] content)
    {
        foreach (var value in _values.Select(Encoding.UTF8.GetBytes))
        {
            for (var at = content.AsSpan().IndexOf(value); at >= 0; at = content.AsSpan().IndexOf(value))
            {
                content.AsSpan(at, value.Length).Fill((byte)'*');
            }
        }

        return content;
    }

    private static IEnumerable<string> Forms(string secret) =>
        [secret, Uri.EscapeDataString(secret), JsonEncodedText.Encode(secret).ToString(), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))];

    private static bool IsSecret(string name) => SecretName().IsMatch(name) && !PageName().IsMatch(name);

    [GeneratedRegex(@"authoriz|authenticat|cookie|password|passwd|secret|token|credential|signature|session[-_]?id|api[-_]?key|app[-_]?key|access[-_]?key|private[-_]?key|^(sig|key|pwd|auth|x-auth.*|x-.*-key)$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    // What turns pages is no secret.
    [GeneratedRegex(@"page[-_]?token|next[-_]?token|continuation[-_]?token|sync[-_]?token", RegexOptions.IgnoreCase)]
    private static partial Regex PageName();
}
