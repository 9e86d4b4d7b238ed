using System.Text.Json.Serialization;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Type of a column.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CellType>))]
public enum CellType
{
    /// <summary>Text as it stands.</summary>
    [Label("文本", "Text"), JsonStringEnumMemberName("text")] Text,

    /// <summary>A finite number.</summary>
    [Label("数值", "Number"), JsonStringEnumMemberName("number")] Number,

    /// <summary>A date; written as yyyy-MM-dd, yyyy-MM, yyyy-Qn or yyyy.</summary>
    [Label("日期", "Date"), JsonStringEnumMemberName("date")] Date,
}
