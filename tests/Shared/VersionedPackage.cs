using System.IO.Compression;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IndustryBrain.Plugins;

namespace IndustryBrain.Testing;

/// <summary>Packages of one plugin in as many versions as a test needs.</summary>
internal static class VersionedPackage
{
    public const string Id = "Sample.Versioned";
    public const string Component = "versioned.tell";

    private static readonly Lazy<Task<byte[]>> Base = new(PackAsync);

    /// <summary>The package of a version.</summary>
    /// <param name="version">Version; the component answers it.</param>
    /// <param name="hosts">Hosts that it wants to reach over HTTP.</param>
    public static Task<byte[]> OfAsync(string version, params string[] hosts) => OfAsync(version, hosts.Length == 0 ? null : Permission("http", hosts));

    /// <summary>The package of a version that asks for hosts inside the enterprise.</summary>
    public static Task<byte[]> WithPrivateHostsAsync(string version, params string[] hosts) => OfAsync(version, Permission("http.private", hosts));

    /// <summary>The same, of a version that names another vendor.</summary>
    public static Task<byte[]> WithPrivateHostsOfVendorAsync(string version, string vendor, params string[] hosts) => OfAsync(version, Permission("http.private", hosts), vendor);

    /// <summary>The package of a version that asks for secrets.</summary>
    public static Task<byte[]> WithSecretsAsync(string version, params string[] names) => OfAsync(version, Permission("secrets", names));

    /// <summary>The package of a version that names another vendor.</summary>
    public static Task<byte[]> OfVendorAsync(string version, string vendor) => OfAsync(version, permission: null, vendor);

    /// <summary>The package of another plugin that has the same component.</summary>
    public static Task<byte[]> OfRivalAsync(string id) => OfAsync("1.0.0", permission: null, id: id);

    /// <summary>Another version of another package.</summary>
    public static Task<byte[]> OfAsync(byte[] package, string id, string version) => OfAsync(version, permission: null, id: id, package: package);

    private static async Task<byte[]> OfAsync(string version, JsonObject? permission, string? vendor = null, string id = Id, byte[]? package = null)
    {
        using var source = new ZipArchive(new MemoryStream(package ?? await Base.Value));
        using var made = new MemoryStream();
        using (var archive = new ZipArchive(made, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in source.Entries)
            {
                using var content = new MemoryStream();
                await using (var from = await entry.OpenAsync())
                {
                    await from.CopyToAsync(content);
                }

                // Equal content is an equal package, whenever it is made.
                var copy = archive.CreateEntry(entry.FullName);
                copy.LastWriteTime = entry.LastWriteTime;
                await using var to = await copy.OpenAsync();
                await to.WriteAsync(entry.Name switch
                {
                    "version.txt" => Encoding.UTF8.GetBytes(version),
                    "plugin.json" => Manifest(content.ToArray(), id, version, permission, vendor),
                    _ when entry.Name.EndsWith(".nuspec", StringComparison.Ordinal) => Encoding.UTF8.GetBytes(Regex.Replace(Encoding.UTF8.GetString(content.ToArray()), "<version>[^<]*", "<version>" + version).Replace(Id, id, StringComparison.Ordinal)),
                    _ => content.ToArray(),
                });
            }
        }

        return made.ToArray();
    }

    private static byte[] Manifest(byte[] json, string id, string version, JsonObject? permission, string? vendor)
    {
        var manifest = JsonNode.Parse(json)!;
        (manifest["id"], manifest["version"]) = (id, version);
        manifest["vendor"] = vendor ?? (string)manifest["vendor"]!;
        if (permission is not null)
        {
            manifest["permissions"] = new JsonArray(permission.DeepClone());
        }

        return Encoding.UTF8.GetBytes(manifest.ToJsonString());
    }

    private static JsonObject Permission(string capability, string[] targets) => new()
    {
        ["capability"] = capability,
        ["reason"] = new JsonObject { ["zh"] = "读取价格", ["en"] = "Reads prices" },
        ["targets"] = new JsonArray([.. targets.Select(t => (JsonNode)t)]),
    };

    private static async Task<byte[]> PackAsync()
    {
        var folder = typeof(VersionedPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "VersionedFolder").Value!;
        var target = Directory.CreateTempSubdirectory("ib-versioned-");
        try
        {
            var packed = await PluginPacker.PackAsync(folder, target.FullName, CancellationToken.None);
            Assert.True(packed.TryGet(out _, out var failure), $"{failure?.Code} {failure?.Message.En}");
            return await File.ReadAllBytesAsync(target.GetFiles("*.nupkg").Single().FullName);
        }
        finally
        {
            target.Delete(recursive: true);
        }
    }
}
