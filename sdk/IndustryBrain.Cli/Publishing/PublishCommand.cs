using System.CommandLine;
using System.IO.Compression;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Cli.Packing;
using IndustryBrain.Cli.Validating;
using NuGet.Packaging;
using NuGet.Packaging.Core;

namespace IndustryBrain.Cli.Publishing;

/// <summary><c>brain publish</c>: a package goes to a feed, after the audit that it will meet there.</summary>
internal static class PublishCommand
{
    private const string ScenarioType = "IbScenario";
    private const int DefaultTimeout = 300;

    public static Command Create()
    {
        var package = new Argument<string>("package-or-project") { Description = "包 .nupkg、项目 .csproj 或项目文件夹。A package, a project, or the folder of a project." };
        var source = new Option<string>("--source") { Description = "NuGet v3 源的地址、nuget.config 里的名称，或文件夹。Address of a NuGet v3 feed, its name in nuget.config, or a folder.", Required = true };
        var keyFile = new Option<string?>("--key-file") { Description = $"存有 API 密钥的文件，- 为标准输入；默认取自 {HostOptions.KeyVariable}，再取自 nuget.config。File with the API key, - for standard input; default: {HostOptions.KeyVariable}, then nuget.config." };
        var timeout = new Option<int>("--timeout") { Description = "等待应答的秒数。Seconds to wait for an answer.", DefaultValueFactory = _ => DefaultTimeout };
        var noAudit = new Option<bool>("--no-audit") { Description = "审核有错误也发布。Publishes in spite of errors of the audit." };
        var command = new Command("publish", "审核后发布到源。Audits a package and publishes it to a feed.") { package, source, keyFile, timeout, noAudit };
        command.SetAction(async (parsed, ct) =>
        {
            if (!PackageFeed.Find(parsed.GetRequiredValue(source), Environment.CurrentDirectory).TryGet(out var feed, out var failure)
                || !(await ApiKey.ReadAsync(parsed.GetValue(keyFile), HostOptions.KeyVariable, ct)).TryGet(out var key, out failure))
            {
                return Complaint.Write(failure);
            }

            return await ProjectPackage.UseAsync(parsed.GetRequiredValue(package), path => PublishAsync(feed, path, key, TimeSpan.FromSeconds(parsed.GetRequiredValue(timeout)), !parsed.GetValue(noAudit), ct), ct);
        });
        return command;
    }

    private static async Task<int> PublishAsync(PackageFeed feed, string path, string key, TimeSpan timeout, bool isAudited, CancellationToken ct)
    {
        if (Read(path) is not { } read)
        {
            return Complaint.Write(!File.Exists(path) ? CliFailures.FileNotReadable(path) : LacksNuspec(path) ? CliFailures.NuspecMissing(path) : CliFailures.NotANuGetPackage(path));
        }

        // A scenario has no code to audit.
        if (isAudited && !read.IsScenario && await PackageReport.ErrorsAsync(path, ct) is > 0 and var errors)
        {
            Complaint.Write(CliFailures.AuditFailed(Path.GetFileName(path), errors));
            return ExitCode.Faulted;
        }

        if (await feed.PushAsync(path, read.Identity, key, timeout, ct) is { } failure)
        {
            return Complaint.Write(failure);
        }

        Console.Out.WriteLine($"{read.Identity.Id} {read.Identity.Version.ToNormalizedString()}");
        return ExitCode.Success;
    }

    private static bool LacksNuspec(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            return !archive.Entries.Any(entry => !entry.FullName.Contains('/', StringComparison.Ordinal) && entry.FullName.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return false;
        }
    }

    private static (PackageIdentity Identity, bool IsScenario)? Read(string path)
    {
        try
        {
            using var package = new PackageArchiveReader(path);
            return (package.GetIdentity(), package.NuspecReader.GetPackageTypes().Any(type => type.Name == ScenarioType));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or PackagingException or ArgumentException)
        {
            return null;
        }
    }
}
