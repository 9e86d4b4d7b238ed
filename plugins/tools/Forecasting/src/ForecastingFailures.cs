using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Forecasting;

/// <summary>Refusals that are particular to this plugin.</summary>
internal static class ForecastingFailures
{
    public static Failure LengthsDiffer(int actual, int forecast) =>
        new("IndustryBrain.Forecasting:LENGTHS", new($"实际值有 {actual} 个，预测值有 {forecast} 个，个数应相同。", $"There are {actual} actual values but {forecast} forecasts; the counts must agree.")) { Where = "forecast", Action = new("请让两列一一对应。", "Give one forecast for each actual value.") };
}
