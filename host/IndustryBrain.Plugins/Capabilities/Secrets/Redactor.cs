using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Capabilities.Secrets;

/// <summary>Takes the secrets that a plugin was given out of the texts that it writes: as they are, and as URLs, JSON and base64 show them. It guards against accidents; a plugin that means to tell can always spell differently.</summary>
internal sealed class Redactor
{
    private const string Mask = "***";

    // Shorter ones are found in every text, and so is the beginning of one that was cut off.
    private const int ShortestFound = 4;
    private ImmutableHashSet<string> _forms = [];

    public void Add(string secret)
    {
        if (secret.Length < ShortestFound)
        {
            return;
        }

        // As it is, as one line, in a URL, in JSON, and in base64 at each of the three places that it may begin at.
        var bytes = Encoding.UTF8.GetBytes(secret);
        string[] forms =
        [
            secret,
            string.Concat(secret.Select(c => char.IsControl(c) ? ' ' : c)),
            Uri.EscapeDataString(secret),
            JsonEncodedText.Encode(secret).ToString(),
            .. Enumerable.Range(0, 3).Select(shift => Base64(bytes, shift)),
        ];
        ImmutableInterlocked.Update(ref _forms, (held, added) => held.Union(added), forms.Where(f => f.Length >= ShortestFound));
    }

    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var form in _forms.OrderByDescending(f => f.Length))
        {
            text = text.Replace(form, Mask, StringComparison.Ordinal);

            // The text may have been cut in the middle of one.
            for (var length = Math.Min(form.Length - 1, text.Length); length >= ShortestFound; length--)
            {
                if (text.AsSpan().EndsWith(form.AsSpan(0, length), StringComparison.Ordinal))
                {
                    text = string.Concat(text.AsSpan(0, text.Length - length), Mask);
                    break;
                }
            }
        }

        return text;
    }

    public LocalizedText Redact(LocalizedText text) => _forms.IsEmpty ? text : new(Redact(text.Zh), Redact(text.En));

    public Failure Redact(Failure failure) => _forms.IsEmpty ? failure : failure with
    {
        Code = Redact(failure.Code),
        Message = Redact(failure.Message),
        Where = failure.Where is null ? null : Redact(failure.Where),
        Action = failure.Action is null ? null : Redact(failure.Action),
    };

    // The characters that depend on this secret alone, not on what stands before or after it.
    private static string Base64(byte[] bytes, int shift)
    {
        var padded = new byte[shift + bytes.Length];
        bytes.CopyTo(padded, shift);
        var text = Convert.ToBase64String(padded).TrimEnd('=');
        var first = shift == 0 ? 0 : shift + 1;
        var last = padded.Length % 3 == 0 ? text.Length : text.Length - 1;
        return last > first ? text[first..last] : "";
    }
}
