using System.Text.Json.Serialization;

namespace IndustryBrain.Sdk.Capabilities;

/// <summary>What the cells of a column hold.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DataSetColumnType>))]
public enum DataSetColumnType
{
    /// <summary>Text.</summary>
    [JsonStringEnumMemberName("text")] Text,

    /// <summary>A finite number.</summary>
    [JsonStringEnumMemberName("number")] Number,

    /// <summary>True or false.</summary>
    [JsonStringEnumMemberName("boolean")] Boolean,

    /// <summary>A day, <c>2026-01-31</c>.</summary>
    [JsonStringEnumMemberName("date")] Date,

    /// <summary>A point in time with its offset, <c>2026-01-31T08:00:00+08:00</c>.</summary>
    [JsonStringEnumMemberName("dateTime")] DateTime,
}

/// <summary>One column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsRequired">True when each row has a value.</param>
public sealed record DataSetColumn(string Name, DataSetColumnType Type, bool IsRequired = false);

/// <summary>What the rows of a data set look like.</summary>
/// <param name="Columns">Its columns.</param>
public sealed record DataSetSchema(IReadOnlyList<DataSetColumn> Columns);
