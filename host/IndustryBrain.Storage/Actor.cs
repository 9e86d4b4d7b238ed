namespace IndustryBrain.Storage;

/// <summary>What kind of actor asked for something.</summary>
public enum ActorKind
{
    /// <summary>A person.</summary>
    Person,

    /// <summary>An API key.</summary>
    Key,

    /// <summary>The platform itself: schedules, take-over, first start.</summary>
    System,
}

/// <summary>Who does something.</summary>
/// <param name="Kind">Person, key or system.</param>
/// <param name="Id">Stable id; never reused.</param>
/// <param name="DisplayName">Name for people to read.</param>
public sealed record Actor(ActorKind Kind, string Id, string DisplayName)
{
    /// <summary>The platform itself.</summary>
    public static Actor System { get; } = new(ActorKind.System, "system", "IndustryBrain");
}
