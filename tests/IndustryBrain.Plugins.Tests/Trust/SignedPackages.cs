using System.IO.Compression;
using IndustryBrain.Plugins.Tests.Installing;
using IndustryBrain.Plugins.Trust;
using Microsoft.Extensions.Time.Testing;

namespace IndustryBrain.Plugins.Tests.Trust;

/// <summary>Signed packages, a folder of trust, and a clock.</summary>
internal sealed class SignedPackages : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    public FakeTimeProvider Time { get; } = new(Start);

    public SigningKey Vendor { get; } = SigningKey.Create();

    public SigningKey Marketplace { get; } = SigningKey.Create();

    public static MemoryStream Unsigned(params (string Name, byte[] Content)[] entries) => Packages.With(Packages.Manifest, entries);

    public string Folder => _folder.Path;

    public async Task<MemoryStream> SignAsync(Stream package, SigningKey key, SignatureRole role = SignatureRole.Vendor)
    {
        var signed = new MemoryStream();
        Assert.Null(await PackageSigning.SignAsync(package, key, role, Time, signed, TestContext.Current.CancellationToken));
        signed.Position = 0;
        return signed;
    }

    public async Task<MemoryStream> CounterSignedAsync() => await SignAsync(await SignAsync(Unsigned(), Vendor), Marketplace, SignatureRole.Marketplace);

    public void Trust(string kind, string name, PublicKey key) => Write(kind, name + ".pem", System.Text.Encoding.ASCII.GetBytes(key.Pem));

    public void TrustBoth()
    {
        Trust("vendors", "Acme", Vendor.Public);
        Trust("marketplaces", "Market", Marketplace.Public);
    }

    public void Write(string kind, string name, byte[] content)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, kind));
        File.WriteAllBytes(Path.Combine(_folder.Path, kind, name), content);
    }

    public async Task<PackageTrust> VerifyAsync(Stream package)
    {
        Assert.True(TrustStore.Read(_folder.Path).TryGet(out var store, out var failure), failure?.Message.En);
        return await new PackageVerifier(store, Time, new PluginOptions()).VerifyAsync(package, TestContext.Current.CancellationToken);
    }

    /// <summary>Packs the same files anew, each changed, dropped (null) or kept.</summary>
    public static MemoryStream Repack(Stream package, Func<string, byte[], byte[]?> change, params (string Name, byte[] Content)[] more)
    {
        var target = new MemoryStream();
        using (var from = new ZipArchive(package, ZipArchiveMode.Read, leaveOpen: true))
        using (var to = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            var files = from.Entries.Select(entry => (entry.FullName, change(entry.FullName, Content(entry))));
            foreach (var (name, content) in files.Concat(more.Select(entry => (entry.Name, (byte[]?)entry.Content))))
            {
                if (content is not null)
                {
                    using var stream = to.CreateEntry(name, CompressionLevel.NoCompression).Open();
                    stream.Write(content);
                }
            }
        }

        target.Position = 0;
        return target;
    }

    public void Dispose()
    {
        Vendor.Dispose();
        Marketplace.Dispose();
        _folder.Dispose();
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}
