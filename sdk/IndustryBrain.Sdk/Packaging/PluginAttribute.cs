namespace IndustryBrain.Sdk.Packaging;

/// <summary>Describes the plugin that an assembly is the entry of; the manifest is generated from it.</summary>
/// <param name="id">Package id, such as <c>IndustryBrain.Forecasting</c>.</param>
/// <param name="prefix">First part of all its component ids, such as <c>forecasting</c>.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class PluginAttribute(string id, string prefix) : Attribute
{
    /// <summary>Package id.</summary>
    public string Id { get; } = id;

    /// <summary>First part of all its component ids.</summary>
    public string Prefix { get; } = prefix;

    /// <summary>Name of the vendor.</summary>
    public string Vendor { get; init; } = "";

    /// <summary>Chinese name.</summary>
    public string Zh { get; init; } = "";

    /// <summary>English name.</summary>
    public string En { get; init; } = "";

    /// <summary>Chinese description, one sentence.</summary>
    public string DescriptionZh { get; init; } = "";

    /// <summary>English description, one sentence.</summary>
    public string DescriptionEn { get; init; } = "";

    /// <summary>Codes of the industry clusters that it serves, such as <c>A C I</c>, separated by blanks; empty means all.</summary>
    public string Clusters { get; init; } = "";
}

/// <summary>Names the record of the plugin's settings: its schema goes into the manifest, the host makes a form of it, and each component gets what was entered in <see cref="Components.Component.ConfigureAsync"/>.</summary>
/// <param name="type">A record like that of an input; what may be left out has a default.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class PluginSettingsAttribute(Type type) : Attribute
{
    /// <summary>The record.</summary>
    public Type Type { get; } = type;
}

/// <summary>A capability that the plugin needs, with the reason why. What no permission names is refused.</summary>
/// <param name="capability">Name of the capability, one of <see cref="Capabilities.CapabilityNames"/>.</param>
/// <param name="reasonZh">Reason in Chinese.</param>
/// <param name="reasonEn">Reason in English.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class PermissionAttribute(string capability, string reasonZh, string reasonEn) : Attribute
{
    /// <summary>Name of the capability.</summary>
    public string Capability { get; } = capability;

    /// <summary>Reason in Chinese.</summary>
    public string ReasonZh { get; } = reasonZh;

    /// <summary>Reason in English.</summary>
    public string ReasonEn { get; } = reasonEn;

    /// <summary>What it is needed for, each in the form that the capability asks for, such as <c>GET https://api.acme.com</c>. Who installs the plugin may grant fewer.</summary>
#pragma warning disable CA1819 // An attribute takes arrays only.
    public string[] Targets { get; init; } = [];
#pragma warning restore CA1819

    /// <summary>Bytes that it needs at most: of one response, or of the folder. 0 leaves it to the host.</summary>
    public long MaxBytes { get; init; }
}
