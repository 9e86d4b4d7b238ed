using Marten;

namespace IndustryBrain.Storage;

/// <summary>The only way to a Marten session: each is opened for one organization, or for what belongs to none.</summary>
public interface IOrganizationSessions
{
    /// <summary>A session that reads and writes the documents and event streams of one organization.</summary>
    IDocumentSession Open(string organization);

    /// <summary>A session that reads the documents and event streams of one organization.</summary>
    IQuerySession Query(string organization);

    /// <summary>A session for the documents declared in <see cref="StorageModel.PlatformDocuments"/>; it refuses to write anything that belongs to an organization.</summary>
    IDocumentSession OpenPlatform();
}
