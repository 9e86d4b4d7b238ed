namespace IndustryBrain.Plugins.Forecasting;

/// <summary>
/// Double exponential smoothing, NIST/SEMATECH e-Handbook 6.4.3.3: S₁ = y₁, b₁ = mean of the first three differences,
/// Sₜ = αyₜ + (1−α)(Sₜ₋₁+bₜ₋₁), bₜ = γ(Sₜ−Sₜ₋₁) + (1−γ)bₜ₋₁, forecast S + m·b. With γ = 0 and b₁ = 0 it is single smoothing.
/// </summary>
internal sealed record Holt(double Alpha, double Gamma, double Level, double Trend, double[] Smoothed, double[] Errors, double Sse)
{
    private const int GridPoints = 21;

    /// <summary>Standard deviation of the one-step errors: root of their mean square.</summary>
    public double Sigma => Math.Sqrt(Sse / Errors.Length);

    /// <summary>Smooths with the given parameters; those that are null are fitted to the least sum of squared one-step errors.</summary>
    public static Holt Fit(IReadOnlyList<double> series, double? alpha, double? gamma, bool withTrend, CancellationToken cancellationToken)
    {
        double[] y = [.. series];
        var start = withTrend ? (y[3] - y[0]) / 3 : 0;
        double Cost(double[] p) => SumOfSquares(y, start, p[0], p[1]);
        var best = BoundedSearch.Minimise([alpha, withTrend ? gamma : 0], GridPoints, Cost, Cost, cancellationToken);
        return Smooth(y, start, best[0], best[1]);
    }

    /// <summary>Forecasts of the next periods with their intervals; variance s²·[1+(h−1)(α²+αβh+β²h(2h−1)/6)], β = αγ.</summary>
    public (double[] Forecast, Interval[] Intervals) Ahead(int horizon)
    {
        var forecast = new double[horizon];
        var intervals = new Interval[horizon];
        var beta = Alpha * Gamma;
        for (var h = 1; h <= horizon; h++)
        {
            forecast[h - 1] = Level + h * Trend;
            var variance = 1 + (h - 1) * (Alpha * Alpha + Alpha * beta * h + beta * beta * h * (2.0 * h - 1) / 6);
            intervals[h - 1] = Interval.Around(forecast[h - 1], Sigma * Math.Sqrt(variance));
        }

        return (forecast, intervals);
    }

    private static double SumOfSquares(double[] y, double start, double alpha, double gamma)
    {
        double level = y[0], trend = start, sum = 0;
        for (var t = 1; t < y.Length; t++)
        {
            // The error-correction form of the same recurrence: one dependent chain less.
            var ahead = level + trend;
            var error = y[t] - ahead;
            sum += error * error;
            level = ahead + alpha * error;
            trend += gamma * alpha * error;
        }

        return sum;
    }

    private static Holt Smooth(double[] y, double start, double alpha, double gamma)
    {
        double level = y[0], trend = start, sum = 0;
        var smoothed = new double[y.Length];
        var errors = new double[y.Length - 1];
        smoothed[0] = level;
        for (var t = 1; t < y.Length; t++)
        {
            var ahead = level + trend;
            var error = y[t] - ahead;
            var next = alpha * y[t] + (1 - alpha) * ahead;
            trend = gamma * (next - level) + (1 - gamma) * trend;
            level = next;
            smoothed[t] = level;
            errors[t - 1] = error;
            sum += error * error;
        }

        return new(alpha, gamma, level, trend, smoothed, errors, sum);
    }
}
