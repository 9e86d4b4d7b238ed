using IndustryBrain.Storage;

namespace IndustryBrain.Identity.People;

/// <summary>The directory where nobody keeps persons: each actor is a person who stands for all, and each id names one.</summary>
internal sealed class OpenDirectory : IPersonDirectory
{
    public ValueTask<Person?> FindAsync(string organization, Actor actor, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Person?>(new(actor.Id, actor.DisplayName, []) { StandsForAll = true });

    public ValueTask<Person?> FindAsync(string organization, string id, CancellationToken cancellationToken) => ValueTask.FromResult<Person?>(new(id, id, []));
}
