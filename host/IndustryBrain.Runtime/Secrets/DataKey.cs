namespace IndustryBrain.Runtime.Secrets;

/// <summary>The key that an organization's secrets are encrypted with, itself encrypted by the host's Data Protection keys. It goes with the organization: what it encrypted is then lost in every copy.</summary>
public sealed class DataKey
{
    /// <summary>The one of each organization.</summary>
    public const string TheOne = "secrets";

    /// <summary>Its id.</summary>
    public string Id { get; set; } = TheOne;

    /// <summary>The key as Data Protection keeps it, in base64.</summary>
    public required string Wrapped { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
