using System.Text;
using IndustryBrain.Plugins.Installing;
using IndustryBrain.Plugins.Tests.Installing;
using IndustryBrain.Plugins.Trust;

namespace IndustryBrain.Plugins.Tests.Trust;

public sealed class SignatureTests : IDisposable
{
    private readonly SignedPackages _packages = new();

    public void Dispose() => _packages.Dispose();

    [Fact]
    public async Task Verify_ByWhatIsKnown_Rises()
    {
        var (unsigned, signed, countersigned) = (SignedPackages.Unsigned(), await _packages.SignAsync(SignedPackages.Unsigned(), _packages.Vendor), await _packages.CounterSignedAsync());

        var stranger = await _packages.VerifyAsync(signed);
        _packages.TrustBoth();

        Assert.Equal((TrustLevel.UnknownSigner, "IB1177"), (stranger.Level, stranger.Lacks(TrustLevel.KnownVendor)?.Code));
        Assert.Equal(TrustLevel.Unsigned, (await _packages.VerifyAsync(unsigned)).Level);
        Assert.Equal("IB1178", (await _packages.VerifyAsync(unsigned)).Lacks(TrustLevel.KnownVendor)?.Code);
        Assert.Equal("IB1178", (await _packages.VerifyAsync(signed)).Lacks(TrustLevel.CounterSigned)?.Code);
        var trust = await _packages.VerifyAsync(countersigned);
        Assert.Equal((TrustLevel.CounterSigned, "Acme", "Market", SignedPackages.Start), (trust.Level, trust.Vendor?.Name, trust.Marketplace?.Name, trust.Vendor!.SignedAt));
        Assert.Null(trust.Lacks(TrustLevel.CounterSigned));
    }

    [Fact]
    public async Task Sign_RealPackage_LeavesItsBytesAndInstalls()
    {
        var ct = TestContext.Current.CancellationToken;
        var unsigned = await File.ReadAllBytesAsync(Built.ForecastingPackage, ct);
        using var folder = new TemporaryFolder();

        using var signed = await _packages.SignAsync(new MemoryStream(unsigned), _packages.Vendor);
        using var again = await _packages.SignAsync(new MemoryStream(unsigned), _packages.Vendor);
        var (first, second) = (await _packages.VerifyAsync(signed), await _packages.VerifyAsync(again));
        signed.Position = 0;
        var installed = await new PluginInstaller(new PluginOptions { Folder = folder.Path }).InstallAsync(signed, replace: false, isVouched: true, ct);

        Assert.True(ZipStructure.Read(new MemoryStream(unsigned), 100).TryGet(out var structure, out _));
        var entries = (int)structure.DirectoryOffset;
        Assert.Equal(unsigned[..entries], signed.ToArray()[..entries]);
        Assert.Equal(first.Vendor!.ContentSha512, second.Vendor!.ContentSha512);
        Assert.Equal(first.Sha256, installed.TryGet(out var plugin, out _) ? plugin.Sha256 : null);
        Assert.False(Directory.Exists(Path.Combine(plugin!.Folder, "signature")));
    }

    [Fact]
    public async Task Verify_ChangedSinceItWasSigned_IsRefusedWithItsCode()
    {
        var signed = await _packages.SignAsync(SignedPackages.Unsigned(("plugin/net10.0/data.txt", Encoding.ASCII.GetBytes("a,b"))), _packages.Vendor);
        var other = await _packages.SignAsync(Packages.With(Packages.Manifest.Replace("1.0.0", "2.0.0", StringComparison.Ordinal)), _packages.Vendor);
        var othersSignature = Files(other);
        var changes = new (string Code, MemoryStream Package)[]
        {
            ("IB1170", SignedPackages.Repack(signed, (name, content) => name == "signature/vendor.sig" ? null : content)),
            ("IB1170", SignedPackages.Repack(signed, (name, content) => name == "signature/vendor.json" ? null : content)),
            ("IB1170", SignedPackages.Repack(signed, (name, content) => name == "signature/vendor.json" ? "{}"u8.ToArray() : content)),
            ("IB1171", SignedPackages.Repack(signed, (name, content) => name.EndsWith("data.txt", StringComparison.Ordinal) ? "a,c"u8.ToArray() : content)),
            ("IB1172", SignedPackages.Repack(signed, (name, content) => name.EndsWith("data.txt", StringComparison.Ordinal) ? null : content)),
            ("IB1172", SignedPackages.Repack(signed, (_, content) => content, ("plugin/net10.0/more.dll", [1]))),
            ("IB1172", SignedPackages.Repack(signed, (_, content) => content, ("signature/other.json", [1]))),
            ("IB1173", SignedPackages.Repack(signed, (_, content) => content)),
            ("IB1174", SignedPackages.Repack(signed, (name, content) => name == "signature/vendor.json" ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content).Replace("2026-01-01", "2027-01-01", StringComparison.Ordinal)) : content)),
            ("IB1175", SignedPackages.Repack(signed, (name, content) => othersSignature.TryGetValue(name, out var stolen) && name.StartsWith("signature/", StringComparison.Ordinal) ? stolen : content)),
        };

        foreach (var (code, package) in changes)
        {
            var trust = await _packages.VerifyAsync(package);
            using var folder = new TemporaryFolder();
            package.Position = 0;
            var installed = await new PluginInstaller(new PluginOptions { Folder = folder.Path }).InstallAsync(package, TestContext.Current.CancellationToken);

            Assert.Equal((TrustLevel.Refused, code, code), (trust.Level, Assert.Single(trust.Failures).Code, installed.Failure?.Code));
            Assert.Empty(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
        }
    }

    [Fact]
    public async Task Verify_AnyFlippedByte_IsNeverTrusted()
    {
        _packages.TrustBoth();
        var bytes = (await _packages.CounterSignedAsync()).ToArray();

        // Every 7th byte: headers, names, content, signatures and directory all get their share.
        for (var i = 0; i < bytes.Length; i += 7)
        {
            var changed = (byte[])bytes.Clone();
            changed[i] ^= 0x10;
            var trust = await _packages.VerifyAsync(new MemoryStream(changed));

            // Times and attributes in the directory are nobody's content: what is installed is the same.
            Assert.True(trust.Level == TrustLevel.Refused || trust.Level == TrustLevel.CounterSigned, $"byte {i}: {trust.Level}");
        }
    }

    [Fact]
    public async Task Sign_Twice_IsRefused()
    {
        var signed = await _packages.CounterSignedAsync();

        var again = await PackageSigning.SignAsync(signed, _packages.Vendor, SignatureRole.Vendor, _packages.Time, new MemoryStream(), TestContext.Current.CancellationToken);

        Assert.Equal(("IB1180", "signature/marketplace.json"), (again?.Code, again?.Where));
    }

    [Fact]
    public async Task Verify_NuGetAuthorSignature_IsAcceptedWhenItsCertificateIsTrusted()
    {
        var package = Path.Combine(_packages.Folder, "p.nupkg");
        File.Copy(Built.ForecastingPackage, package);
        var certificate = await NuGetSigning.SignAsync(package, _packages.Folder);
        _packages.Time.SetUtcNow(certificate.NotBefore.ToUniversalTime().AddHours(1));

        var unknown = await _packages.VerifyAsync(new MemoryStream(await File.ReadAllBytesAsync(package, TestContext.Current.CancellationToken)));
        _packages.Write("nuget", "Acme.cer", certificate.RawData);
        var bytes = await File.ReadAllBytesAsync(package, TestContext.Current.CancellationToken);
        var known = await _packages.VerifyAsync(new MemoryStream(bytes));
        var changed = await _packages.VerifyAsync(SignedPackages.Repack(new MemoryStream(bytes), (name, content) => name == "plugin.json" ? [.. content, (byte)' '] : content));
        var signedOver = await PackageSigning.SignAsync(new MemoryStream(bytes), _packages.Vendor, SignatureRole.Vendor, _packages.Time, new MemoryStream(), TestContext.Current.CancellationToken);
        _packages.Time.SetUtcNow(certificate.NotAfter.ToUniversalTime().AddDays(1));
        var expired = await _packages.VerifyAsync(new MemoryStream(bytes));

        Assert.Equal((TrustLevel.UnknownSigner, null), (unknown.Level, unknown.Author?.Name));
        Assert.Equal((TrustLevel.KnownVendor, "Acme"), (known.Level, known.Author?.Name));
        Assert.Equal("IB1179", Assert.Single(changed.Failures).Code);
        Assert.Equal("IB1180", signedOver?.Code);
        Assert.Equal(TrustLevel.UnknownSigner, expired.Level);
    }

    private static Dictionary<string, byte[]> Files(Stream package)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        SignedPackages.Repack(package, (name, content) => files[name] = content).Dispose();
        return files;
    }
}
