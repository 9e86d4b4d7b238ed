using System.Text.Json.Serialization;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Forecasting;

/// <summary>How the season acts on the level.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Seasonality>))]
public enum Seasonality
{
    /// <summary>It adds a fixed amount.</summary>
    [Label("加法", "Additive"), JsonStringEnumMemberName("additive")] Additive,

    /// <summary>It multiplies by a fixed factor; values must be above 0.</summary>
    [Label("乘法", "Multiplicative"), JsonStringEnumMemberName("multiplicative")] Multiplicative,
}
