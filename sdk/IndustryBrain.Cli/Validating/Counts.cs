using IndustryBrain.Plugins.Audit;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Validating;

/// <summary>How many findings there are of each severity, in words.</summary>
internal static class Counts
{
    /// <summary>One line about what was audited.</summary>
    public static string Of(string name, int errors, int warnings, int notes) => new LocalizedText(
        $"{name}：错误 {errors}、警告 {warnings}、提示 {notes}。",
        $"{name}: {Some(errors, "error")}, {Some(warnings, "warning")}, {Some(notes, "note")}.").ToString();

    /// <summary>English: "1 error", "2 errors".</summary>
    public static string Some(int count, string noun) => count == 1 ? $"1 {noun}" : FormattableString.Invariant($"{count} {noun}s");

    /// <summary>A severity as people read it.</summary>
    public static string Word(AuditSeverity severity) => Word(severity.ToString());

    /// <summary>A severity as people read it.</summary>
    public static string Word(FindingSeverity severity) => Word(severity.ToString());

    private static string Word(string severity) => (severity switch
    {
        nameof(AuditSeverity.Error) => new LocalizedText("错误", "error"),
        nameof(AuditSeverity.Warning) => new("警告", "warning"),
        _ => new("提示", "note"),
    }).ToString();
}
