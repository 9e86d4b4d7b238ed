namespace IndustryBrain.Sdk.Components;

/// <summary>Names a property, parameter or enum member for people, in both languages.</summary>
/// <param name="zh">Chinese label.</param>
/// <param name="en">English label.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Field)]
public sealed class LabelAttribute(string zh, string en) : Attribute
{
    /// <summary>Chinese label; becomes <c>title</c> in the schema.</summary>
    public string Zh { get; } = zh;

    /// <summary>English label; becomes <c>x-en.title</c> in the schema.</summary>
    public string En { get; } = en;

    /// <summary>Chinese help text; becomes <c>description</c>.</summary>
    public string DescriptionZh { get; init; } = "";

    /// <summary>English help text; becomes <c>x-en.description</c>.</summary>
    public string DescriptionEn { get; init; } = "";
}

/// <summary>The unit of a number: a UCUM code, <c>CNY</c>, or a counted thing such as <c>{pcs}</c>; becomes <c>x-unit</c>.</summary>
/// <param name="code">The unit's code.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class UnitAttribute(string code) : Attribute
{
    /// <summary>The unit's code.</summary>
    public string Code { get; } = code;
}

/// <summary>An example value as JSON text; becomes an entry of <c>examples</c>.</summary>
/// <param name="json">The value as JSON.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ExampleAttribute(string json) : Attribute
{
    /// <summary>The value as JSON.</summary>
    public string Json { get; } = json;
}

/// <summary>Which editor suits a value best, such as <c>textarea</c>, <c>password</c>, <c>code</c> or <c>table</c>; becomes <c>x-editor</c>. A form that does not know it takes its usual one.</summary>
/// <param name="name">Name of the editor.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class EditorAttribute(string name) : Attribute
{
    /// <summary>Name of the editor.</summary>
    public string Name { get; } = name;
}
