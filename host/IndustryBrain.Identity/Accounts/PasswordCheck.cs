using System.Text;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.Accounts;

/// <summary>Judges a new password: each rule has its code.</summary>
internal sealed class PasswordCheck(IOptions<PasswordPolicy> options, IPasswordHasher<Account> hasher, IEnumerable<IBreachedPasswords> breached) : IPasswordValidator<Account>
{
    private const int ShortestWord = 4;
    private const int KindsNeeded = 3;
    private static readonly string[] OurWords = ["industrybrain", "行业大脑"];

    // What Identity asks before it takes a password; those who want to know why ask FindFlawAsync.
    public async Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) =>
        await FindFlawAsync(user, password ?? "", CancellationToken.None) is { } flaw ? IdentityResult.Failed(new IdentityError { Code = flaw.Code, Description = flaw.Message.En }) : IdentityResult.Success;

    /// <summary>Why the account cannot have this password, or null.</summary>
    internal async ValueTask<Failure?> FindFlawAsync(Account account, string password, CancellationToken ct)
    {
        var policy = options.Value;
        var length = password.EnumerateRunes().Count();
        if (length < policy.MinLength) return SignInFailures.PasswordShort(policy.MinLength);
        if (length > policy.MaxLength) return SignInFailures.PasswordLong(policy.MaxLength);
        if (policy.Policy == PasswordRules.Mlps3 && Kinds(password) < KindsNeeded) return SignInFailures.PasswordKinds;
        if (Words(account, policy).FirstOrDefault(w => password.Contains(w, StringComparison.OrdinalIgnoreCase)) is { } word) return SignInFailures.PasswordWord(word);
        if (CommonPasswords.Contains(password)) return SignInFailures.PasswordCommon;
        foreach (var known in breached)
        {
            if (await known.ContainsAsync(password, ct)) return SignInFailures.PasswordBreached;
        }

        return WasUsed(account, password, policy.History) ? SignInFailures.PasswordUsed(policy.History) : null;
    }

    private bool WasUsed(Account account, string password, int most) => new[] { account.PasswordHash }.Concat(account.FormerPasswords).OfType<string>().Take(most)
        .Any(hash => hasher.VerifyHashedPassword(account, hash, password) != PasswordVerificationResult.Failed);

    private static IEnumerable<string> Words(Account account, PasswordPolicy policy) =>
        OurWords.Concat(policy.Words).Concat(account.UserName.Split('@', '.', '-', '_', '+')).Append(account.UserName).Concat(account.Name.Split(' '))
            .Where(w => w.Length >= ShortestWord || w.Any(c => c > 0xFF && w.Length >= 2));

    private static int Kinds(string password)
    {
        var (upper, lower, digit, other) = (false, false, false, false);
        foreach (var rune in password.EnumerateRunes())
        {
            if (Rune.IsUpper(rune)) upper = true;
            else if (Rune.IsLower(rune)) lower = true;
            else if (Rune.IsDigit(rune)) digit = true;
            else other = true;
        }

        return (upper ? 1 : 0) + (lower ? 1 : 0) + (digit ? 1 : 0) + (other ? 1 : 0);
    }
}
