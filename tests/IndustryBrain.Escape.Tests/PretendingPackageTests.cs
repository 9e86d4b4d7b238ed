using System.IO.Compression;
using System.Reflection;
using System.Text.Json.Nodes;
using IndustryBrain.Plugins;

namespace IndustryBrain.Escape.Tests;

/// <summary>Packages that say of themselves what nobody has checked.</summary>
public sealed class PretendingPackageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ib-pretending-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Package_ThatOnlySaysItIsOfThePlatform_IsRefused()
    {
        var failure = await InstallAsync("IndustryBrain.Weather", manifest => manifest["vendor"] = "IndustryBrain");

        Assert.Equal("IB1185", failure);
    }

    [Theory]
    [InlineData("\u202Eniar Byrtsudni")]
    [InlineData("Industry\u200BBrain")]
    [InlineData("IndustryBra\u0456n")]
    public async Task Vendor_ThatReadsAsAnother_IsRefused(string vendor)
    {
        var failure = await InstallAsync("Acme.Weather", manifest => manifest["vendor"] = vendor);

        Assert.NotNull(failure);
    }

    [Fact]
    public async Task Kind_ThatIsNone_IsRefused()
    {
        var failure = await InstallAsync("Acme.Weather", manifest => manifest["components"]![0]!["kind"] = 7);

        Assert.NotNull(failure);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<string?> InstallAsync(string id, Action<JsonObject> change)
    {
        var metadata = typeof(HostilePlugin).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(a => a.Key, a => a.Value!, StringComparer.Ordinal);
        var output = Path.Combine(metadata["RepositoryRoot"], "tests", "Samples", "Crowd", "bin", metadata["Configuration"], "net10.0");
        Assert.True((await PluginPacker.PackAsync(output, _folder.FullName, Ct)).TryGet(out var path, out var failure), failure?.Message.En);
        using var changed = new MemoryStream();
        using (var from = ZipFile.OpenRead(path))
        using (var to = new ZipArchive(changed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in from.Entries.Where(e => !e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)))
            {
                using var content = entry.Open();
                using var target = to.CreateEntry(entry.FullName).Open();
                if (entry.FullName == "plugin.json")
                {
                    var manifest = JsonNode.Parse(content)!.AsObject();
                    manifest["id"] = id;
                    change(manifest);
                    await target.WriteAsync(System.Text.Encoding.UTF8.GetBytes(manifest.ToJsonString()), Ct);
                }
                else
                {
                    await content.CopyToAsync(target, Ct);
                }
            }
        }

        changed.Position = 0;
        return (await new PluginInstaller(new PluginOptions { Folder = Path.Combine(_folder.FullName, "installed") }).InstallAsync(changed, Ct)).Failure?.Code;
    }
}
