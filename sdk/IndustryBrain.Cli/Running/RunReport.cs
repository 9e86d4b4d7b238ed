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
            AnsiConsole.WriteLine(line);
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
            Complaint.Write(incident.Failure with { Where = incident.Failure.Where ?? incident.NodeId });
        }

        if (result.Output.Count > 0)
        {
            AnsiConsole.Write(Outputs(result));
        }

        AnsiConsole.MarkupLine(State(result.SubStatus));
    }

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
        nameof(ExecutionSubStatus.Finished) => $"[green]{new LocalizedText("已完成", "Finished")}[/]",
        nameof(ExecutionSubStatus.Faulted) => $"[red]{new LocalizedText("出错", "Faulted")}[/]",
        nameof(ExecutionSubStatus.Suspended) => $"[yellow]{new LocalizedText("等待中", "Suspended")}[/]",
        nameof(ExecutionSubStatus.Cancelled) => $"[grey]{new LocalizedText("已取消", "Cancelled")}[/]",
        _ => Markup.Escape(subStatus ?? ""),
    };
}
