using Marten;

namespace IndustryBrain.Storage.Sessions;

/// <summary>A session opened for the platform must not write what belongs to an organization: it would belong to nobody.</summary>
internal sealed class PlatformGuard(StorageModel model) : DocumentSessionListenerBase
{
    public override Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token)
    {
        Check(session);
        return Task.CompletedTask;
    }

    private void Check(IDocumentSession session)
    {
        if (session.TenantId != OrganizationSessions.Platform)
        {
            return;
        }

        var foreign = session.PendingChanges.Operations().Select(o => o.DocumentType).FirstOrDefault(t => t is not null && model.OrganizationTypes.Contains(t));
        if (foreign is not null || session.PendingChanges.Streams().Count > 0)
        {
            throw new InvalidOperationException($"{foreign?.Name ?? "An event stream"} belongs to an organization: open the session for it.");
        }
    }
}
