using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IndustryBrain.Cli.Running;
using IndustryBrain.Plugins;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Developing;

/// <summary>A package under a version of its own: a host keeps versions side by side and refuses other content under one that it has.</summary>
internal static partial class DevPackage
{
    /// <summary>Version of the n-th build of a version that is not released yet: before it in the order of versions.</summary>
    public static string VersionOf(string version, long number)
    {
        var core = version.Split('+')[0];
        return FormattableString.Invariant($"{core}{(core.Contains('-', StringComparison.Ordinal) ? '.' : '-')}dev.{number}");
    }

    /// <summary>True for a version that was made here.</summary>
    public static bool IsDev(string version) => Dev().IsMatch(version);

    /// <summary>The same files under another version; the package has been read before.</summary>
    public static async Task<byte[]> WithVersionAsync(byte[] package, string version, CancellationToken ct)
    {
        await using var source = await ZipArchive.CreateAsync(new MemoryStream(package), ZipArchiveMode.Read, leaveOpen: false, entryNameEncoding: null, ct);
        using var target = new MemoryStream();
        await using (var archive = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct))
        {
            foreach (var entry in source.Entries)
            {
                using var content = new MemoryStream();
                await using (var from = await entry.OpenAsync(ct))
                {
                    await from.CopyToAsync(content, ct);
                }

                // Built again in a moment, and sent to a host that is near: not worth a second of compressing.
                var copy = archive.CreateEntry(entry.FullName, CompressionLevel.Fastest);
                copy.LastWriteTime = entry.LastWriteTime;
                await using var to = await copy.OpenAsync(ct);
                await to.WriteAsync(Rewritten(entry.FullName, content.ToArray(), version), ct);
            }
        }

        return target.ToArray();
    }

    private static byte[] Rewritten(string name, byte[] content, string version)
    {
        if (name == PluginPackage.ManifestName)
        {
            var manifest = JsonNode.Parse(content)!;
            manifest["version"] = version;
            return Encoding.UTF8.GetBytes(manifest.ToJsonString(RelaxedJson.Options));
        }

        return name.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase) && !name.Contains('/', StringComparison.Ordinal)
            ? Encoding.UTF8.GetBytes(NuspecVersion().Replace(Encoding.UTF8.GetString(content), $"<version>{version}</version>", 1))
            : content;
    }

    [GeneratedRegex(@"[-.]dev\.\d+\z")]
    private static partial Regex Dev();

    [GeneratedRegex("<version>[^<]*</version>")]
    private static partial Regex NuspecVersion();
}
