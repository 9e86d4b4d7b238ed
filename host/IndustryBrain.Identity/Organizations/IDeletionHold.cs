namespace IndustryBrain.Identity.Organizations;

/// <summary>Says when the data of an organization must not be deleted, such as under a legal hold.</summary>
public interface IDeletionHold
{
    /// <summary>True as long as it must not.</summary>
    Task<bool> HoldsAsync(string organization, CancellationToken cancellationToken);
}
