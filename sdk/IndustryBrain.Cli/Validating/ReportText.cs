using System.Globalization;
using IndustryBrain.Plugins.Audit;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Validating;

/// <summary>A report for people: one line a finding, then why and what to do once for each rule.</summary>
internal static class ReportText
{
    public static void Write(AuditReport report, string package, string pages, TextWriter output)
    {
        foreach (var rule in report.Findings.GroupBy(finding => finding.Rule))
        {
            foreach (var finding in rule)
            {
                var where = finding.File is null ? "" : $"  [{finding.File}{(finding.IlOffset is { } offset ? string.Create(CultureInfo.InvariantCulture, $" IL_{offset:x4}") : "")}]";
                if (finding.Source is { } source)
                {
                    output.Write(string.Create(CultureInfo.InvariantCulture, $"{Shown(source.File)}({source.Line}): "));
                }

                output.WriteLine($"{rule.Key.Id} {Counts.Word(finding.Severity)}  {finding.Message}{where}");
            }

            output.WriteLine($"        {rule.Key.Explanation} {rule.Key.Mend}");
        }

        output.WriteLine($"{Counts.Of(package, report.Count(AuditSeverity.Error), report.Count(AuditSeverity.Warning), report.Count(AuditSeverity.Note))} sha256 {report.Sha256}");
        if (report.Findings.Count > 0)
        {
            output.WriteLine(new LocalizedText($"规则说明：{pages}", $"Pages of the rules: {pages}").ToString());
        }
    }

    // As compilers name it, which editors know.
    private static string Shown(string file) => Path.IsPathRooted(file) && Path.GetRelativePath(Environment.CurrentDirectory, file) is var near && !near.StartsWith("..", StringComparison.Ordinal) ? near : file;
}
