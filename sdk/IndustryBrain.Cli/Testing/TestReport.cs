using System.Globalization;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Testing;

/// <summary>Shows outcomes to a person.</summary>
internal static class TestReport
{
    public static void Write(FixtureOutcome fixture)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(fixture.Passed ? "✓" : "✗")} {fixture.Name} ({fixture.Duration.TotalMilliseconds:0.#} ms)"));
        foreach (var difference in fixture.Differences)
        {
            Console.Out.WriteLine($"    {difference}");
        }

        if (fixture.Problem is { } problem)
        {
            Complaint.Write(problem);
        }
    }

    public static void WriteCoverage(ScenarioOutcome scenario)
    {
        foreach (var coverage in scenario.Coverage)
        {
            Console.Out.WriteLine(new LocalizedText(
                $"覆盖 {coverage.DefinitionId}：{coverage.Nodes.Count} 个节点执行了 {coverage.Executed} 个。",
                $"Coverage of {coverage.DefinitionId}: {coverage.Executed} of {coverage.Nodes.Count} nodes.").ToString());
            foreach (var node in coverage.Missed)
            {
                Console.Out.WriteLine($"    {new LocalizedText("未执行", "not executed")} {node.NodeId}  {node.DisplayText}");
            }
        }
    }

    public static void WriteSum(IReadOnlyList<ScenarioOutcome> scenarios)
    {
        var (all, failed) = (scenarios.Sum(s => s.Fixtures.Count), scenarios.Sum(s => s.Failed));
        Console.Out.WriteLine(new LocalizedText($"共 {all} 个，未通过 {failed} 个。", $"{all} in all, {failed} failed.").ToString());
    }
}
