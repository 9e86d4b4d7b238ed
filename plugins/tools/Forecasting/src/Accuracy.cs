using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Forecasting;

/// <summary>Compares a forecast with what came true: MAE, RMSE, MAPE, MASE.</summary>
[Component("forecasting.accuracy", Zh = "预测误差指标", En = "Forecast accuracy",
    DescriptionZh = "比较实际值与预测值，给出 MAE、RMSE、MAPE 与 MASE。",
    DescriptionEn = "Compares actual values with a forecast: MAE, RMSE, MAPE and MASE.")]
public sealed class Accuracy : ToolComponent<AccuracyInput, ErrorMeasures>
{
    /// <inheritdoc />
    protected override ValueTask<Result<ErrorMeasures>> RunAsync(AccuracyInput input, ComponentContext context, CancellationToken cancellationToken)
    {
        var failure = Series.Check("actual", input.Actual, 1) ?? Series.Check("forecast", input.Forecast, 1)
            ?? (input.Training is { } training ? Series.Check("training", training, 2) : null);
        if (failure is not null)
        {
            return new(failure);
        }

        if (input.Actual.Count != input.Forecast.Count)
        {
            return new(ForecastingFailures.LengthsDiffer(input.Actual.Count, input.Forecast.Count));
        }

        double[] errors = [.. input.Actual.Zip(input.Forecast, (a, f) => a - f)];
        return new(ErrorMeasures.Of(input.Actual, errors, ErrorMeasures.NaiveScale(input.Training ?? input.Actual)));
    }
}

/// <summary>Input of the accuracy measures.</summary>
/// <param name="Actual">What came true.</param>
/// <param name="Forecast">What had been forecast; as many values.</param>
/// <param name="Training">The series that the forecast was made from: scale of MASE; the actual values when absent.</param>
public sealed record AccuracyInput(
    [property: Label("实际值", "Actual", DescriptionZh = "实际发生的值。", DescriptionEn = "What came true.")][property: Example("[10,12,14]")] IReadOnlyList<double> Actual,
    [property: Label("预测值", "Forecast", DescriptionZh = "当时的预测值，个数相同。", DescriptionEn = "What had been forecast; as many values.")][property: Example("[11,12,13]")] IReadOnlyList<double> Forecast,
    [property: Label("训练序列", "Training series", DescriptionZh = "用于 MASE 的标度；不填则用实际值。", DescriptionEn = "Scale of MASE; the actual values when absent.")] IReadOnlyList<double>? Training = null);
