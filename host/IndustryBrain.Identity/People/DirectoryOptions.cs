namespace IndustryBrain.Identity.People;

/// <summary>Where the persons are kept; section <c>Directory</c> of the configuration.</summary>
public sealed class DirectoryOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Directory";

    /// <summary>
    /// A JSON file of the persons: <c>{"demo":[{"id":"li","name":"李工","roles":["buyer"],"keys":["key-0123456789ab"]}]}</c>, by organization; a key acts for the person that names its short id.
    /// Read at the start. Empty: whoever may decide tasks stands for everybody. Default: empty.
    /// </summary>
    public string File { get; set; } = "";
}
