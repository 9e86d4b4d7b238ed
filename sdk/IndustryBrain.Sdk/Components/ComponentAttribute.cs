namespace IndustryBrain.Sdk.Components;

/// <summary>Makes a class a component of its plugin.</summary>
/// <param name="id"><c>plugin-part.component</c> in lower case, such as <c>forecasting.des</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ComponentAttribute(string id) : Attribute
{
    /// <summary>The component's id; as an activity its type is <c>IndustryBrain.</c> + this id.</summary>
    public string Id { get; } = id;

    /// <summary>Chinese name.</summary>
    public string Zh { get; init; } = "";

    /// <summary>English name.</summary>
    public string En { get; init; } = "";

    /// <summary>What it does, in one Chinese sentence.</summary>
    public string DescriptionZh { get; init; } = "";

    /// <summary>What it does, in one English sentence.</summary>
    public string DescriptionEn { get; init; } = "";

    /// <summary>True when a call touches the world outside the run: the runtime commits before and after it. Default false.</summary>
    public bool HasSideEffects { get; init; }

    /// <summary>True when equal input gives equal output. Default true.</summary>
    public bool IsDeterministic { get; init; } = true;
}
