namespace IndustryBrain.Web.Schemas;

/// <summary>What a field is for a person.</summary>
public enum SchemaKind
{
    /// <summary>Free text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>One of a list.</summary>
    Choice,

    /// <summary>A day.</summary>
    Date,

    /// <summary>An uploaded file.</summary>
    File,

    /// <summary>An array of numbers.</summary>
    Series,

    /// <summary>An array of texts.</summary>
    Texts,

    /// <summary>An array of values of one enumeration.</summary>
    Choices,

    /// <summary>An array of objects.</summary>
    Table,

    /// <summary>Named fields.</summary>
    Object,

    /// <summary>Anything else: edited and shown as JSON.</summary>
    Any,
}
