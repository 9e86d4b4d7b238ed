using IndustryBrain.Cli.Running;
using IndustryBrain.Scenarios;
using IndustryBrain.Scenarios.Definitions;

namespace IndustryBrain.Cli.Validating;

/// <summary>What is to be said about the definition of a scenario, for people.</summary>
internal static class DefinitionReport
{
    /// <summary>The findings of a definition, with the plugins of a folder.</summary>
    public static async Task<IReadOnlyList<Finding>> JudgeAsync(byte[] definition, string plugins, CancellationToken ct)
    {
        var reading = DefinitionIntake.Read(definition);
        if (reading.Definition is not { } read)
        {
            return reading.Findings;
        }

        await using var folder = new PluginFolder(plugins, TimeProvider.System, GivenSecrets.None);
        if (read.Nodes.Any(node => node.ComponentId is not null))
        {
            await folder.LoadAsync(ct);
        }

        return [.. ScenarioValidator.Validate(read, folder).Select(ScenarioFiles.Hinted)];
    }

    /// <summary>One line a finding, and how many there are.</summary>
    public static void Write(IReadOnlyList<Finding> findings, string name, TextWriter output)
    {
        foreach (var finding in findings)
        {
            var where = string.Join('.', new[] { finding.NodeId, finding.Where }.Where(part => part is not null));
            output.WriteLine($"{finding.Rule} {Counts.Word(finding.Severity)}  {finding.Message}{(where.Length > 0 ? $"  [{where}]" : "")}{(finding.Action is null ? "" : " " + finding.Action)}");
        }

        output.WriteLine(Counts.Of(name, Count(findings, FindingSeverity.Error), Count(findings, FindingSeverity.Warning), Count(findings, FindingSeverity.Note)));
    }

    /// <summary>How many are of one severity.</summary>
    public static int Count(IReadOnlyList<Finding> findings, FindingSeverity severity) => findings.Count(finding => finding.Severity == severity);
}
