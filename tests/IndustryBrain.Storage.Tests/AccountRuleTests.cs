using System.Text;
using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Storage.Tests;

/// <summary>The rules of passwords, names, codes and return addresses.</summary>
public sealed class AccountRuleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Short-1", "IB4030")]
    [InlineData("alllowercase-words", "IB4032")]
    [InlineData("Password1234!", "IB4033")]
    [InlineData("!!Football-2026", "IB4033")]
    [InlineData("Aa1!Aa1!Aa1!", "IB4033")]
    [InlineData("IndustryBrain-2026", "IB4034")]
    [InlineData("x7-Zhoumin-Kranich", "IB4034")]
    [InlineData("Werk-Chongqing-7x", "IB4034")]
    [InlineData("Leaked-Kranich-7", "IB4036")]
    [InlineData("Kranich-steht-7", null)]
    [InlineData("起重机在东码头-Nine9", null)]
    public async Task Password_AgainstTheRules_HasItsCode(string password, string? code) => Assert.Equal(code, (await Check(PasswordRules.Mlps3).FindFlawAsync(NewAccount(), password, Ct))?.Code);

    [Theory]
    [InlineData("four words that nobody says", null)]
    [InlineData("tooshort", "IB4030")]
    public async Task Password_AsPassphrase_NeedsLengthAlone(string password, string? code) => Assert.Equal(code, (await Check(PasswordRules.Passphrase).FindFlawAsync(NewAccount(), password, Ct))?.Code);

    [Fact]
    public async Task Password_TooLong_HasItsCode() => Assert.Equal("IB4031", (await Check(PasswordRules.Mlps3).FindFlawAsync(NewAccount(), string.Concat(Enumerable.Range(0, 129).Select(i => (char)('A' + i % 50))), Ct))?.Code);

    [Theory]
    [InlineData("Ａdmin", "admin", true)]
    [InlineData("STRASSE", "strasse", true)]
    [InlineData("李工", "李工", true)]
    [InlineData("li", "1i", false)]
    public void UserName_ByWidthAndCase_IsOne(string one, string other, bool isSame) => Assert.Equal(isSame, UserNames.Fold(one) == UserNames.Fold(other));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a\u200Bb")]
    [InlineData("a\uD800b")]
    public void UserName_OfAnotherForm_IsRefused(string name) => Assert.Equal("IB4028", UserNames.Check(name)?.Code);

    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void TimeCode_OfTheStandard_IsAsPublished(long seconds, string code)
    {
        var secret = Encoding.ASCII.GetBytes("12345678901234567890");
        var now = DateTimeOffset.FromUnixTimeSeconds(seconds);
        var step = TimeCodes.StepOf(now);

        Assert.Equal(code, TimeCodes.Code(secret, step, digits: 8));
        Assert.Equal([null, step - 1, step, step + 1, null], Enumerable.Range(-2, 5).Select(aside => TimeCodes.FindStep(secret, TimeCodes.Code(secret, step + aside), now)));
    }

    [Fact]
    public void FactorKey_CipherOfAnother_DoesNotOpen()
    {
        var folder = Directory.CreateTempSubdirectory("ib-factor-");
        var key = new FactorKey(Options.Create(new Identity.SignIn.SignInOptions { Folder = folder.FullName }));
        var secret = SecondFactors.NewSecret();

        var stored = key.Encrypt(secret, "u-1");

        Assert.True(key.Decrypt(stored, "u-1").TryGet(out var opened, out _));
        Assert.Equal(secret, opened);
        Assert.Equal("IB4026", key.Decrypt(stored, "u-2").Failure?.Code);
        Assert.Equal(-1, stored.AsSpan().IndexOf(secret));
        folder.Delete(recursive: true);
    }

    private static Account NewAccount() => new("u-1", "zhoumin@works.cn", "周敏", DateTimeOffset.UnixEpoch);

    private static PasswordCheck Check(PasswordRules rules) =>
        new(Options.Create(new PasswordPolicy { Policy = rules, Words = ["Chongqing"] }), new PasswordHasher<Account>(), [new Leaked()]);

    private sealed class Leaked : IBreachedPasswords
    {
        public ValueTask<bool> ContainsAsync(string password, CancellationToken cancellationToken) => ValueTask.FromResult(password.StartsWith("Leaked", StringComparison.Ordinal));
    }
}
