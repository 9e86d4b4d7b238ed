namespace IndustryBrain.Sdk.Capabilities;

/// <summary>Names of the capabilities, as a manifest declares them. A host may know more.</summary>
public static class CapabilityNames
{
    /// <summary>Requests to public hosts. Target: methods, one or more separated by commas, and an origin, such as <c>GET,POST https://api.acme.com</c> or <c>GET https://*.acme.com</c>; without a method GET and HEAD; a port of <c>:*</c> is any.</summary>
    public const string Http = "http";

    /// <summary>Requests to hosts inside the enterprise: private, loopback and link-local addresses. Targets as of <see cref="Http"/>; granted for whole host names only, never for a pattern.</summary>
    public const string PrivateHttp = "http.private";

    /// <summary>Reading the files that a run hands to the component; with the target <c>write</c> also saving new ones.</summary>
    public const string Files = "files";

    /// <summary>A folder of the plugin's own, one for each organization. No targets; its size is the quota.</summary>
    public const string Folder = "folder";

    /// <summary>Secrets. Target: a name, or <c>send</c> and a name when the host puts it into requests and the plugin never sees it.</summary>
    public const string Secrets = "secrets";

    /// <summary>Questions to knowledge components of other plugins. Target: a component id, or <c>prefix.*</c> for all of one plugin.</summary>
    public const string Knowledge = "knowledge";

    /// <summary>Named tables of the organization. Target: <c>read name</c>, or <c>write name</c> to add rows and to replace them.</summary>
    public const string DataSets = "datasets";

    /// <summary>Messages to brokers. Target: the name of a connection, a blank, and a topic filter, such as <c>plant line1/+/state</c>.</summary>
    public const string Mqtt = "mqtt";

    /// <summary>Events for the runs that wait for them. Target: the name of an event; <c>*</c> at its end stands for any rest.</summary>
    public const string Events = "events";

    /// <summary>The host's clock and time zone. No targets.</summary>
    public const string Clock = "clock";
}
