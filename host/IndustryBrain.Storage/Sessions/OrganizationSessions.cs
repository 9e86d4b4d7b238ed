using Marten;

namespace IndustryBrain.Storage.Sessions;

internal sealed class OrganizationSessions(IDocumentStore store) : IOrganizationSessions
{
    /// <summary>No organization can have this id: it is not of the form of one.</summary>
    internal const string Platform = "*platform*";

    public IDocumentSession Open(string organization) => store.LightweightSession(OrganizationId.Require(organization));

    public IQuerySession Query(string organization) => store.QuerySession(OrganizationId.Require(organization));

    public IDocumentSession OpenPlatform() => store.LightweightSession(Platform);
}
