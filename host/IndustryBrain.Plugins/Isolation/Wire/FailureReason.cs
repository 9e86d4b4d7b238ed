using System.Text.Json.Serialization;

namespace IndustryBrain.Plugins.Isolation.Wire;

/// <summary>Why a worker could not answer, where the component itself gave no failure. The host words it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FailureReason>))]
internal enum FailureReason
{
    /// <summary>The component threw.</summary>
    [JsonStringEnumMemberName("threw")] Threw,

    /// <summary>It tried what the jail does not permit.</summary>
    [JsonStringEnumMemberName("denied")] Denied,

    /// <summary>It ran out of memory.</summary>
    [JsonStringEnumMemberName("memory")] Memory,

    /// <summary>Its output is larger than it may be.</summary>
    [JsonStringEnumMemberName("outputTooLarge")] OutputTooLarge,

    /// <summary>It ended because it was cancelled.</summary>
    [JsonStringEnumMemberName("cancelled")] Cancelled,

    /// <summary>The assembly has no such component.</summary>
    [JsonStringEnumMemberName("absent")] Absent,

    /// <summary>The component does not take its settings: its failure says why.</summary>
    [JsonStringEnumMemberName("notConfigured")] NotConfigured,

    /// <summary>It has as many files open as it may.</summary>
    [JsonStringEnumMemberName("files")] Files,

    /// <summary>The assembly cannot be loaded.</summary>
    [JsonStringEnumMemberName("notLoaded")] NotLoaded,
}
