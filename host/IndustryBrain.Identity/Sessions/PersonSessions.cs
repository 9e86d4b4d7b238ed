using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Marten;
using Microsoft.AspNetCore.Http;

namespace IndustryBrain.Identity.Sessions;

/// <summary>What a person does with their sessions: signs out, ends those elsewhere, acts for another organization.</summary>
internal sealed class PersonSessions(SessionStore store, SessionReader reader, TimeProvider time)
{
    internal Task<List<Session>> ListAsync(LiveSession live, CancellationToken ct) => store.OfPersonAsync(live.Account.Id, ct);

    /// <summary>Ends the session of this request.</summary>
    internal async Task SignOutAsync(HttpContext context, CancellationToken ct)
    {
        if (context.Features.Get<LiveSession>() is { } live)
        {
            await EndAsync(live, [live.Session], "session.end", live.Session.Id, ct);
        }

        SessionCookies.End(context);
    }

    /// <summary>Ends one session of the same person.</summary>
    internal async Task<Failure?> EndAsync(LiveSession live, string id, CancellationToken ct)
    {
        var session = (await store.OfPersonAsync(live.Account.Id, ct)).FirstOrDefault(s => s.Id == id);
        return session is not null && await EndAsync(live, [session], "session.end", session.Id, ct) == 1 ? null : SignInFailures.SessionNotFound;
    }

    /// <summary>Ends all sessions of the person but this one.</summary>
    internal async Task EndOthersAsync(LiveSession live, CancellationToken ct)
    {
        var others = (await store.OfPersonAsync(live.Account.Id, ct)).Where(s => s.Id != live.Session.Id).ToList();
        if (others.Count > 0) await EndAsync(live, others, "session.end-others", live.Session.Id, ct);
    }

    /// <summary>Acts for another organization from now on.</summary>
    internal async Task<Failure?> SwitchAsync(LiveSession live, string organization, CancellationToken ct)
    {
        if (!live.Memberships.Any(m => m.Organization == organization)) return SignInFailures.NotAMember(organization);
        await store.SwitchAsync(live.Session.Hash, organization, Audit.Compose(time.GetUtcNow(), PersonSignIn.CallerOf(live) with { Organization = organization }, "session.switch", "session", live.Session.Id), ct);
        reader.Forget();
        return null;
    }

    /// <summary>Lets the session go on under the stamp that the account gets in the same transaction; the person's others end.</summary>
    internal static void Keep(LiveSession live, IDocumentSession session, Account account, bool hasFactor) =>
        session.QueueSqlCommand("update sign_in_session set stamp = ?, has_factor = has_factor or ? where id = ?", account.SecurityStamp, hasFactor, live.Session.Hash);

    private async Task<int> EndAsync(LiveSession live, List<Session> sessions, string action, string id, CancellationToken ct)
    {
        var ended = await store.EndAsync(live.Account.Id, [.. sessions.Select(s => s.Hash)], Audit.Compose(time.GetUtcNow(), PersonSignIn.CallerOf(live), action, "session", id), ct);
        reader.Forget();
        return ended;
    }
}
