using System.Text.Json.Serialization;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Encoding of a text file.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TextEncoding>))]
public enum TextEncoding
{
    /// <summary>Found by looking at the file.</summary>
    [Label("自动识别", "Detect"), JsonStringEnumMemberName("auto")] Auto,

    /// <summary>UTF-8.</summary>
    [Label("UTF-8", "UTF-8"), JsonStringEnumMemberName("utf-8")] Utf8,

    /// <summary>GB18030, of which GBK and GB2312 are parts.</summary>
    [Label("GB18030（含 GBK、GB2312）", "GB18030 (GBK, GB2312)"), JsonStringEnumMemberName("gb18030")] Gb18030,
}
