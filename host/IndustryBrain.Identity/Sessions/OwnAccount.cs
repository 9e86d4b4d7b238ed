using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Passkeys;
using IndustryBrain.Identity.Providers;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using IndustryBrain.Storage.Auditing;

namespace IndustryBrain.Identity.Sessions;

/// <summary>What a person changes of what lets them in; the session in which they do goes on, their others end.</summary>
internal sealed class OwnAccount(AccountRegister accounts, SecondFactors factors, ExternalLogins logins, PasskeyStore passkeys, SessionReader reader, TimeProvider time)
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

    /// <summary>Lets the person in by who they are at a provider from now on.</summary>
    internal async Task<Failure?> LinkAsync(LiveSession live, ExternalIdentity identity, string provider, string label, CancellationToken ct)
    {
        if (!await logins.LinkAsync(identity, live.Account.Id, provider, label, RecordOf(live, "account.link", provider), ct)) return ProviderFailures.LinkedToOther;
        await EndOthersAsync(live, ct);
        return null;
    }

    /// <summary>Lets the person in by that no more. Refused: their only way in (IB4106).</summary>
    internal async Task<Failure?> UnlinkAsync(LiveSession live, string provider, CancellationToken ct)
    {
        if (!await HasOtherWayAsync(live, provider, ct)) return ProviderFailures.LastWayIn;
        if (await logins.UnlinkAsync(live.Account.Id, provider, RecordOf(live, "account.unlink", provider), ct)) await EndOthersAsync(live, ct);
        return null;
    }

    private async Task<bool> HasOtherWayAsync(LiveSession live, string provider, CancellationToken ct) =>
        live.Account.PasswordHash is not null || (await logins.OfPersonAsync(live.Account.Id, ct)).Any(l => l.Provider != provider) || await passkeys.AnyAsync(live.Account.Id, ct);

    private async Task EndOthersAsync(LiveSession live, CancellationToken ct)
    {
        await accounts.RenewStampAsync(live.Account.Id, (session, account) => PersonSessions.Keep(live, session, account, hasFactor: false), ct);
        reader.Forget();
    }

    private AuditRecord RecordOf(LiveSession live, string action, string label) => Audit.Compose(time.GetUtcNow(), PersonSignIn.CallerOf(live), action, "account", live.Account.Id, label);

    /// <summary>Makes recovery codes anew.</summary>
    internal Task<IReadOnlyList<string>> RenewCodesAsync(LiveSession live, CancellationToken ct) =>
        factors.RenewRecoveryCodesAsync(live.Account.Id, Audit.Compose(time.GetUtcNow(), PersonSignIn.CallerOf(live), "factor.renew-codes", "account", live.Account.Id), ct);
}
