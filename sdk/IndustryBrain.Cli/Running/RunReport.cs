using System.Runtime.CompilerServices;
using System.Text.Json;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;
using Spectre.Console;

namespace IndustryBrain.Cli.Running;

/// <summary>Shows a result to a person.</summary>
internal static class RunReport
{
    private const int LongestValue = 400;

    public static void Write(RunResult result)
    {
        foreach (var line in result.Lines)
        {
            Console.Out.WriteLine(line);
        }

        if (result.Failure is { } failure)
        {
            Complaint.Write(failure);
            return;
        }

        foreach (var finding in result.Findings.Where(f => f.Severity == FindingSeverity.Error))
        {
            Complaint.Write(new Failure(finding.Rule, finding.Message) { Where = finding.NodeId ?? finding.Where, Action = finding.Action });
        }

        if (result.Status == RunResult.Rejected)
        {
            return;
        }

        foreach (var incident in result.Incidents)
        {
            Complaint.Write(incident.Failure with { Where = incident.Failure.Where is { } where ? $"{incident.NodeId}.{where}" : incident.NodeId });
        }

        if (result.Output.Count > 0)
        {
            Show(result);
        }

        Console.Out.WriteLine(State(result.SubStatus));
    }

    // Apart, so that a run without output does not load the library of tables.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Show(RunResult result) => AnsiConsole.Write(Outputs(result));

    private static Table Outputs(RunResult result)
    {
        var table = new Table().AddColumn(new LocalizedText("输出", "Output").ToString()).AddColumn(new LocalizedText("值", "Value").ToString());
        foreach (var (name, value) in result.Output)
        {
            var text = value is null ? "" : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString(RelaxedJson.Options);
            table.AddRow(Markup.Escape(name), Markup.Escape(text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue), "…")));
        }

        return table;
    }

    private static string State(string? subStatus) => subStatus switch
    {
        nameof(ExecutionSubStatus.Finished) => new LocalizedText("已完成", "Finished").ToString(),
        nameof(ExecutionSubStatus.Faulted) => new LocalizedText("出错", "Faulted").ToString(),
        nameof(ExecutionSubStatus.Suspended) => new LocalizedText("等待中", "Suspended").ToString(),
        nameof(ExecutionSubStatus.Cancelled) => new LocalizedText("已取消", "Cancelled").ToString(),
        _ => subStatus ?? "",
    };
}
