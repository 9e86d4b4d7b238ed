using System.Globalization;
using System.Security.Claims;
using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Naming;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Sessions;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SignInOptions = IndustryBrain.Identity.SignIn.SignInOptions;

namespace IndustryBrain.Identity.Providers;

/// <summary>What a person went to the provider for.</summary>
internal enum ProviderPurpose
{
    /// <summary>To sign in.</summary>
    SignIn,

    /// <summary>To link who they are there with the account of their session.</summary>
    Link,

    /// <summary>To show that it is still them.</summary>
    Confirm,
}

/// <summary>A person comes back from a provider, whose token was judged: lets them in, links them, or confirms their session. Names and addresses in the token prove nothing here; issuer and subject do.</summary>
internal sealed class ProviderReturn(
    ProviderRegistry providers, ExternalLogins logins, ProvidedMemberships provided, AccountRegister accounts, UserManager<Account> users, MembershipStore memberships,
    PersonSignIn signIn, OwnAccount own, SessionStore sessions, SessionReader reader, AuditTrail trail, IOptions<SignInOptions> options, TimeProvider time)
{
    internal const string PurposeItem = "purpose";
    internal const string SessionItem = "session";
    internal const string ReturnItem = "return";

    /// <summary>Takes what the provider said.</summary>
    /// <returns>Where the browser goes on.</returns>
    internal async Task<string> ReceiveAsync(HttpContext context, string provider, ClaimsPrincipal principal, AuthenticationProperties properties, CancellationToken ct)
    {
        var purpose = Enum.Parse<ProviderPurpose>(properties.Items[PurposeItem]!);
        var back = PageRequest.LocalOr(properties.Items.TryGetValue(ReturnItem, out var asked) ? asked : null, purpose == ProviderPurpose.SignIn ? "/" : "/account");
        if (principal.FindFirst("sub") is not { Value.Length: > 0 } subject) return PageOf(purpose, ProviderFailures.AnswerRefused, back);
        var identity = new ExternalIdentity(subject.Issuer, subject.Value);
        if (purpose == ProviderPurpose.SignIn) return await SignInAsync(context, provider, identity, principal, back, ct);

        await context.AuthenticateAsync(SchemeNames.Session);
        if (context.Features.Get<LiveSession>() is not { } live || !properties.Items.TryGetValue(SessionItem, out var session) || live.Session.Id != session) return PageOf(ProviderPurpose.SignIn, ProviderFailures.AnswerRefused, back);
        var failure = purpose == ProviderPurpose.Link
            ? await own.LinkAsync(live, identity, provider, LabelOf(principal), ct)
            : await ConfirmAsync(live, identity, principal, ct);
        return failure is null ? back : PageOf(purpose, failure, back);
    }

    /// <summary>The page that says why it did not work.</summary>
    internal static string PageOf(ProviderPurpose purpose, Failure failure, string? back = null)
    {
        var page = purpose switch { ProviderPurpose.SignIn => PageRequest.SignInPage, ProviderPurpose.Link => PageRequest.WaysPage, _ => RecentSignIn.Page };
        var query = QueryString.Create("failure", failure.Code);
        return page + (purpose != ProviderPurpose.Link && PageRequest.IsLocal(back) && back != "/" ? query.Add(PageRequest.ReturnParameter, back!) : query).ToUriComponent();
    }

    private async Task<string> SignInAsync(HttpContext context, string provider, ExternalIdentity identity, ClaimsPrincipal principal, string back, CancellationToken ct)
    {
        if (await signIn.TakeAddressAsync(context, ct) is { } flood) return PageOf(ProviderPurpose.SignIn, flood, back);
        var settings = providers.All[provider];
        var grants = await provided.UsableAsync(ProviderRegistry.GrantsOf(settings, [.. principal.FindAll(settings.Claim).Select(c => c.Value)]), ct);
        var known = await logins.FindPersonAsync(identity, ct);
        var account = known is null ? null : await users.FindByIdAsync(known);
        if (account is null)
        {
            var refusal = !settings.AdmitsUnknown ? ProviderFailures.PersonUnknown : grants.Count == 0 ? ProviderFailures.NothingGranted : null;
            if (refusal is not null || !(await AdmitAsync(context, provider, identity, principal, settings, ct)).TryGet(out account, out refusal)) return await RefuseAsync(context, null, provider, refusal, back, ct);
        }

        if (account.DisabledAt is not null) return await RefuseAsync(context, account, provider, ProviderFailures.AccountDisabled, back, ct);
        await provided.ApplyAsync(PersonSignIn.CallerOf(account, [], context), account, provider, grants, ct);
        var joined = await memberships.OfPersonAsync(account.Id, ct);
        if (joined.Count == 0) return await RefuseAsync(context, account, provider, ProviderFailures.NothingGranted, back, ct);

        string[] methods = settings.FactorMethods is [_, ..] named ? [.. named] : ["mfa"];
        var gaveFactor = settings.TrustsFactor && principal.FindAll("amr").Any(c => methods.Contains(c.Value));
        if (await signIn.LetInOrAskAsync(context, account, joined, gaveFactor, provider, ct) is not { } ticket) return back;
        SessionCookies.KeepTicket(context, ticket);
        return PageRequest.SignInPage + (back == "/" ? "" : QueryString.Create(PageRequest.ReturnParameter, back).ToUriComponent());
    }

    // Somebody whom nobody knows here gets an account of their own, never one that is there.
    private async Task<Result<Account>> AdmitAsync(HttpContext context, string provider, ExternalIdentity identity, ClaimsPrincipal principal, ProviderOptions settings, CancellationToken ct)
    {
        var userName = principal.FindFirstValue(settings.UserNameClaim) ?? "";
        var made = await accounts.CreateWithoutPasswordAsync(
            PersonSignIn.CallerOf(null, [], context), userName, NameOf(principal, userName), (session, account) => logins.Link(session, identity, account.Id, provider, LabelOf(principal)), ct);
        return made.Failure?.Code == SignInFailures.UserNameTaken.Code ? ProviderFailures.UserNameUsed : made;
    }

    private async Task<Failure?> ConfirmAsync(LiveSession live, ExternalIdentity identity, ClaimsPrincipal principal, CancellationToken ct)
    {
        var at = long.TryParse(principal.FindFirstValue("auth_time"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
        if (await logins.FindPersonAsync(identity, ct) != live.Account.Id || time.GetUtcNow() - at > TimeSpan.FromMinutes(options.Value.ConfirmedMinutes)) return ProviderFailures.NotAgain;
        await sessions.ConfirmAsync(live.Session.Hash, ct);
        await trail.AppendAsync(PersonSignIn.CallerOf(live), "session.confirm", "session", live.Session.Id, AuditResult.Ok, null, ct);
        reader.Forget();
        return null;
    }

    private async Task<string> RefuseAsync(HttpContext context, Account? account, string provider, Failure failure, string back, CancellationToken ct)
    {
        await trail.AppendAsync(PersonSignIn.CallerOf(account, account is null ? [] : await memberships.OfPersonAsync(account.Id, ct), context), "sign-in.deny", "account", account?.Id ?? "provider/" + provider, AuditResult.Denied, failure.Code, ct);
        return PageOf(ProviderPurpose.SignIn, failure, back);
    }

    private static string LabelOf(ClaimsPrincipal principal) =>
        Short((principal.FindFirstValue("preferred_username") ?? principal.FindFirstValue("email") ?? principal.FindFirstValue("sub"))!);

    private static string NameOf(ClaimsPrincipal principal, string userName) =>
        DisplayName.Read(principal.FindFirstValue("name"), "name").TryGet(out var name, out _) ? Short(name) : userName;

    private static string Short(string text) => text.Length > AccountRegister.LongestName ? text[..AccountRegister.LongestName] : text;
}
