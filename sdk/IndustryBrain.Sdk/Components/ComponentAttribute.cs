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

    /// <summary>What the palette shows beside its name: the name of a Material icon, such as <c>show_chart</c>, or the path of an SVG among the plugin's files, such as <c>icons/oee.svg</c>. Empty leaves it to the host.</summary>
    public string Icon { get; init; } = "";

    /// <summary>Group of the palette that it stands in, in Chinese; empty leaves it to the host.</summary>
    public string CategoryZh { get; init; } = "";

    /// <summary>Group of the palette that it stands in, in English.</summary>
    public string CategoryEn { get; init; } = "";

    /// <summary>Words that it is found by besides its name, in Chinese, separated by blanks.</summary>
    public string SearchWordsZh { get; init; } = "";

    /// <summary>Words that it is found by besides its name, in English, separated by blanks.</summary>
    public string SearchWordsEn { get; init; } = "";

    /// <summary>True when a call touches the world outside the run: the runtime commits before and after it. Default false.</summary>
    public bool HasSideEffects { get; init; }

    /// <summary>True when equal input gives equal output. Default true.</summary>
    public bool IsDeterministic { get; init; } = true;
}
