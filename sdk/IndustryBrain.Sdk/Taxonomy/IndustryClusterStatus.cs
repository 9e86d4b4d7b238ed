using System.Text.Json.Serialization;

namespace IndustryBrain.Sdk.Taxonomy;

/// <summary>How a node of a taxonomy stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IndustryClusterStatus>))]
public enum IndustryClusterStatus
{
    /// <summary>As published.</summary>
    [JsonStringEnumMemberName("published")] Published,

    /// <summary>Not checked against the original.</summary>
    [JsonStringEnumMemberName("unconfirmed")] Unconfirmed,

    /// <summary>No longer used; kept for what was stored under it.</summary>
    [JsonStringEnumMemberName("superseded")] Superseded,
}
