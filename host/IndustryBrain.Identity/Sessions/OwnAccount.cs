using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Identity.Sessions;

/// <summary>What a person changes of what lets them in; the session in which they do goes on, their others end.</summary>
internal sealed class OwnAccount(AccountRegister accounts, SecondFactors factors, SessionReader reader, TimeProvider time)
{
    /// <summary>Changes the password.</summary>
    internal async Task<Failure?> ChangePasswordAsync(LiveSession live, string present, string password, string again, CancellationToken ct)
    {
        if (password != again) return SignInFailures.PasswordsDiffer;
        var changed = await accounts.ChangePasswordAsync(PersonSignIn.CallerOf(live), live.Account.Id, present, password, (session, account) => PersonSessions.Keep(live, session, account, hasFactor: false), ct);
        reader.Forget();
        return changed.Failure;
    }

    /// <summary>Takes the second factor into use whose secret was shown.</summary>
    /// <returns>Recovery codes, which are shown once; or IB4023, IB4044.</returns>
    internal async Task<Result<IReadOnlyList<string>>> SetUpFactorAsync(LiveSession live, string code, CancellationToken ct)
    {
        var made = await factors.ConfirmAsync(live.Account.Id, code, Audit.Compose(time.GetUtcNow(), PersonSignIn.CallerOf(live), "factor.set-up", "account", live.Account.Id), ct);
        if (made.Failure is null) await accounts.RenewStampAsync(live.Account.Id, (session, account) => PersonSessions.Keep(live, session, account, hasFactor: true), ct);
        reader.Forget();
        return made;
    }

    /// <summary>Makes recovery codes anew.</summary>
    internal Task<IReadOnlyList<string>> RenewCodesAsync(LiveSession live, CancellationToken ct) =>
        factors.RenewRecoveryCodesAsync(live.Account.Id, Audit.Compose(time.GetUtcNow(), PersonSignIn.CallerOf(live), "factor.renew-codes", "account", live.Account.Id), ct);
}
