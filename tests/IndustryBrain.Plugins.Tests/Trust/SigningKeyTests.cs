using System.Security.Cryptography;
using IndustryBrain.Plugins.Trust;

namespace IndustryBrain.Plugins.Tests.Trust;

public sealed class SigningKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string KeyPath => Path.Combine(_folder.Path, "k.pem");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("geheim")]
    public void Write_ThenRead_IsTheSameKeyForItsOwnerAlone(string? password)
    {
        using var key = SigningKey.Create();

        Assert.Null(key.Write(KeyPath, password));
        Assert.True(SigningKey.Read(KeyPath, password).TryGet(out var read, out _));

        using (read)
        {
            Assert.Equal(key.Public.Id, read.Public.Id);
            Assert.True(key.Public.Verifies("text"u8, read.Sign("text"u8)));
            Assert.False(key.Public.Verifies("texT"u8, read.Sign("text"u8)));
        }

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
        }

        Assert.Equal("IB1182", key.Write(KeyPath, password)?.Code);
    }

    [Fact]
    public void Read_WhatIsNoUsableKey_IsRefused()
    {
        using var key = SigningKey.Create();
        key.Write(KeyPath, "right");
        var publicOnly = _folder.Write("public.pem", key.Public.Pem);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var otherCurve = _folder.Write("p384.pem", p384.ExportPkcs8PrivateKeyPem());
        foreach (var path in new[] { publicOnly, otherCurve })
        {
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal("IB1183", SigningKey.Read(path, null).Failure?.Code);
                File.SetUnixFileMode(path, UnixFileMode.UserRead);
            }

            Assert.Equal("IB1181", SigningKey.Read(path, null).Failure?.Code);
        }

        Assert.Equal("IB1181", SigningKey.Read(KeyPath, "wrong").Failure?.Code);
        Assert.Equal("IB1181", SigningKey.Read(KeyPath, null).Failure?.Code);
        Assert.Equal("IB1181", SigningKey.Read(Path.Combine(_folder.Path, "none.pem"), null).Failure?.Code);
        Assert.Null(PublicKey.FromPem(p384.ExportSubjectPublicKeyInfoPem()));
    }
}
