using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Audit;

/// <summary>Writes a report as a SARIF 2.1.0 log, which editors and build servers read.</summary>
public static class SarifLog
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    /// <summary>UTF-8 of a log with one run.</summary>
    /// <param name="report">The report.</param>
    /// <param name="package">Where the package is.</param>
    /// <param name="culture">Language of its texts: English for any English culture, else Chinese.</param>
    /// <param name="page">Where the page of a rule is, by the rule's id; null when there is none.</param>
    public static ReadOnlyMemory<byte> Write(AuditReport report, Uri package, CultureInfo culture, Func<string, Uri?> page)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(culture);
        ArgumentNullException.ThrowIfNull(page);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            new Writer(json, report, package, culture, page).Write();
        }

        return buffer.WrittenMemory;
    }

    private sealed class Writer(Utf8JsonWriter json, AuditReport report, Uri package, CultureInfo culture, Func<string, Uri?> page)
    {
        private readonly Dictionary<string, int> _rules = AuditRules.All.Select((rule, index) => (rule.Id, index)).ToDictionary(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _artifacts = report.Files.Select((file, index) => (file.Path, index + 1)).ToDictionary(StringComparer.Ordinal);

        public void Write()
        {
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool();
            WriteInvocation();
            json.WriteString("language", culture.TwoLetterISOLanguageName == "en" ? "en" : "zh-CN");
            json.WriteString("columnKind", "utf16CodeUnits");
            WriteArtifacts();
            json.WriteStartArray("results");
            foreach (var finding in report.Findings)
            {
                WriteResult(finding);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        private void WriteTool()
        {
            json.WriteStartObject("tool");
            json.WriteStartObject("driver");
            json.WriteString("name", "IndustryBrain");
            json.WriteString("semanticVersion", typeof(SarifLog).Assembly.GetName().Version!.ToString(3));
            json.WriteStartArray("rules");
            foreach (var rule in AuditRules.All)
            {
                json.WriteStartObject();
                json.WriteString("id", rule.Id);
                json.WriteString("name", rule.Name);
                WriteText("shortDescription", rule.Title.In(culture));
                WriteText("fullDescription", rule.Explanation.In(culture));
                WriteText("help", rule.Mend.In(culture));
                if (page(rule.Id) is { } address)
                {
                    json.WriteString("helpUri", address.AbsoluteUri);
                }

                json.WriteStartObject("defaultConfiguration");
                json.WriteString("level", Level(rule.Severity));
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        private void WriteInvocation()
        {
            json.WriteStartArray("invocations");
            json.WriteStartObject();
            json.WriteBoolean("executionSuccessful", true);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        // The package, and its files in it.
        private void WriteArtifacts()
        {
            json.WriteStartArray("artifacts");
            json.WriteStartObject();
            json.WriteStartObject("location");
            json.WriteString("uri", package.AbsoluteUri);
            json.WriteEndObject();
            WriteHash(report.Sha256);
            json.WriteStartArray("roles");
            json.WriteStringValue("analysisTarget");
            json.WriteEndArray();
            json.WriteEndObject();
            foreach (var file in report.Files)
            {
                json.WriteStartObject();
                json.WriteStartObject("location");
                json.WriteString("uri", InPackage(file.Path));
                json.WriteEndObject();
                json.WriteNumber("parentIndex", 0);
                json.WriteNumber("length", file.Size);
                WriteHash(file.Sha256);
                if (file.Package is not null)
                {
                    json.WriteStartObject("properties");
                    json.WriteString("package", file.Package);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private void WriteResult(AuditFinding finding)
        {
            json.WriteStartObject();
            json.WriteString("ruleId", finding.Rule.Id);
            json.WriteNumber("ruleIndex", _rules[finding.Rule.Id]);
            json.WriteString("level", Level(finding.Severity));
            WriteText("message", finding.Message.In(culture));
            json.WriteStartArray("locations");
            json.WriteStartObject();
            WriteSource(finding);
            if (finding.Member is not null)
            {
                json.WriteStartArray("logicalLocations");
                json.WriteStartObject();
                json.WriteString("fullyQualifiedName", finding.Member);
                json.WriteString("kind", "member");
                json.WriteEndObject();
                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndArray();
            if (finding.Source is not null)
            {
                json.WriteStartArray("relatedLocations");
                json.WriteStartObject();
                WritePackaged(finding);
                json.WriteEndObject();
                json.WriteEndArray();
            }

            json.WriteStartObject("partialFingerprints");
            json.WriteString("finding/v1", Fingerprint(finding));
            json.WriteEndObject();
            json.WriteStartObject("properties");
            json.WriteString("mend", finding.Rule.Mend.In(culture));
            if (finding.IlOffset is { } offset)
            {
                json.WriteNumber("ilOffset", offset);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        // Where the line is known an editor opens it; the file of the package is told beside it.
        private void WriteSource(AuditFinding finding)
        {
            if (finding.Source is not { } source)
            {
                WritePackaged(finding);
                return;
            }

            json.WriteStartObject("physicalLocation");
            json.WriteStartObject("artifactLocation");
            json.WriteString("uri", Uri.TryCreate(source.File, UriKind.Absolute, out var file) && file.IsFile ? file.AbsoluteUri : string.Join('/', source.File.Split('/', '\\').Select(Uri.EscapeDataString)));
            json.WriteEndObject();
            json.WriteStartObject("region");
            json.WriteNumber("startLine", source.Line);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        private void WritePackaged(AuditFinding finding)
        {
            var index = finding.File is not null && _artifacts.TryGetValue(finding.File, out var at) ? at : 0;
            json.WriteStartObject("physicalLocation");
            json.WriteStartObject("artifactLocation");
            json.WriteString("uri", index == 0 ? package.AbsoluteUri : InPackage(finding.File!));
            json.WriteNumber("index", index);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        private void WriteText(string name, string text)
        {
            json.WriteStartObject(name);
            json.WriteString("text", text);
            json.WriteEndObject();
        }

        private void WriteHash(string sha256)
        {
            json.WriteStartObject("hashes");
            json.WriteString("sha-256", sha256);
            json.WriteEndObject();
        }

        // The same finding in the next version of the package is the same: neither offset nor language counts.
        private static string Fingerprint(AuditFinding finding) =>
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{finding.Rule.Id}\n{finding.File}\n{finding.Message.En}")))[..32];

        private static string InPackage(string path) => "/" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

        private static string Level(AuditSeverity severity) => severity switch { AuditSeverity.Error => "error", AuditSeverity.Warning => "warning", _ => "note" };
    }
}
