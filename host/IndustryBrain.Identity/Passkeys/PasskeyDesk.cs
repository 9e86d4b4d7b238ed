using System.Net;
using System.Security.Cryptography;
using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Naming;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Providers;
using IndustryBrain.Identity.Sessions;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Marten;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SignInOptions = IndustryBrain.Identity.SignIn.SignInOptions;

namespace IndustryBrain.Identity.Passkeys;

/// <summary>What a page gives to an authenticator.</summary>
/// <param name="Options">What the browser's API takes, JSON.</param>
/// <param name="State">What comes back with the answer: protected, and used once.</param>
public sealed record PasskeyRequest(string Options, string State);

/// <summary>Passkeys: people add and remove theirs, and come in with one. Whoever has one unlocked it (user verification is required), so it stands for both factors.</summary>
internal sealed class PasskeyDesk(
    IPasskeyHandler<Account> handler, PasskeyStore store, SecondFactors factors, ExternalLogins logins, MembershipStore memberships, PersonSignIn signIn,
    SessionStore sessions, SessionReader reader, AuditTrail trail, IDataProtectionProvider protection, IOptions<SignInOptions> options, TimeProvider time)
{
    internal static readonly TimeSpan StateTime = TimeSpan.FromMinutes(10);
    private readonly ITimeLimitedDataProtector _states = protection.CreateProtector("IndustryBrain.SignIn.Passkey").ToTimeLimitedDataProtector();

    /// <summary>True where browsers have passkeys: under a name, over TLS or on this machine.</summary>
    internal bool IsOffered(HttpContext context) =>
        (options.Value.PasskeyDomain is not null || !IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out _)) && (context.Request.IsHttps || context.Request.Host.Host is "localhost" || context.Request.Host.Host.EndsWith(".localhost", StringComparison.Ordinal));

    /// <summary>For an authenticator that is to make a passkey.</summary>
    internal async Task<PasskeyRequest> AskToMakeAsync(HttpContext context, Account account)
    {
        var made = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = account.Id, Name = account.UserName, DisplayName = account.Name }, context);
        return new(made.CreationOptionsJson, Protect(account.Id, made.AttestationState));
    }

    /// <summary>For an authenticator that is to show one; whoever's it is.</summary>
    internal async Task<PasskeyRequest> AskToShowAsync(HttpContext context)
    {
        var made = await handler.MakeRequestOptionsAsync(null, context);
        return new(made.RequestOptionsJson, Protect("", made.AssertionState));
    }

    /// <summary>Adds a passkey that was just made. Refused: the answer (IB4110, IB4111), a name (IB4064), as many as may be (IB4112).</summary>
    internal async Task<Failure?> AddAsync(HttpContext context, LiveSession live, string credential, string state, string name, CancellationToken ct)
    {
        if (!DisplayName.Read(name, "name").TryGet(out var read, out var failure)) return failure;
        if ((await store.OfPersonAsync(live.Account.Id, ct)).Count >= options.Value.MaxPasskeys) return PasskeyFailures.TooMany(options.Value.MaxPasskeys);
        if (await OpenAsync(state, live.Account.Id, ct) is not { } attestation) return PasskeyFailures.Expired;
        var made = await handler.PerformAttestationAsync(new() { HttpContext = context, CredentialJson = credential, AttestationState = attestation });
        if (!made.Succeeded || made.UserEntity.Id != live.Account.Id || !made.Passkey.IsUserVerified) return PasskeyFailures.Refused;
        var passkey = Passkey.Of(made.Passkey, live.Account.Id, read);
        await store.ChangeAsync(PersonSignIn.CallerOf(live), "passkey.add", passkey, s => s.Insert(passkey), (s, account) => PersonSessions.Keep(live, s, account, hasFactor: true), ct);
        reader.Forget();
        return null;
    }

    /// <summary>Removes a passkey. Refused: none of the person's (IB4114), their only way in (IB4106), their last factor where their role needs one (IB4113).</summary>
    internal async Task<Failure?> RemoveAsync(LiveSession live, string id, CancellationToken ct)
    {
        var all = await store.OfPersonAsync(live.Account.Id, ct);
        if (all.FirstOrDefault(p => p.Id == id) is not { } passkey) return PasskeyFailures.Unknown;
        if (all.Count == 1 && live.Account.PasswordHash is null && (await logins.OfPersonAsync(live.Account.Id, ct)).Count == 0) return ProviderFailures.LastWayIn;
        if (all.Count == 1 && SessionReader.NeedsFactor(live.Memberships) && !await factors.HasAsync(live.Account.Id, ct)) return PasskeyFailures.LastFactor;
        await store.ChangeAsync(PersonSignIn.CallerOf(live), "passkey.remove", passkey, s => s.Delete(passkey), (s, account) => PersonSessions.Keep(live, s, account, hasFactor: false), ct);
        reader.Forget();
        return null;
    }

    /// <summary>Lets in whoever showed a passkey. Refused: the answer (IB4110, IB4111), the address (IB4022), an account that is disabled (IB4107) or belongs nowhere (IB4025).</summary>
    internal async Task<Failure?> SignInAsync(HttpContext context, string credential, string state, CancellationToken ct)
    {
        if (await signIn.TakeAddressAsync(context, ct) is { } flood) return flood;
        var (account, failure) = await ShowAsync(context, credential, state, ct);
        var joined = account is null ? [] : await memberships.OfPersonAsync(account.Id, ct);
        failure ??= account!.DisabledAt is not null ? ProviderFailures.AccountDisabled : joined.Count == 0 ? SignInFailures.NoOrganization : null;
        if (failure is not null)
        {
            await trail.AppendAsync(PersonSignIn.CallerOf(account, joined, context), "sign-in.deny", "account", account?.Id ?? Session.PasskeyMethod, AuditResult.Denied, failure.Code, ct);
            return failure;
        }

        await signIn.LetInAsync(context, account!, joined, hasFactor: true, Session.PasskeyMethod, ct);
        return null;
    }

    /// <summary>The person of a session shows a passkey of theirs. Refused: the answer (IB4110, IB4111), the address (IB4022).</summary>
    internal async Task<Failure?> ConfirmAsync(HttpContext context, LiveSession live, string credential, string state, CancellationToken ct)
    {
        if (await signIn.TakeAddressAsync(context, ct) is { } flood) return flood;
        var (account, failure) = await ShowAsync(context, credential, state, ct);
        if (failure is not null) return failure;
        if (account!.Id != live.Account.Id) return PasskeyFailures.Refused;
        await sessions.ConfirmAsync(live.Session.Hash, ct);
        await trail.AppendAsync(PersonSignIn.CallerOf(live), "session.confirm", "session", live.Session.Id, AuditResult.Ok, null, ct);
        reader.Forget();
        return null;
    }

    private async Task<(Account? Account, Failure? Failure)> ShowAsync(HttpContext context, string credential, string state, CancellationToken ct)
    {
        if (await OpenAsync(state, "", ct) is not { } assertion) return (null, PasskeyFailures.Expired);
        var shown = await handler.PerformAssertionAsync(new() { HttpContext = context, CredentialJson = credential, AssertionState = assertion });
        if (!shown.Succeeded || !shown.Passkey.IsUserVerified || await store.FindAsync(Passkey.IdOf(shown.Passkey.CredentialId), ct) is not { } known || known.Person != shown.User.Id) return (null, PasskeyFailures.Refused);
        await store.StoreAsync(known with { SignCount = shown.Passkey.SignCount, IsBackedUp = shown.Passkey.IsBackedUp, UsedAt = time.GetUtcNow() }, ct);
        return (shown.User, null);
    }

    private string Protect(string person, string? state) => _states.Protect($"{Guid.CreateVersion7(time.GetUtcNow())}\n{person}\n{state}", StateTime);

    // What was shown serves once, whoever sends it again.
    private async Task<string?> OpenAsync(string state, string person, CancellationToken ct)
    {
        try
        {
            return _states.Unprotect(state).Split('\n', 3) is [var id, var whose, var opened] && whose == person && await store.UseOnceAsync(Guid.Parse(id), ct) ? opened : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
