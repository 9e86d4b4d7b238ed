namespace IndustryBrain.Plugins.Forecasting;

/// <summary>Finds the least value of a function on the unit square or cube: a grid finds the valleys, a compass search descends the deepest of them. No randomness, so equal input gives equal output.</summary>
internal static class BoundedSearch
{
    private const double SmallestStep = 1e-8;
    private const double RefiningStep = 0.01;

    // An improvement below this share of the cost is rounding.
    private const double LeastGain = 1e-13;
    private const int MostDescents = 3;
    private const int MostEvaluations = 3000;

    // The whole of a long series is evaluated this often at most: the valley is known by then.
    private const int MostRefiningEvaluations = 300;

    /// <summary>The free parameters, those that are null in <paramref name="given"/>, that make <paramref name="cost"/> least; given ones stay.</summary>
    /// <param name="given">One entry a parameter: its value, or null to fit it.</param>
    /// <param name="gridPoints">Points of the grid along one axis, ends included.</param>
    /// <param name="coarse">Cost that finds the valley; may be cheaper than <paramref name="cost"/>, then the best of it is refined.</param>
    /// <param name="cost">What is made least.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public static double[] Minimise(IReadOnlyList<double?> given, int gridPoints, Func<double[], double> coarse, Func<double[], double> cost, CancellationToken cancellationToken)
    {
        int[] free = [.. Enumerable.Range(0, given.Count).Where(i => given[i] is null)];
        double[] fixedPoint = [.. given.Select(g => g ?? 0.5)];
        if (free.Length == 0)
        {
            return fixedPoint;
        }

        var candidates = new List<(double Cost, double[] Point)>();
        foreach (var point in Grid(fixedPoint, free, gridPoints))
        {
            cancellationToken.ThrowIfCancellationRequested();
            candidates.Add((coarse(point), point));
        }

        // A stable order keeps ties, such as those of a straight line, deterministic.
        var starts = Apart([.. candidates.OrderBy(c => c.Cost)], 1.5 / (gridPoints - 1));
        double[] best = fixedPoint;
        var least = double.PositiveInfinity;
        foreach (var start in starts)
        {
            var (found, value) = Descend(start, free, 0.5 / (gridPoints - 1), MostEvaluations, coarse, cancellationToken);
            if (value < least)
            {
                (best, least) = (found, value);
            }
        }

        return coarse == cost ? best : Descend(best, free, RefiningStep, MostRefiningEvaluations, cost, cancellationToken).Point;
    }

    private static IEnumerable<double[]> Grid(double[] fixedPoint, int[] free, int points)
    {
        yield return [.. fixedPoint];
        var total = (int)Math.Pow(points, free.Length);
        for (var n = 0; n < total; n++)
        {
            double[] point = [.. fixedPoint];
            for (int axis = 0, rest = n; axis < free.Length; axis++, rest /= points)
            {
                point[free[axis]] = (double)(rest % points) / (points - 1);
            }

            yield return point;
        }
    }

    // Valleys that touch are one valley: the starts keep a distance.
    private static List<double[]> Apart(List<(double Cost, double[] Point)> ordered, double distance)
    {
        var starts = new List<double[]>();
        foreach (var (_, point) in ordered)
        {
            if (starts.TrueForAll(s => s.Zip(point, (a, b) => Math.Abs(a - b)).Max() > distance))
            {
                starts.Add(point);
                if (starts.Count == MostDescents)
                {
                    break;
                }
            }
        }

        return starts;
    }

    private static (double[] Point, double Cost) Descend(double[] start, int[] free, double step, int most, Func<double[], double> cost, CancellationToken cancellationToken)
    {
        double[] at = [.. start];
        var value = cost(at);
        for (var evaluations = 0; step > SmallestStep && evaluations < most;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] before = [.. at];
            foreach (var axis in free)
            {
                foreach (var direction in (ReadOnlySpan<double>)[step, -step])
                {
                    double[] next = [.. at];
                    next[axis] = Math.Clamp(next[axis] + direction, 0, 1);
                    evaluations++;
                    if (next[axis] != at[axis] && cost(next) is var lower && lower < value - LeastGain * Math.Abs(value))
                    {
                        (at, value) = (next, lower);
                        break;
                    }
                }
            }

            if (at.AsSpan().SequenceEqual(before))
            {
                step /= 2;
                continue;
            }

            // Hooke and Jeeves: what helped once is tried again in the same direction.
            double[] leap = [.. at.Zip(before, (now, was) => Math.Clamp(2 * now - was, 0, 1))];
            evaluations++;
            if (cost(leap) is var leapt && leapt < value)
            {
                (at, value) = (leap, leapt);
            }
        }

        return (at, value);
    }
}
