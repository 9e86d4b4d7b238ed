using System.Text.Json;

namespace IbNamespace.Tests;

/// <summary>每个 expected/*.json 都由 brain 运行，并与期望结果比较。Each expected/*.json is run by brain and compared with what it expects.</summary>
public sealed class ScenarioTests
{
    public static TheoryData<string> Expected => [.. Directory.GetFiles(Path.Combine(Brain.Scenario, "expected"), "*.json").Order(StringComparer.Ordinal).Select(path => Path.GetFileNameWithoutExtension(path))];

    [Theory]
    [MemberData(nameof(Expected))]
    public async Task Run_GivesWhatIsExpected(string name)
    {
        var ct = TestContext.Current.CancellationToken;
        using var expected = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Brain.Scenario, "expected", name + ".json"), ct));

        var run = await Brain.RunAsync(expected.RootElement.GetProperty("input"), ct);

        Assert.True(run.GetProperty("subStatus").GetString() == "Finished", run.ToString());
        var tolerance = expected.RootElement.TryGetProperty("tolerance", out var given) ? given.GetDouble() : 0;
        Same(expected.RootElement.GetProperty("output"), run.GetProperty("output"), tolerance, "output");
    }

    // 对象只比较期望结果里有的成员。Of an object, the members that are expected are compared.
    private static void Same(JsonElement expected, JsonElement actual, double tolerance, string where)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in expected.EnumerateObject())
                {
                    Assert.True(actual.TryGetProperty(member.Name, out var value), $"{where}.{member.Name} is missing");
                    Same(member.Value, value, tolerance, $"{where}.{member.Name}");
                }

                break;
            case JsonValueKind.Array:
                Assert.True(expected.GetArrayLength() == actual.GetArrayLength(), $"{where} has {actual.GetArrayLength()} entries, not {expected.GetArrayLength()}");
                for (var i = 0; i < expected.GetArrayLength(); i++)
                {
                    Same(expected[i], actual[i], tolerance, $"{where}[{i}]");
                }

                break;
            case JsonValueKind.Number:
                Assert.True(Math.Abs(expected.GetDouble() - actual.GetDouble()) <= tolerance, $"{where} is {actual}, not {expected}");
                break;
            default:
                Assert.True(JsonElement.DeepEquals(expected, actual), $"{where} is {actual}, not {expected}");
                break;
        }
    }
}
