using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Identity.Auditing;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Auditing;

/// <summary>Checks a file of the audit trail where no host is.</summary>
internal static class ExportedTrail
{
    public static async Task<int> VerifyAsync(FileInfo file, FileInfo? key, FileInfo? checkpoints, bool asJson, CancellationToken ct)
    {
        AuditFileReport report;
        try
        {
            await using var stream = file.OpenRead();
            report = await AuditFile.CheckAsync(stream, key is null ? null : await File.ReadAllTextAsync(key.FullName, ct), checkpoints is null ? [] : File.ReadLines(checkpoints.FullName), ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            return Complaint.Write(CliFailures.TrailFileUnreadable(file.FullName, e.Message));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return Complaint.Write(CliFailures.TrailFileUnreadable(key?.FullName ?? file.FullName, e.Message));
        }

        if (asJson)
        {
            Console.Out.WriteLine(HostJson.Write(JsonSerializer.SerializeToElement(report, JsonSerializerOptions.Web)));
        }

        if (report.Fault is { } fault)
        {
            Complaint.Write(CliFailures.TrailFileBroken(report.Seq is { } seq ? $"{file.Name}: {seq}" : file.Name, What(fault)));
            return ExitCode.Faulted;
        }

        if (!asJson)
        {
            Console.Out.WriteLine((new LocalizedText(
                $"{report.Organization}：{report.Records} 条记录，其中 {report.Linked} 条与前一条相接；由密钥 {report.KeyId} 签名{(key is null ? "（文件自带的公钥，未用 --key 核对）" : "")}。",
                $"{report.Organization}: {report.Records} records, of which {report.Linked} follow from the one before; signed by the key {report.KeyId}{(key is null ? " (as the file itself says; check with --key)" : "")}.")).ToString());
        }

        return ExitCode.Success;
    }

    private static LocalizedText What(string fault) => fault switch
    {
        "altered" => new("记录被改动、增删或换了位置", "a record was edited, added, taken out or changed places"),
        "truncated" => new("文件不完整：缺少末尾的签名行", "the file is incomplete: its last line with the signature is missing"),
        "signature" => new("签名不成立", "the signature does not hold"),
        _ => new("与签名检查点不符", "it does not agree with a signed checkpoint"),
    };
}
