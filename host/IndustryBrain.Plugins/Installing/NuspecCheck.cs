using System.IO.Compression;
using System.Xml;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Plugins.Installing;

/// <summary>What NuGet knows a package as must be what the platform knows it as.</summary>
internal static class NuspecCheck
{
    private const int MaxBytes = 1 << 20;
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, Async = true, MaxCharactersInDocument = MaxBytes };

    /// <summary>IB1175 when a <c>.nuspec</c> at the root names another id or version than the manifest.</summary>
    public static async Task<Failure?> CheckAsync(ZipArchive archive, PluginManifest manifest, CancellationToken ct)
    {
        foreach (var entry in archive.Entries.Where(entry => !entry.FullName.Contains('/', StringComparison.Ordinal) && entry.FullName.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase)))
        {
            var (id, version) = await ReadAsync(entry, ct).ConfigureAwait(false);
            if (!string.Equals(id, manifest.Id, StringComparison.OrdinalIgnoreCase) || !string.Equals(version?.Split('+')[0], manifest.Version, StringComparison.OrdinalIgnoreCase))
            {
                return TrustFailures.OtherIdentity(entry.FullName, $"{id} {version}", $"{manifest.Id} {manifest.Version}");
            }
        }

        return null;
    }

    private static async Task<(string? Id, string? Version)> ReadAsync(ZipArchiveEntry entry, CancellationToken ct)
    {
        string? id = null, version = null;
        try
        {
            await using var content = await entry.OpenAsync(ct).ConfigureAwait(false);
            using var reader = XmlReader.Create(content, Settings);
            await reader.ReadAsync().ConfigureAwait(false);
            while (!reader.EOF)
            {
                if (reader is { NodeType: XmlNodeType.Element, Depth: 2, LocalName: "id" or "version" })
                {
                    (id, version) = reader.LocalName == "id" ? (await reader.ReadElementContentAsStringAsync().ConfigureAwait(false), version) : (id, await reader.ReadElementContentAsStringAsync().ConfigureAwait(false));
                }
                else
                {
                    await reader.ReadAsync().ConfigureAwait(false);
                }
            }
        }
        catch (XmlException)
        {
            // What it names cannot be known: it names another.
        }

        return (id?.Trim(), version?.Trim());
    }
}
