using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.People;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.Approvals;

/// <summary>Takes proposals of one person and lets a second approve or reject them. A proposal is frozen: what it is about must not have changed when it is approved.</summary>
public sealed class ApprovalDesk(IOrganizationSessions sessions, IServiceProvider services, IHostEnvironment environment, IOptions<DutyOptions> options, TimeProvider time)
{
    private const int MostListed = 200;

    /// <summary>True when something that needs a permission takes two people in the caller's organization: the rule holds here, and two of its members may do it. With fewer nobody could approve.</summary>
    public async Task<bool> IsNeededAsync(Caller caller, string permission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!(options.Value.FourEyes ?? !environment.IsDevelopment()))
        {
            return false;
        }

        await using var session = sessions.OpenPlatform();
        var members = await MembershipStore.OfAsync(session, caller.Organization, cancellationToken);
        return members.Count(m => m.SuspendedAt is null && RolePermissions.Of(m.Roles).Contains(permission)) >= 2;
    }

    /// <summary>Proposes an action of the caller's organization to a second person. Refused: nobody behind the caller (IB4083), what the action itself refuses, the same proposal waiting (IB4095).</summary>
    /// <returns>IB4090 with the proposal's id: the action has not been done.</returns>
    public async Task<Failure> ProposeAsync(Caller caller, string action, JsonElement parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var approvable = Find(action);
        if (!(await approvable.DescribeAsync(caller, parameters, cancellationToken)).TryGet(out var subject, out var failure))
        {
            return failure;
        }

        await using var session = await OpenAsync(caller.Organization, cancellationToken);
        if (await PersonAsync(caller, cancellationToken) is not { } person)
        {
            return OrganizationFailures.NoPerson;
        }

        var (now, digest) = (time.GetUtcNow(), Digest(action, parameters, subject));
        if (await session.Query<Approval>().FirstOrDefaultAsync(a => a.State == ApprovalState.Open && a.Digest == digest && a.ExpiresAt > now, cancellationToken) is { } same)
        {
            return ApprovalFailures.AlreadyOpen(same.Id);
        }

        var approval = new Approval(Guid.CreateVersion7(now), action, approvable.Permission, subject.Label, parameters, digest, caller.Actor, person, now, now.AddHours(options.Value.ApprovalHours));
        session.Store(approval);
        session.Append(caller, "approval.propose", "approval", approval.Id.ToString(), label: $"{action} {subject.Label}");
        await session.SaveChangesAsync(cancellationToken);
        return ApprovalFailures.Proposed(approval.Id);
    }

    /// <summary>The proposals of the caller's organization, newest first; at most 200.</summary>
    public async Task<IReadOnlyList<Approval>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = sessions.Query(caller.Organization);
        var now = time.GetUtcNow();
        return [.. (await session.Query<Approval>().OrderByDescending(a => a.ProposedAt).Take(MostListed).ToListAsync(cancellationToken)).Select(a => a.At(now))];
    }

    /// <summary>Approves a proposal and does what it says. Refused: unknown (IB4091), a permission missing (IB4007), nobody behind the caller (IB4083), the proposer (IB4092), over (IB4093), changed (IB4094).</summary>
    public async Task<Result<Approval>> ApproveAsync(Caller caller, IReadOnlyCollection<string> own, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(own);
        Approval approved;
        await using (var session = await OpenAsync(caller.Organization, cancellationToken))
        {
            if (!(await JudgeAsync(session, caller, own, id, cancellationToken)).TryGet(out var judged, out var failure))
            {
                return failure;
            }

            var (approval, person) = judged;
            if (person == approval.Proposer)
            {
                return ApprovalFailures.SamePerson;
            }

            if (!(await Find(approval.Action).DescribeAsync(caller, approval.Parameters, cancellationToken)).TryGet(out var subject, out _) || Digest(approval.Action, approval.Parameters, subject) != approval.Digest)
            {
                await CloseAsync(session, caller, approval with { State = ApprovalState.Void }, "approval.void", AuditResult.Failed, ApprovalFailures.Changed.Code, cancellationToken);
                return ApprovalFailures.Changed;
            }

            approved = await CloseAsync(session, caller, approval with { State = ApprovalState.Approved }, "approval.approve", AuditResult.Ok, null, cancellationToken);
        }

        // Decided above, by one alone; what is done has a transaction and a record of its own.
        var refused = await Find(approved.Action).ExecuteAsync(caller, approved.Parameters, cancellationToken);
        await using var after = sessions.Open(caller.Organization);
        approved = approved with { State = refused is null ? ApprovalState.Done : ApprovalState.Failed, Code = refused?.Code };
        after.Store(approved);
        await after.SaveChangesAsync(cancellationToken);
        return refused is null ? approved : refused;
    }

    /// <summary>Rejects a proposal; whoever proposed it takes it back so. Refused: unknown (IB4091), a permission missing (IB4007), nobody behind the caller (IB4083), over (IB4093).</summary>
    public async Task<Result<Approval>> RejectAsync(Caller caller, IReadOnlyCollection<string> own, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(own);
        await using var session = await OpenAsync(caller.Organization, cancellationToken);
        return (await JudgeAsync(session, caller, own, id, cancellationToken)).TryGet(out var judged, out var failure)
            ? await CloseAsync(session, caller, judged.Approval with { State = ApprovalState.Rejected }, "approval.reject", AuditResult.Ok, null, cancellationToken)
            : failure;
    }

    private async Task<Result<(Approval Approval, string Person)>> JudgeAsync(IDocumentSession session, Caller caller, IReadOnlyCollection<string> own, string id, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var known) || await session.LoadAsync<Approval>(known, ct) is not { } approval)
        {
            return ApprovalFailures.Unknown(id);
        }

        if (!own.Contains(approval.Permission))
        {
            return IdentityFailures.NoPermission(approval.Permission);
        }

        if (await PersonAsync(caller, ct) is not { } person)
        {
            return OrganizationFailures.NoPerson;
        }

        return approval.At(time.GetUtcNow()) is { State: not ApprovalState.Open } over ? ApprovalFailures.Closed(over.State) : (approval, person);
    }

    private async Task<Approval> CloseAsync(IDocumentSession session, Caller caller, Approval approval, string action, AuditResult result, string? code, CancellationToken ct)
    {
        var closed = approval with { DecidedBy = caller.Actor, DecidedAt = time.GetUtcNow() };
        session.Store(closed);
        session.Append(caller, action, "approval", approval.Id.ToString(), result, code, $"{approval.Action} {approval.Label}");
        await session.SaveChangesAsync(ct);
        return closed;
    }

    // One decision at a time in an organization: of two second persons one approves.
    private async Task<IDocumentSession> OpenAsync(string organization, CancellationToken ct)
    {
        var session = sessions.Open(organization);
        try
        {
            await session.BeginTransactionAsync(ct);
            await session.LockAsync("approvals/" + organization, ct);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private async Task<string?> PersonAsync(Caller caller, CancellationToken ct)
    {
        await using var session = sessions.OpenPlatform();
        return await PersonBehind.FindAsync(session, caller, ct);
    }

    // Asked for late: what can be approved asks this desk in turn.
    private IApprovable Find(string action) => services.GetServices<IApprovable>().First(a => a.Action == action);

    private static string Digest(string action, JsonElement parameters, ApprovalSubject subject) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', action, Canonical(parameters), subject.Basis))));

    // The database keeps members of an object in another order.
    private static string Canonical(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', json.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => JsonSerializer.Serialize(m.Name) + ":" + Canonical(m.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(',', json.EnumerateArray().Select(Canonical)) + "]",
        JsonValueKind.String => JsonSerializer.Serialize(json.GetString()),
        _ => json.GetRawText(),
    };
}
