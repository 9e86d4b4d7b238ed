using System.Numerics;

namespace IndustryBrain.Sdk.Measures;

/// <summary>An exact fraction in lowest terms, denominator above zero.</summary>
internal readonly record struct Rational
{
    public Rational(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    public static Rational One { get; } = new(1, 1);

    public BigInteger Numerator { get; }

    public BigInteger Denominator { get; }

    public static Rational operator *(Rational a, Rational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static Rational operator +(Rational a, Rational b) => new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b) => new((a.Numerator * b.Denominator) - (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational Of(decimal value)
    {
        var scale = BigInteger.Pow(10, value.Scale);
        return new(Unscaled(value), scale);
    }

    public static Rational PowerOfTen(int exponent) => exponent >= 0 ? new(BigInteger.Pow(10, exponent), 1) : new(1, BigInteger.Pow(10, -exponent));

    public Rational Power(int exponent) => exponent >= 0
        ? new(BigInteger.Pow(Numerator, exponent), BigInteger.Pow(Denominator, exponent))
        : new(BigInteger.Pow(Denominator, -exponent), BigInteger.Pow(Numerator, -exponent));

    /// <summary>As a decimal of at most 28 digits; false when it does not fit.</summary>
    public bool TryToDecimal(out decimal value)
    {
        // As many decimal places as the 28 digits leave room for.
        for (var places = 28; places >= 0; places--)
        {
            var scaled = BigInteger.DivRem((BigInteger.Abs(Numerator) * BigInteger.Pow(10, places) * 2) + Denominator, Denominator * 2, out _);
            if (scaled < MaxMantissa)
            {
                value = new decimal((int)(uint)(scaled & uint.MaxValue), (int)(uint)((scaled >> 32) & uint.MaxValue), (int)(uint)(scaled >> 64), Numerator.Sign < 0, (byte)places);
                return true;
            }
        }

        value = 0;
        return false;
    }

    private static BigInteger MaxMantissa { get; } = BigInteger.One << 96;

    private static BigInteger Unscaled(decimal value)
    {
        var bits = decimal.GetBits(value);
        var mantissa = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return value < 0 ? -mantissa : mantissa;
    }
}
