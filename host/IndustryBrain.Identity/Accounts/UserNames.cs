using System.Globalization;
using System.Text;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Identity;

namespace IndustryBrain.Identity.Accounts;

/// <summary>How user names look and are compared: two that read alike by width or case are one (NFKC, upper case).</summary>
public static class UserNames
{
    internal const int Shortest = 2;
    internal const int Longest = 64;
    private const string Signs = "-_.@+";

    /// <summary>The form in which names are compared: <c>Ａdmin</c> and <c>admin</c> have the same.</summary>
    public static string Fold(string? name)
    {
        var text = name ?? "";
        // Half a character has no form; it is refused where accounts are made, and found nowhere.
        return IsWhole(text) ? text.Trim().Normalize(NormalizationForm.FormKC).ToUpperInvariant().Normalize(NormalizationForm.FormKC) : "";
    }

    /// <summary>IB4028 when the text cannot be a user name.</summary>
    internal static Failure? Check(string? name)
    {
        var folded = Fold(name);
        return folded.Length is >= Shortest and <= Longest && name!.Length <= Longest && folded.EnumerateRunes().All(IsAllowed) ? null : SignInFailures.UserNameInvalid;
    }

    private static bool IsAllowed(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        || (rune.IsAscii && Signs.Contains((char)rune.Value, StringComparison.Ordinal));

    private static bool IsWhole(string text) => text.EnumerateRunes().All(r => r != Rune.ReplacementChar);

    internal sealed class Validator : IUserValidator<Account>
    {
        public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user) =>
            Task.FromResult(Check(user.UserName) is { } flaw ? IdentityResult.Failed(new IdentityError { Code = flaw.Code, Description = flaw.Message.En }) : IdentityResult.Success);
    }

    internal sealed class Normalizer : ILookupNormalizer
    {
        public string? NormalizeName(string? name) => name is null ? null : Fold(name);

        public string? NormalizeEmail(string? email) => NormalizeName(email);
    }
}
