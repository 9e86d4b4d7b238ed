using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Cli.Running;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Testing;

/// <summary>One file of a scenario's <c>expected</c>: <c>{"input":…,"output":…,"tolerance":…}</c>.</summary>
/// <param name="Input">Input of the run.</param>
/// <param name="Output">What must come out; of an object, the members that stand here.</param>
/// <param name="Tolerance">How far a number may be off, in its own unit; 0 by default.</param>
internal sealed record ScenarioExample(JsonElement Input, JsonElement Output, double Tolerance)
{
    public const string Folder = "expected";

    /// <summary>The examples of a scenario, by name.</summary>
    public static IReadOnlyList<string> List(string folder) =>
        Path.Combine(folder, Folder) is var expected && Directory.Exists(expected) ? [.. Directory.GetFiles(expected, "*.json").Order(StringComparer.Ordinal)] : [];

    public static Result<ScenarioExample> Read(string path)
    {
        if (!JsonFile.ReadObject(path).TryGet(out var json, out var failure))
        {
            return failure;
        }

        var tolerance = 0.0;
        return json.TryGetProperty("input", out var input) && input.ValueKind == JsonValueKind.Object
            && json.TryGetProperty("output", out var output) && output.ValueKind == JsonValueKind.Object
            && (!json.TryGetProperty("tolerance", out var given) || (given.ValueKind == JsonValueKind.Number && (tolerance = given.GetDouble()) >= 0))
            ? new ScenarioExample(input, output, tolerance)
            : CliFailures.WrongShape(path, new("{\"input\":{…},\"output\":{…},\"tolerance\":≥0}", "{\"input\":{…},\"output\":{…},\"tolerance\":≥0}"));
    }

    /// <summary>In what a result differs from what is expected; empty when it does not.</summary>
    public IReadOnlyList<string> Differences(RunResult result)
    {
        if (result.SubStatus != nameof(ExecutionSubStatus.Finished))
        {
            var why = result.Failure is { } failure ? [$"{failure.Code}: {failure.Message}"]
                : result.Findings.Select(f => f.ToString()).Concat(result.Incidents.Select(i => $"{i.Failure.Code}: {i.Failure.Message}"));
            return [$"{result.SubStatus ?? result.Status} {string.Join("; ", why)}".TrimEnd()];
        }

        var differences = new List<string>();
        Compare(Output, result.Output, "output", differences);
        return differences;
    }

    private void Compare(JsonElement expected, JsonNode? actual, string where, List<string> differences)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object when actual is JsonObject members:
                foreach (var member in expected.EnumerateObject())
                {
                    Compare(member.Value, members[member.Name], $"{where}.{member.Name}", differences);
                }

                break;
            case JsonValueKind.Array when actual is JsonArray items && items.Count == expected.GetArrayLength():
                foreach (var (index, item) in expected.EnumerateArray().Index())
                {
                    Compare(item, items[index], string.Create(CultureInfo.InvariantCulture, $"{where}[{index}]"), differences);
                }

                break;
            case JsonValueKind.Number when actual?.GetValueKind() == JsonValueKind.Number && Math.Abs(expected.GetDouble() - Number(actual)) <= Tolerance:
                break;
            case JsonValueKind.String or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null when Text(actual) == expected.GetRawText() || (expected.ValueKind == JsonValueKind.String && actual?.GetValueKind() == JsonValueKind.String && actual.GetValue<string>() == expected.GetString()):
                break;
            default:
                differences.Add(new LocalizedText($"{where} 为 {Text(actual)}，应为 {expected.GetRawText()}", $"{where} is {Text(actual)}, expected {expected.GetRawText()}").ToString());
                break;
        }
    }

    private static double Number(JsonNode node) => double.Parse(node.ToJsonString(RelaxedJson.Options), CultureInfo.InvariantCulture);

    private static string Text(JsonNode? node) => node?.ToJsonString(RelaxedJson.Options) ?? "null";
}
