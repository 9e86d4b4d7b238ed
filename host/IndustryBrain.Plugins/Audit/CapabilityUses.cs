using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Audit;

/// <summary>Which members of the SDK use which capability.</summary>
internal static class CapabilityUses
{
    private const string Context = "IndustryBrain.Sdk.Components.ComponentContext";

    /// <summary>What <see cref="CapabilityNames.Files"/> is asked for by <c>SaveFileAsync</c>.</summary>
    public const string SavedFiles = CapabilityNames.Files + " write";

    /// <summary>The type whose construction asks for a capability by name.</summary>
    public const string Request = "IndustryBrain.Sdk.Capabilities.CapabilityRequest";

    /// <summary>The capability that a member of the SDK uses, or null.</summary>
    public static string? Find(string type, string member) => (type, member) switch
    {
        (Context, "get_Http") => CapabilityNames.Http,
        (Context, "get_Folder") => CapabilityNames.Folder,
        (Context, "get_Secrets") => CapabilityNames.Secrets,
        (Context, "get_Knowledge") => CapabilityNames.Knowledge,
        (Context, "get_DataSets") => CapabilityNames.DataSets,
        (Context, "get_Mqtt") => CapabilityNames.Mqtt,
        (Context, "get_Events") => CapabilityNames.Events,
        (Context, "get_Clock") => CapabilityNames.Clock,
        (Context, "OpenFileAsync") => CapabilityNames.Files,
        (Context, "SaveFileAsync") => SavedFiles,
        ("IndustryBrain.Sdk.Capabilities.HttpCapability", "AddSecretHeader") => CapabilityNames.Secrets,
        _ => null,
    };

    /// <summary>Names of all capabilities, as a manifest declares them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        CapabilityNames.Clock, CapabilityNames.DataSets, CapabilityNames.Events, CapabilityNames.Files, CapabilityNames.Folder,
        CapabilityNames.Http, CapabilityNames.PrivateHttp, CapabilityNames.Knowledge, CapabilityNames.Mqtt, CapabilityNames.Secrets,
    ];

    /// <summary>True when a text is the name of a capability.</summary>
    public static bool IsName(string text) => Names.Contains(text);

    /// <summary>An example of a target where a permission without one allows nothing; null where none is needed.</summary>
    public static string? ExampleTarget(string capability) => capability switch
    {
        CapabilityNames.Http or CapabilityNames.PrivateHttp => "GET https://api.acme.com",
        CapabilityNames.Secrets => "send api-key",
        CapabilityNames.Knowledge => "emission-factors.*",
        CapabilityNames.DataSets => "read prices",
        CapabilityNames.Mqtt => "plant line1/+/state",
        CapabilityNames.Events => "price.changed",
        _ => null,
    };
}
