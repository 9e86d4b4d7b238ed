using System.Globalization;
using IndustryBrain.Plugins.Audit;

namespace IndustryBrain.Cli.Validating;

/// <summary>A report for people: one line a finding, then why and what to do once for each rule.</summary>
internal static class ReportText
{
    public static void Write(AuditReport report, string package, string pages, TextWriter output)
    {
        var isEnglish = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
        foreach (var rule in report.Findings.GroupBy(finding => finding.Rule))
        {
            foreach (var finding in rule)
            {
                var where = finding.File is null ? "" : $"  [{finding.File}{(finding.IlOffset is { } offset ? string.Create(CultureInfo.InvariantCulture, $" IL_{offset:x4}") : "")}]";
                if (finding.Source is { } source)
                {
                    output.Write(string.Create(CultureInfo.InvariantCulture, $"{Shown(source.File)}({source.Line}): "));
                }

                output.WriteLine($"{rule.Key.Id} {Word(finding.Severity, isEnglish)}  {finding.Message}{where}");
            }

            output.WriteLine($"        {rule.Key.Explanation} {rule.Key.Mend}");
        }

        var (errors, warnings, notes) = (report.Count(AuditSeverity.Error), report.Count(AuditSeverity.Warning), report.Count(AuditSeverity.Note));
        output.WriteLine(isEnglish
            ? $"{package}: {errors} errors, {warnings} warnings, {notes} notes. sha256 {report.Sha256}"
            : $"{package}：错误 {errors}、警告 {warnings}、提示 {notes}。sha256 {report.Sha256}");
        if (report.Findings.Count > 0)
        {
            output.WriteLine(isEnglish ? $"Pages of the rules: {pages}" : $"规则说明：{pages}");
        }
    }

    // As compilers name it, which editors know.
    private static string Shown(string file) => Path.IsPathRooted(file) && Path.GetRelativePath(Environment.CurrentDirectory, file) is var near && !near.StartsWith("..", StringComparison.Ordinal) ? near : file;

    private static string Word(AuditSeverity severity, bool isEnglish) => (severity, isEnglish) switch
    {
        (AuditSeverity.Error, true) => "error",
        (AuditSeverity.Warning, true) => "warning",
        (_, true) => "note",
        (AuditSeverity.Error, _) => "错误",
        (AuditSeverity.Warning, _) => "警告",
        _ => "提示",
    };
}
