namespace IndustryBrain.Storage;

/// <summary>The one organization that exists until people and organizations are managed.</summary>
public static class DemoOrganization
{
    /// <summary>Its id.</summary>
    public const string Id = "demo";
}
