using IndustryBrain.Storage;
using Marten;
using Npgsql;

namespace IndustryBrain.Identity.Organizations;

/// <summary>Changes to one organization's people, keys and proposals take turns over all hosts: "the last owner" and "at most so many" are judged on what will still hold.</summary>
internal static class ExclusiveSession
{
    internal static async Task<IDocumentSession> OpenExclusiveAsync(this IOrganizationSessions sessions, string organization, CancellationToken ct)
    {
        var session = sessions.OpenPlatform();
        try
        {
            await session.BeginTransactionAsync(ct);
            await session.LockAsync(organization, ct);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes a second turn in the same transaction, such as that of a person beside the organization's; the lock ends with the transaction.</summary>
    internal static async Task LockAsync(this IDocumentSession session, string name, CancellationToken ct)
    {
        await using var take = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 4001))", session.Connection) { Parameters = { new() { Value = name } } };
        await take.ExecuteNonQueryAsync(ct);
    }
}
