using System.Text.Json;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>How much a text of JSON becomes once it is read: each value and name costs the host memory of its own, however short its text is.</summary>
internal static class JsonSize
{
    /// <summary>True when there are more values and names in a text than allowed.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static bool Exceeds(ReadOnlySpan<byte> json, int allowed, int maxDepth = 0)
    {
        // Each has a byte of its own at least.
        if (json.Length <= allowed)
        {
            return false;
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
        for (var count = 0; count <= allowed;)
        {
            if (!reader.Read())
            {
                return false;
            }

            count += reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject ? 0 : 1;
        }

        return true;
    }
}
