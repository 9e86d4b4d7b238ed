using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Web.Schemas;

/// <summary>A JSON Schema (2020-12) as forms and tables need it; read once, immutable.</summary>
/// <param name="Name">Member name; empty for the root and for the items of an array.</param>
/// <param name="Kind">What it is for a person.</param>
/// <param name="Title">Its label.</param>
public sealed record SchemaNode(string Name, SchemaKind Kind, LocalizedText Title)
{
    /// <summary>Help text, or null.</summary>
    public LocalizedText? Description { get; init; }

    /// <summary>Unit code as it stands in <c>x-unit</c>, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>True when the value must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True when null is a value.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Smallest value allowed.</summary>
    public double? Minimum { get; init; }

    /// <summary>Largest value allowed.</summary>
    public double? Maximum { get; init; }

    /// <summary>The value must be more than this.</summary>
    public double? ExclusiveMinimum { get; init; }

    /// <summary>The value must be less than this.</summary>
    public double? ExclusiveMaximum { get; init; }

    /// <summary>Fewest characters of a text, or items of an array.</summary>
    public int? MinimumLength { get; init; }

    /// <summary>Most characters of a text, or items of an array.</summary>
    public int? MaximumLength { get; init; }

    /// <summary>Regular expression a text must fit.</summary>
    public string? Pattern { get; init; }

    /// <summary>Default, or null.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>First example, or null.</summary>
    public JsonElement? Example { get; init; }

    /// <summary>First example for a person who reads English: that of <c>x-en</c>, else <see cref="Example"/> unless it is Chinese; or null.</summary>
    public JsonElement? EnglishExample { get; init; }

    /// <summary>Values of an enumeration.</summary>
    public IReadOnlyList<SchemaChoice> Choices { get; init; } = [];

    /// <summary>Members of an object, in order.</summary>
    public IReadOnlyList<SchemaNode> Members { get; init; } = [];

    /// <summary>Members of which at least one must be given; empty when there is no such rule.</summary>
    public IReadOnlyList<SchemaNode> OneOf { get; init; } = [];

    /// <summary>What an array holds, or null.</summary>
    public SchemaNode? Item { get; init; }

    /// <summary>True for an input without children: it fits into one line or one cell.</summary>
    public bool IsScalar => Kind is SchemaKind.Text or SchemaKind.Number or SchemaKind.Integer or SchemaKind.Boolean or SchemaKind.Choice or SchemaKind.Date;

    /// <summary>Unit as people write it: annotations of counted things lose their braces, a bare <c>1</c> disappears.</summary>
    public string? UnitText => Texts.UnitText.Of(Unit);

    /// <summary>Reads a schema; what is not understood becomes <see cref="SchemaKind.Any"/>.</summary>
    public static SchemaNode Read(JsonElement schema) => new SchemaReader(schema).Read();
}
