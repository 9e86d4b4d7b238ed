using System.Text.Json;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Versions;

/// <summary>Writes what differs between two versions, a part a line: <c>+</c> added, <c>-</c> removed, <c>~</c> changed, <c>&gt;</c> moved.</summary>
internal static class ComparisonText
{
    private const int MostCharacters = 200;
    private static readonly string[] Declared = ["inputs", "outputs", "variables"];

    public static Failure? Write(JsonElement comparison, Uri host)
    {
        if (comparison.ValueKind != JsonValueKind.Object || !comparison.TryGetProperty("changes", out var changes) || changes.ValueKind != JsonValueKind.Object)
        {
            return CliFailures.NotAHost(host, 200);
        }

        Console.Out.WriteLine($"{Value(comparison, "from")} → {Value(comparison, "to")}");
        foreach (var change in Items(changes, "activities"))
        {
            Console.Out.WriteLine($"{Sign(change)} {Value(change, "nodeId")}  {Value(change, "type")}{(Value(change, "movedFrom") is { Length: > 0 } from ? $"  {from} → {Value(change, "movedTo")}" : "")}");
            WriteFields(change);
        }

        foreach (var change in Items(changes, "connections"))
        {
            Console.Out.WriteLine($"{Sign(change)} {Value(change, "source")}:{Value(change, "port")} → {Value(change, "target")}  {Value(change, "nodeId")}");
        }

        foreach (var kind in Declared)
        {
            foreach (var change in Items(changes, kind))
            {
                Console.Out.WriteLine($"{Sign(change)} {kind}.{Value(change, "name")}");
                WriteFields(change);
            }
        }

        foreach (var change in Items(changes, "settings"))
        {
            WriteField(change, "~ ");
        }

        return null;
    }

    private static void WriteFields(JsonElement change)
    {
        foreach (var field in Items(change, "fields"))
        {
            WriteField(field, "    ");
        }
    }

    private static void WriteField(JsonElement field, string before) => Console.Out.WriteLine($"{before}{Value(field, "field")}: {Value(field, "old")} → {Value(field, "new")}");

    private static string Sign(JsonElement change) => Value(change, "kind") switch { "added" => "+", "removed" => "-", "moved" => ">", _ => "~" };

    private static IEnumerable<JsonElement> Items(JsonElement json, string member) => json.TryGetProperty(member, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : [];

    // A text of a definition may be long and have lines of its own.
    private static string Value(JsonElement json, string member)
    {
        if (!json.TryGetProperty(member, out var value) || value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return "";
        }

        var text = (value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()).ReplaceLineEndings("⏎");
        return text.Length <= MostCharacters ? text : string.Concat(text.AsSpan(0, MostCharacters), "…");
    }
}
