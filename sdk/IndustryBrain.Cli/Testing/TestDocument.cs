using System.Text.Json;
using IndustryBrain.Cli.Running;

namespace IndustryBrain.Cli.Testing;

/// <summary>Writes outcomes and coverage as one JSON document.</summary>
internal static class TestDocument
{
    public static void Write(Stream stream, IReadOnlyList<ScenarioOutcome> scenarios)
    {
        using var writer = RunDocument.Open(stream);
        writer.WriteStartObject();
        writer.WriteNumber("passed", scenarios.Sum(s => s.Fixtures.Count - s.Failed));
        writer.WriteNumber("failed", scenarios.Sum(s => s.Failed));
        writer.WriteStartArray("scenarios");
        foreach (var scenario in scenarios)
        {
            writer.WriteStartObject();
            writer.WriteString("name", scenario.Name);
            writer.WriteString("folder", scenario.Folder);
            writer.WriteStartArray("fixtures");
            foreach (var fixture in scenario.Fixtures)
            {
                Write(writer, fixture);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("coverage");
            foreach (var coverage in scenario.Coverage)
            {
                Write(writer, coverage);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, FixtureOutcome fixture)
    {
        writer.WriteStartObject();
        writer.WriteString("name", fixture.Name);
        writer.WriteBoolean("passed", fixture.Passed);
        writer.WriteNumber("milliseconds", Math.Round(fixture.Duration.TotalMilliseconds, 3));
        writer.WriteStartArray("differences");
        foreach (var difference in fixture.Differences)
        {
            writer.WriteStartObject();
            writer.WriteString("zh", difference.Zh);
            writer.WriteString("en", difference.En);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (fixture.Problem is { } problem)
        {
            writer.WriteStartObject("failure");
            RunDocument.Members(writer, problem);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, NodeCoverage coverage)
    {
        writer.WriteStartObject();
        writer.WriteString("definition", coverage.DefinitionId);
        writer.WriteNumber("executed", coverage.Executed);
        writer.WriteNumber("nodes", coverage.Nodes.Count);
        writer.WriteStartObject("times");
        foreach (var (node, times) in coverage.Nodes)
        {
            writer.WriteNumber(node.NodeId, times);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
