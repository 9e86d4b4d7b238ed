using IndustryBrain.Plugins.Trust;

namespace IndustryBrain.Plugins.Tests.Trust;

public sealed class RevocationTests : IDisposable
{
    private readonly SignedPackages _packages = new();

    public void Dispose() => _packages.Dispose();

    private void Revoke(string keyId, RevocationReason reason, TimeSpan after, SigningKey signer) =>
        _packages.Write("revocations", $"{Guid.NewGuid():N}.json", KeyStatements.Revoke(new(keyId, reason, SignedPackages.Start + after), signer));

    [Theory]
    [InlineData(RevocationReason.Compromised, false)]
    [InlineData(RevocationReason.Superseded, true)]
    [InlineData(RevocationReason.Ceased, true)]
    public async Task Verify_CounterSignedBeforeItsKeyWasRevoked_CountsUnlessCompromised(RevocationReason reason, bool counts)
    {
        _packages.TrustBoth();
        var countersigned = await _packages.CounterSignedAsync();
        var signed = await _packages.SignAsync(SignedPackages.Unsigned(), _packages.Vendor);
        Revoke(_packages.Vendor.Public.Id, reason, TimeSpan.FromDays(1), _packages.Marketplace);
        _packages.Time.Advance(TimeSpan.FromDays(2));

        var (old, alone, late) = (await _packages.VerifyAsync(countersigned), await _packages.VerifyAsync(signed), await _packages.VerifyAsync(await _packages.CounterSignedAsync()));

        Assert.Equal(counts ? TrustLevel.CounterSigned : TrustLevel.Refused, old.Level);
        Assert.Equal(reason, old.Vendor?.Revocation?.Reason);
        Assert.Equal(["IB1176", "IB1176"], new[] { alone, late }.Select(trust => Assert.Single(trust.Failures).Code));
    }

    [Fact]
    public async Task Verify_RevocationThatIsNotYetEffective_ChangesNothing()
    {
        _packages.TrustBoth();
        Revoke(_packages.Vendor.Public.Id, RevocationReason.Ceased, TimeSpan.FromDays(1), _packages.Vendor);

        Assert.Equal(TrustLevel.KnownVendor, (await _packages.VerifyAsync(await _packages.SignAsync(SignedPackages.Unsigned(), _packages.Vendor))).Level);
    }

    [Fact]
    public async Task Verify_CompromisedMarketplace_IsRefusedAndRevokesNobody()
    {
        _packages.TrustBoth();
        Revoke(_packages.Marketplace.Public.Id, RevocationReason.Compromised, TimeSpan.Zero, _packages.Marketplace);
        Revoke(_packages.Vendor.Public.Id, RevocationReason.Compromised, TimeSpan.Zero, _packages.Marketplace);

        Assert.Equal(TrustLevel.KnownVendor, (await _packages.VerifyAsync(await _packages.SignAsync(SignedPackages.Unsigned(), _packages.Vendor))).Level);
        Assert.Equal("IB1176", Assert.Single((await _packages.VerifyAsync(await _packages.CounterSignedAsync())).Failures).Code);
    }

    [Fact]
    public async Task Verify_SuccessorOfAKnownKey_IsKnownUnlessTheOldOneWasStolen()
    {
        _packages.TrustBoth();
        using var second = SigningKey.Create();
        using var third = SigningKey.Create();
        _packages.Write("successions", "b.json", KeyStatements.Succeed(_packages.Vendor, second.Public, _packages.Time));
        _packages.Write("successions", "a.json", KeyStatements.Succeed(second, third.Public, _packages.Time));
        var signed = await _packages.SignAsync(SignedPackages.Unsigned(), third);
        var strangers = await _packages.SignAsync(SignedPackages.Unsigned(), _packages.Marketplace);

        Assert.Equal("Acme", (await _packages.VerifyAsync(signed)).Vendor?.Name);
        Assert.Equal(TrustLevel.UnknownSigner, (await _packages.VerifyAsync(strangers)).Level);
        Revoke(second.Public.Id, RevocationReason.Compromised, TimeSpan.Zero, second);
        Assert.Equal(TrustLevel.UnknownSigner, (await _packages.VerifyAsync(signed)).Level);
    }

    [Fact]
    public void Read_StatementOfSomebodyWhoMayNot_FailsWhole()
    {
        _packages.TrustBoth();
        using var stranger = SigningKey.Create();
        Revoke(_packages.Vendor.Public.Id, RevocationReason.Compromised, TimeSpan.Zero, stranger);

        Assert.Equal("IB1184", TrustStore.Read(_packages.Folder).Failure?.Code);
    }

    [Theory]
    [InlineData("revocations", "r.json", "{}", "IB1184")]
    [InlineData("successions", "s.json", "[", "IB1184")]
    [InlineData("vendors", "v.pem", "no key", "IB1181")]
    [InlineData("nuget", "n.cer", "no certificate", "IB1181")]
    public void Read_FileThatIsNotWhatItsPlaceSays_FailsWhole(string kind, string name, string content, string code)
    {
        _packages.Write(kind, name, System.Text.Encoding.ASCII.GetBytes(content));

        Assert.Equal(code, TrustStore.Read(_packages.Folder).Failure?.Code);
    }
}
