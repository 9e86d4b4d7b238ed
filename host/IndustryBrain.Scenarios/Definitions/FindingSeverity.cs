using System.Text.Json.Serialization;

namespace IndustryBrain.Scenarios.Definitions;

/// <summary>How severe a finding about a definition is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingSeverity>))]
public enum FindingSeverity
{
    /// <summary>Worth knowing.</summary>
    [JsonStringEnumMemberName("note")] Note,

    /// <summary>Probably not what was meant.</summary>
    [JsonStringEnumMemberName("warning")] Warning,

    /// <summary>Refused at publishing and at running.</summary>
    [JsonStringEnumMemberName("error")] Error,
}
