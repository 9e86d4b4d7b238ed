namespace IndustryBrain.Sdk.Capabilities;

/// <summary>Names of the capabilities, as a manifest declares them. A host may know more.</summary>
public static class CapabilityNames
{
    /// <summary>Requests to public hosts. Target: methods, one or more separated by commas, and an origin, such as <c>GET,POST https://api.acme.com</c> or <c>GET https://*.acme.com</c>; without a method GET and HEAD; a port of <c>:*</c> is any.</summary>
    public const string Http = "http";

    /// <summary>Requests to hosts inside the enterprise: private, loopback and link-local addresses. Targets as of <see cref="Http"/>; granted for whole host names only, never for a pattern.</summary>
    public const string PrivateHttp = "http.private";

    /// <summary>Reading the files that a run hands to the component. No targets.</summary>
    public const string Files = "files";

    /// <summary>A folder of the plugin's own, one for each organization. No targets; its size is the quota.</summary>
    public const string Folder = "folder";

    /// <summary>Secrets. Target: a name, or <c>send</c> and a name when the host puts it into requests and the plugin never sees it.</summary>
    public const string Secrets = "secrets";
}
