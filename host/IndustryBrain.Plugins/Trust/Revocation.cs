namespace IndustryBrain.Plugins.Trust;

/// <summary>Says that a key counts no more.</summary>
/// <param name="Revoked">Id of the key.</param>
/// <param name="Reason">Why.</param>
/// <param name="EffectiveAt">From when on. Of a compromised key nothing counts, from whatever time.</param>
public sealed record Revocation(string Revoked, RevocationReason Reason, DateTimeOffset EffectiveAt);

/// <summary>Why a key was revoked.</summary>
public enum RevocationReason
{
    /// <summary>Somebody else has it, or may have: nothing that it signed counts, even what a marketplace counter-signed before.</summary>
    Compromised,

    /// <summary>Another key took its place. What a marketplace counter-signed before counts on.</summary>
    Superseded,

    /// <summary>Its owner signs nothing any more. What a marketplace counter-signed before counts on.</summary>
    Ceased,
}
