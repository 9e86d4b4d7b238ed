namespace IndustryBrain.Plugins.Forecasting;

/// <summary>
/// Triple exponential smoothing as R's <c>HoltWinters</c> computes it: start values from the classical decomposition of the first two
/// seasons (centred moving average; level and trend by least squares on it; figure = mean seasonal), then Winters' recurrence.
/// </summary>
internal sealed record Winters(double Alpha, double Beta, double Gamma, double Level, double Trend, double[] Seasonals, double[] Smoothed, double[] Errors, double Sse, bool IsMultiplicative)
{
    private const int GridPoints = 7;

    // The grid only has to find the valley; on long series a part of them shows it.
    private const int CoarseLength = 4000;

    /// <summary>Standard deviation of the one-step errors: root of their mean square.</summary>
    public double Sigma => Math.Sqrt(Sse / Errors.Length);

    public static Winters Fit(IReadOnlyList<double> series, int period, bool multiplicative, double? alpha, double? beta, double? gamma, CancellationToken cancellationToken)
    {
        double[] y = [.. series];
        var start = SeasonalStart.Of(y, period, multiplicative);
        var coarseLength = Math.Min(y.Length, Math.Max(CoarseLength, 6 * period));
        var seasons = new double[y.Length];
        double Cost(int length, double[] p) => SumOfSquares(y.AsSpan(0, length), start, multiplicative, p, seasons);
        double Whole(double[] p) => Cost(y.Length, p);
        double Part(double[] p) => Cost(coarseLength, p);
        var best = BoundedSearch.Minimise([alpha, beta, gamma], GridPoints, Part, coarseLength < y.Length ? Whole : Part, cancellationToken);
        return Smooth(y, start, multiplicative, best);
    }

    public (double[] Forecast, Interval[] Intervals) Ahead(int horizon)
    {
        var m = Seasonals.Length;
        var forecast = new double[horizon];
        var intervals = new Interval[horizon];
        for (var h = 1; h <= horizon; h++)
        {
            var season = Seasonals[(h - 1) % m];
            forecast[h - 1] = IsMultiplicative ? (Level + h * Trend) * season : Level + h * Trend + season;
            intervals[h - 1] = Interval.Around(forecast[h - 1], Sigma * Math.Sqrt(Variance(h)));
        }

        return (forecast, intervals);
    }

    // Yar and Chatfield 1990; multiplicative seasons by their ratio, as R's predict does.
    private double Variance(int h)
    {
        var m = Seasonals.Length;
        var sum = 0.0;
        for (var j = 0; j < h; j++)
        {
            var psi = j == 0 ? 1 : Alpha * (1 + j * Beta) + (j % m == 0 ? Gamma * (1 - Alpha) : 0);
            if (IsMultiplicative)
            {
                var rel = (h - 1) % m;
                psi *= Seasonals[rel] / Seasonals[((rel - j) % m + m) % m];
            }

            sum += psi * psi;
        }

        return sum;
    }

    private static double SumOfSquares(ReadOnlySpan<double> y, SeasonalStart start, bool multiplicative, double[] p, double[] seasons)
    {
        var m = start.Figure.Length;
        double alpha = p[0], beta = p[1], gamma = p[2], level = start.Level, trend = start.Trend, sum = 0;
        start.Figure.CopyTo(seasons, 0);
        for (var t = m; t < y.Length; t++)
        {
            var season = seasons[t - m];
            var ahead = level + trend;
            var error = y[t] - (multiplicative ? ahead * season : ahead + season);
            sum += error * error;
            var next = alpha * (multiplicative ? y[t] / season : y[t] - season) + (1 - alpha) * ahead;
            trend = beta * (next - level) + (1 - beta) * trend;
            level = next;
            seasons[t] = gamma * (multiplicative ? y[t] / level : y[t] - level) + (1 - gamma) * season;
        }

        return double.IsNaN(sum) ? double.PositiveInfinity : sum;
    }

    private static Winters Smooth(double[] y, SeasonalStart start, bool multiplicative, double[] p)
    {
        var m = start.Figure.Length;
        double alpha = p[0], beta = p[1], gamma = p[2], level = start.Level, trend = start.Trend, sum = 0;
        var seasons = new double[y.Length];
        var smoothed = new double[y.Length - m];
        var errors = new double[y.Length - m];
        start.Figure.CopyTo(seasons, 0);
        for (var t = m; t < y.Length; t++)
        {
            var season = seasons[t - m];
            var ahead = level + trend;
            smoothed[t - m] = multiplicative ? ahead * season : ahead + season;
            errors[t - m] = y[t] - smoothed[t - m];
            sum += errors[t - m] * errors[t - m];
            var next = alpha * (multiplicative ? y[t] / season : y[t] - season) + (1 - alpha) * ahead;
            trend = beta * (next - level) + (1 - beta) * trend;
            level = next;
            seasons[t] = gamma * (multiplicative ? y[t] / level : y[t] - level) + (1 - gamma) * season;
        }

        return new(alpha, beta, gamma, level, trend, seasons[^m..], smoothed, errors, sum, multiplicative);
    }
}

/// <summary>Where triple smoothing starts.</summary>
/// <param name="Level">Level before the second season.</param>
/// <param name="Trend">Trend per period.</param>
/// <param name="Figure">One seasonal value a period of the season.</param>
internal sealed record SeasonalStart(double Level, double Trend, double[] Figure)
{
    /// <summary>R's <c>decompose</c> of the first two seasons.</summary>
    public static SeasonalStart Of(double[] y, int period, bool multiplicative)
    {
        var moving = CentredMovingAverage(y.AsSpan(0, 2 * period), period);
        var first = period / 2;
        var figure = new double[period];
        var counts = new int[period];
        for (var i = 0; i < moving.Length; i++)
        {
            var at = (first + i) % period;
            figure[at] += multiplicative ? y[first + i] / moving[i] : y[first + i] - moving[i];
            counts[at]++;
        }

        for (var i = 0; i < period; i++)
        {
            figure[i] /= counts[i];
        }

        var mean = figure.Average();
        for (var i = 0; i < period; i++)
        {
            figure[i] = multiplicative ? figure[i] / mean : figure[i] - mean;
        }

        var (level, trend) = Line(moving);
        return new(level, trend, figure);
    }

    private static double[] CentredMovingAverage(ReadOnlySpan<double> y, int period)
    {
        var half = period / 2;
        var result = new double[y.Length - 2 * half];
        for (var i = 0; i < result.Length; i++)
        {
            var sum = 0.0;
            for (var k = 0; k <= 2 * half; k++)
            {
                sum += y[i + k] * (period % 2 == 0 && (k == 0 || k == 2 * half) ? 0.5 : 1);
            }

            result[i] = sum / period;
        }

        return result;
    }

    // Least squares over 1, 2, …: the intercept is the level one step before the first value.
    private static (double Intercept, double Slope) Line(double[] values)
    {
        var n = values.Length;
        double meanX = (n + 1) / 2.0, meanY = values.Average(), covariance = 0, variance = 0;
        for (var i = 0; i < n; i++)
        {
            covariance += (i + 1 - meanX) * (values[i] - meanY);
            variance += (i + 1 - meanX) * (i + 1 - meanX);
        }

        var slope = covariance / variance;
        return (meanY - slope * meanX, slope);
    }
}
