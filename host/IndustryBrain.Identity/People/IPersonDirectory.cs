using IndustryBrain.Storage;

namespace IndustryBrain.Identity.People;

/// <summary>The persons of the organizations and their roles.</summary>
public interface IPersonDirectory
{
    /// <summary>The person that an actor is, or that a key acts for; null when the organization knows none.</summary>
    ValueTask<Person?> FindAsync(string organization, Actor actor, CancellationToken cancellationToken);

    /// <summary>The person of this id; null when the organization knows none.</summary>
    ValueTask<Person?> FindAsync(string organization, string id, CancellationToken cancellationToken);
}
