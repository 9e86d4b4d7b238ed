using System.Text.Json;
using System.Text.Json.Serialization;

namespace IndustryBrain.Sdk.Capabilities;

/// <summary>How a cell is compared with a value. A cell without a value differs from each value, and is neither less nor greater.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DataSetComparison>))]
public enum DataSetComparison
{
    /// <summary>The same.</summary>
    [JsonStringEnumMemberName("equal")] Equal,

    /// <summary>Another, or none.</summary>
    [JsonStringEnumMemberName("notEqual")] NotEqual,

    /// <summary>Less.</summary>
    [JsonStringEnumMemberName("less")] Less,

    /// <summary>Less or the same.</summary>
    [JsonStringEnumMemberName("lessOrEqual")] LessOrEqual,

    /// <summary>Greater.</summary>
    [JsonStringEnumMemberName("greater")] Greater,

    /// <summary>Greater or the same.</summary>
    [JsonStringEnumMemberName("greaterOrEqual")] GreaterOrEqual,

    /// <summary>A text that begins with the value.</summary>
    [JsonStringEnumMemberName("startsWith")] StartsWith,
}

/// <summary>One condition.</summary>
/// <param name="Column">The column.</param>
/// <param name="Comparison">How it is compared.</param>
/// <param name="Value">What with: a value of the column's type.</param>
public sealed record DataSetFilter(string Column, DataSetComparison Comparison, JsonElement Value);

/// <summary>Which rows are wanted.</summary>
public sealed record DataSetQuery
{
    /// <summary>Conditions that a row must meet, all of them.</summary>
    public IReadOnlyList<DataSetFilter>? Filters { get; init; }

    /// <summary>Columns that are wanted; null for all.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Rows at most; null for as many as the host gives at a time.</summary>
    public int? Limit { get; init; }

    /// <summary>Where the page before ended; null for the first.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Some rows of a data set, in the order they were added.</summary>
/// <param name="Rows">Objects with the columns as members; a cell without a value is absent.</param>
/// <param name="Cursor">Where the next page begins; null at the end.</param>
public sealed record DataSetPage(IReadOnlyList<JsonElement> Rows, string? Cursor = null);

/// <summary>What became of rows.</summary>
/// <param name="Rows">Rows that were added.</param>
/// <param name="IsNew">False when an earlier attempt of the same step has added them: they were not added again.</param>
public sealed record DataSetChange(int Rows, bool IsNew);
