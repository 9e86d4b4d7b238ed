using System.IO.Compression;
using System.Text;
using IndustryBrain.Plugins.Audit;
using IndustryBrain.Plugins.Tests.Installing;

namespace IndustryBrain.Plugins.Tests.Audit;

/// <summary>A package of a test, and what the audit says of it.</summary>
internal static class Audited
{
    public const string Prefix = "plugin/net10.0/";

    public static MemoryStream Package(byte[] entry, params (string Path, byte[] Content)[] others) => Package("[]", entry, others);

    /// <summary>A package with an entry assembly, permissions as JSON, and other files.</summary>
    public static MemoryStream Package(string permissions, byte[] entry, params (string Path, byte[] Content)[] others)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            var manifest = Packages.Manifest.Replace("\"permissions\": []", $"\"permissions\": {permissions}", StringComparison.Ordinal);
            foreach (var (path, content) in others.Prepend((Prefix + "Acme.Probe.dll", entry)).Prepend(("plugin.json", Encoding.UTF8.GetBytes(manifest))))
            {
                using var written = archive.CreateEntry(path, CompressionLevel.NoCompression).Open();
                written.Write(content);
            }
        }

        stream.Position = 0;
        return stream;
    }

    public static string Permission(string capability, params string[] targets) =>
        $$"""[{ "capability": "{{capability}}", "reason": { "zh": "因", "en": "why" }, "targets": [{{string.Join(',', targets.Select(t => $"\"{t}\""))}}] }]""";

    public static (string Path, byte[] Content) Claim(string id, string version, string file) => (Prefix + "Acme.Probe.deps.json", Encoding.UTF8.GetBytes($$"""
        {
          "targets": { ".NETCoreApp,Version=v10.0": { "{{id}}/{{version}}": { "runtime": { "lib/net8.0/{{file}}": {} } } } },
          "libraries": { "{{id}}/{{version}}": { "type": "package", "sha512": "" } }
        }
        """));

    public static async Task<AuditReport> AuditAsync(Stream package, KnownPackages? known = null)
    {
        await using (package)
        {
            return await new PackageAudit(new PluginOptions(), known ?? KnownPackages.Default).AuditAsync(package, TestContext.Current.CancellationToken);
        }
    }

    public static Task<AuditReport> BodyAsync(string statements) => AuditAsync(Package(Snippet.Body(statements)));

    public static Task<AuditReport> CodeAsync(string code) => AuditAsync(Package(Snippet.Compile(code)));

    /// <summary>Ids of the rules that found something.</summary>
    public static string Rules(AuditReport report) => string.Join(' ', report.Findings.Select(finding => finding.Rule.Id).Distinct().Order(StringComparer.Ordinal));

    public static void Has(AuditReport report, string rule) => Assert.True(report.Findings.Any(finding => finding.Rule.Id == rule), $"{rule} is not among: {Rules(report)}");
}
