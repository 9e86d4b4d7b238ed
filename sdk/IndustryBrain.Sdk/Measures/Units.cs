namespace IndustryBrain.Sdk.Measures;

/// <summary>Converts between units: UCUM codes with metric prefixes, <c>CNY</c> and other currencies, standard coal (<c>kgce</c>, <c>tce</c>), masses of a substance (<c>tC</c>, <c>kgCO2e</c>) and counted things such as <c>{pcs}</c>,
/// also combined: <c>CNY/t</c>, <c>kgCO2e/kWh</c>, <c>tC/TJ</c>, <c>10*4.Nm3</c>. Everyday Chinese names such as 吨 and 千瓦时 are understood. Factors are exact fractions; currencies and counted things convert only to themselves.</summary>
public static class Units
{
    /// <summary>True when the text is a unit.</summary>
    public static bool IsKnown(string? unit) => UnitParser.Parse(unit) is not null;

    /// <summary>True when both are units of one dimension.</summary>
    public static bool AreConvertible(string? from, string? to) =>
        UnitParser.Parse(from) is { } source && UnitParser.Parse(to) is { } target && source.IsCommensurableWith(target);

    /// <summary>Converts a value; IB7103 when a unit is unknown or of another dimension.</summary>
    /// <param name="value">The value in <paramref name="from"/>.</param>
    /// <param name="from">Its unit.</param>
    /// <param name="to">The unit wanted.</param>
    /// <param name="where">What the refusal names: a port or a cell.</param>
    /// <returns>The value in <paramref name="to"/>, off by at most the rounding of two operations.</returns>
    public static Result<double> TryConvert(double value, string from, string to, string where = "unit")
    {
        if (!Find(from, to, where).TryGet(out var units, out var failure))
        {
            return failure;
        }

        if (!double.IsFinite(value))
        {
            return Refusals.NotANumber(where);
        }

        var (source, target) = units;
        var factor = source.Factor / target.Factor;
        var scaled = factor.Denominator.IsOne ? value * (double)factor.Numerator
            : factor.Numerator.IsOne ? value / (double)factor.Denominator
            : value * (double)factor.Numerator / (double)factor.Denominator;
        var shift = (source.Offset - target.Offset) / target.Factor;
        return scaled + ((double)shift.Numerator / (double)shift.Denominator);
    }

    /// <summary>Converts a value exactly, rounded to the 28 digits of a decimal; IB7103 when a unit is unknown or of another dimension, IB7105 when the result has no place in a decimal.</summary>
    /// <param name="value">The value in <paramref name="from"/>.</param>
    /// <param name="from">Its unit.</param>
    /// <param name="to">The unit wanted.</param>
    /// <param name="where">What the refusal names: a port or a cell.</param>
    public static Result<decimal> TryConvert(decimal value, string from, string to, string where = "unit")
    {
        if (!Find(from, to, where).TryGet(out var units, out var failure))
        {
            return failure;
        }

        var (source, target) = units;
        var converted = ((Rational.Of(value) * source.Factor) + source.Offset - target.Offset) / target.Factor;
        return converted.TryToDecimal(out var result) ? result : Refusals.Range(where, (double)value, "±7.9E+28");
    }

    private static Result<(Unit From, Unit To)> Find(string from, string to, string where)
    {
        ArgumentNullException.ThrowIfNull(to);
        return UnitParser.Parse(from) is { } source && UnitParser.Parse(to) is { } target && source.IsCommensurableWith(target)
            ? (source, target)
            : Refusals.Unit(where, from ?? "", to);
    }
}
