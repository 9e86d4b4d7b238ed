namespace IndustryBrain.Identity.Organizations;

/// <summary>The organization of the platform itself; its members are the administrators.</summary>
public static class PlatformOrganization
{
    /// <summary>Its id.</summary>
    public const string Id = "platform";
}
