using System.Globalization;
using System.Text.Json;

namespace IndustryBrain.Plugins.Manifests;

/// <summary>Finds the line that a member of a JSON text stands on.</summary>
internal static class JsonLines
{
    /// <summary>The line, from 1, of <paramref name="path"/>, such as <c>components[2].id</c>; of its nearest ancestor where it is absent.</summary>
    public static long Find(ReadOnlySpan<byte> json, string path)
    {
        var reader = new Utf8JsonReader(json);
        var place = new List<string>();
        var counters = new Stack<int>();
        long best = 1;
        var length = 0;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    place.Add((place.Count == 0 ? "" : ".") + reader.GetString());
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    counters.Pop();
                    Leave(place, counters);
                    continue;
                default:
                    if (counters.TryPeek(out var index) && index >= 0)
                    {
                        counters.Pop();
                        counters.Push(index + 1);
                        place.Add(string.Create(CultureInfo.InvariantCulture, $"[{index}]"));
                    }

                    break;
            }

            var here = string.Concat(place);
            if (here.Length == 0)
            {
                best = 1 + json[..(int)reader.TokenStartIndex].Count((byte)'\n');
            }
            else if (here.Length > length && (path == here || (path.StartsWith(here, StringComparison.Ordinal) && path[here.Length] is '.' or '[')))
            {
                length = here.Length;
                best = 1 + json[..(int)reader.TokenStartIndex].Count((byte)'\n');
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                counters.Push(reader.TokenType == JsonTokenType.StartArray ? 0 : -1);
            }
            else
            {
                Leave(place, counters);
            }
        }

        return best;
    }

    private static void Leave(List<string> place, Stack<int> counters)
    {
        if (place.Count > 0 && counters.Count > 0)
        {
            place.RemoveAt(place.Count - 1);
        }
    }
}
