using IndustryBrain.Sdk.Testing.Conformance;

namespace IndustryBrain.Plugins.Forecasting.Tests;

public sealed class SingleSmoothingConformance : ComponentConformance<SingleSmoothing>;

public sealed class DoubleSmoothingConformance : ComponentConformance<DoubleSmoothing>
{
    // Given weights, and fitted ones.
    protected override IEnumerable<object> Inputs => [new { series = (double[])[6.4, 5.6, 7.8, 8.8, 11], alpha = 0.3623, gamma = 1 }, new { series = (double[])[6.4, 5.6, 7.8, 8.8, 11] }];
}

public sealed class TripleSmoothingConformance : ComponentConformance<TripleSmoothing>;

public sealed class AccuracyConformance : ComponentConformance<Accuracy>;

public sealed class BacktestConformance : ComponentConformance<Backtest>;
