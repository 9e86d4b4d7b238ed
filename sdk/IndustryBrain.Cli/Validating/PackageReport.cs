using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Audit;

namespace IndustryBrain.Cli.Validating;

/// <summary>The audit of a package, and the pages of its rules.</summary>
internal static class PackageReport
{
    /// <summary>Folder of the pages.</summary>
    public static string Pages { get; } = Path.Combine(AppContext.BaseDirectory, "rules");

    public static async Task<AuditReport> ReadAsync(string path, CancellationToken ct)
    {
        await using var package = File.OpenRead(path);
        return await new PackageAudit(new PluginOptions()).AuditAsync(package, ct);
    }

    /// <summary>Number of errors; where there are some, the report is written to standard error.</summary>
    public static async Task<int> ErrorsAsync(string path, CancellationToken ct)
    {
        var report = await ReadAsync(path, ct);
        var errors = report.Count(AuditSeverity.Error);
        if (errors > 0)
        {
            ReportText.Write(report, Path.GetFileName(path), Pages, Console.Error);
        }

        return errors;
    }
}
