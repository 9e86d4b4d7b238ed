using System.Text.Json.Serialization;

namespace IndustryBrain.Sdk.Components;

/// <summary>The three kinds of component.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ComponentKind>))]
public enum ComponentKind
{
    /// <summary>Declarative, versioned and free of side effects: rules, factors, models. Its answers carry source and validity.</summary>
    [JsonStringEnumMemberName("knowledge")] Knowledge,

    /// <summary>A computation or a connector.</summary>
    [JsonStringEnumMemberName("tool")] Tool,

    /// <summary>A business task with a declared view.</summary>
    [JsonStringEnumMemberName("application")] Application,
}
