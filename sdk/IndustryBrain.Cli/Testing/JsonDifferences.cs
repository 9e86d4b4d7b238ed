using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Cli.Running;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Testing;

/// <summary>Collects in what JSON differs from what is expected, by path.</summary>
/// <param name="tolerance">How far a number may be off.</param>
internal sealed class JsonDifferences(double tolerance)
{
    // More of them would hide the first, which is the cause of most.
    private const int Most = 50;
    private const int LongestValue = 200;

    private readonly List<LocalizedText> _found = [];

    public IReadOnlyList<LocalizedText> Found => _found;

    /// <summary>Compares; of an object, the members that are expected.</summary>
    public void Compare(JsonElement expected, JsonNode? actual, string where)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object when actual is JsonObject members:
                foreach (var member in expected.EnumerateObject())
                {
                    if (members.ContainsKey(member.Name))
                    {
                        Compare(member.Value, members[member.Name], $"{where}.{member.Name}");
                    }
                    else
                    {
                        Missing($"{where}.{member.Name}", Short(member.Value.GetRawText()));
                    }
                }

                break;
            case JsonValueKind.Array when actual is JsonArray items:
                if (items.Count != expected.GetArrayLength())
                {
                    Add(new($"{where} 有 {items.Count} 项，应为 {expected.GetArrayLength()} 项", $"{where} has {items.Count} entries, expected {expected.GetArrayLength()}"));
                }

                foreach (var (index, item) in expected.EnumerateArray().Take(items.Count).Index())
                {
                    Compare(item, items[index], string.Create(CultureInfo.InvariantCulture, $"{where}[{index}]"));
                }

                break;
            default:
                if (!IsSame(expected, actual))
                {
                    Differs(where, Short(expected.GetRawText()), Short(Text(actual)));
                }

                break;
        }
    }

    /// <summary>Compares two texts.</summary>
    public void Compare(string? expected, string? actual, string where)
    {
        if (expected != actual)
        {
            Differs(where, Short(expected ?? "null"), Short(actual ?? "null"));
        }
    }

    public void Differs(string where, string expected, string actual) =>
        Add(new($"{where} 为 {actual}，应为 {expected}", $"{where} is {actual}, expected {expected}"));

    public void Missing(string where, string expected) => Add(new($"没有 {where}，应为 {expected}", $"{where} is missing, expected {expected}"));

    public void Add(LocalizedText difference)
    {
        if (_found.Count < Most)
        {
            _found.Add(difference);
        }
    }

    private bool IsSame(JsonElement expected, JsonNode? actual) => expected.ValueKind switch
    {
        JsonValueKind.Null => actual is null,
        JsonValueKind.Number => actual?.GetValueKind() == JsonValueKind.Number && Math.Abs(expected.GetDouble() - Number(actual)) <= tolerance,
        JsonValueKind.String => actual?.GetValueKind() == JsonValueKind.String && actual.GetValue<string>() == expected.GetString(),
        JsonValueKind.True or JsonValueKind.False => actual?.GetValueKind() == expected.ValueKind,
        _ => false,
    };

    private static double Number(JsonNode node) => double.Parse(node.ToJsonString(RelaxedJson.Options), CultureInfo.InvariantCulture);

    private static string Text(JsonNode? node) => node?.ToJsonString(RelaxedJson.Options) ?? "null";

    private static string Short(string text) => text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue), "…");
}
