namespace IndustryBrain.Sdk.Measures;

/// <summary>A unit as an exact multiple of base units.</summary>
/// <param name="Factor">How many coherent base units it is.</param>
/// <param name="Dimension">Exponents by base: kg, m, s, A, K, mol, a currency, or a counted thing in braces. Zero exponents are absent.</param>
/// <param name="Offset">What is added in base units: only temperatures have one.</param>
internal sealed record Unit(Rational Factor, SortedDictionary<string, int> Dimension, Rational Offset)
{
    public static Unit Number(Rational factor) => new(factor, new(StringComparer.Ordinal), new Rational(0, 1));

    public static Unit Base(string name) => new(Rational.One, new(StringComparer.Ordinal) { [name] = 1 }, new Rational(0, 1));

    public bool HasOffset => !Offset.Numerator.IsZero;

    public Unit Times(Rational factor) => this with { Factor = Factor * factor };

    public Unit Times(Unit other, int power = 1)
    {
        var dimension = new SortedDictionary<string, int>(Dimension, StringComparer.Ordinal);
        foreach (var (name, exponent) in other.Dimension)
        {
            var sum = dimension.GetValueOrDefault(name) + (exponent * power);
            if (sum == 0)
            {
                dimension.Remove(name);
            }
            else
            {
                dimension[name] = sum;
            }
        }

        return new(Factor * other.Factor.Power(power), dimension, new Rational(0, 1));
    }

    public bool IsCommensurableWith(Unit other) => Dimension.SequenceEqual(other.Dimension);
}
