namespace IndustryBrain.Plugins.Trust;

/// <summary>In what role a package is signed.</summary>
public enum SignatureRole
{
    /// <summary>By who made it.</summary>
    Vendor,

    /// <summary>By the marketplace that judged it: a counter-signature over the package with its vendor's signature.</summary>
    Marketplace,
}
