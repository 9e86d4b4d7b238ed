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

        // How many characters of the path lead to each level that is open, and to the member that comes next; negative where they lead elsewhere. Of an array, which item comes next.
        var levels = new Stack<(int Length, int Item)>();
        var member = 0;
        (long line, var best) = (1, -1);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var length = levels.Peek().Length;
                member = length < 0 ? length : Lead(path, length, (length == 0 ? "" : ".") + reader.GetString());
                continue;
            }

            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                levels.Pop();
                continue;
            }

            var here = member;
            if (levels.TryPeek(out var level) && level.Item >= 0)
            {
                levels.Pop();
                levels.Push((level.Length, level.Item + 1));
                here = level.Length < 0 ? level.Length : Lead(path, level.Length, string.Create(CultureInfo.InvariantCulture, $"[{level.Item}]"));
            }

            if (here > best)
            {
                (line, best) = (LineOf(json, reader.TokenStartIndex), here);
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                levels.Push((here, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            }
        }

        return line;
    }

    /// <summary>The line, from 1, of the first text that no reader may rely on: with U+0000, or half a character.</summary>
    public static long FindUnusable(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String && !IsUsable(ref reader))
            {
                return LineOf(json, reader.TokenStartIndex);
            }
        }

        return 1;
    }

    private static bool IsUsable(ref Utf8JsonReader reader)
    {
        try
        {
            return !reader.GetString()!.Contains('\0', StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // The characters of the path that lead to a part of what they lead to already; negative when the part is another one.
    private static int Lead(string path, int length, string part)
    {
        var end = length + part.Length;
        return path.AsSpan(length).StartsWith(part, StringComparison.Ordinal) && (end == path.Length || path[end] is '.' or '[') ? end : -1;
    }

    private static long LineOf(ReadOnlySpan<byte> json, long at) => 1 + json[..(int)at].Count((byte)'\n');
}
