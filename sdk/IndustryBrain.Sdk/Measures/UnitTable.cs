using System.Globalization;

namespace IndustryBrain.Sdk.Measures;

/// <summary>The units that are known by name. Definitions: UCUM 2.2; standard coal by GB/T 2589-2020 (29 307.6 kJ/kg).</summary>
internal static class UnitTable
{
    private static readonly Dictionary<string, int> Prefixes = new(StringComparer.Ordinal)
    {
        ["Y"] = 24,
        ["Z"] = 21,
        ["E"] = 18,
        ["P"] = 15,
        ["T"] = 12,
        ["G"] = 9,
        ["M"] = 6,
        ["k"] = 3,
        ["h"] = 2,
        ["da"] = 1,
        ["d"] = -1,
        ["c"] = -2,
        ["m"] = -3,
        ["u"] = -6,
        ["μ"] = -6,
        ["µ"] = -6,
        ["n"] = -9,
        ["p"] = -12,
        ["f"] = -15,
    };

    private static readonly Dictionary<string, Unit> Metric = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, Unit> Plain = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["克"] = "g",
        ["千克"] = "kg",
        ["公斤"] = "kg",
        ["吨"] = "t",
        ["万吨"] = "10*4.t",
        ["米"] = "m",
        ["千米"] = "km",
        ["公里"] = "km",
        ["平方米"] = "m2",
        ["立方米"] = "m3",
        ["万立方米"] = "10*4.m3",
        ["标准立方米"] = "Nm3",
        ["升"] = "L",
        ["毫升"] = "mL",
        ["千瓦时"] = "kWh",
        ["度"] = "kWh",
        ["兆瓦时"] = "MWh",
        ["万千瓦时"] = "10*4.kWh",
        ["焦耳"] = "J",
        ["兆焦"] = "MJ",
        ["吉焦"] = "GJ",
        ["太焦"] = "TJ",
        ["千瓦"] = "kW",
        ["元"] = "CNY",
        ["万元"] = "10*4.CNY",
        ["亿元"] = "10*8.CNY",
        ["RMB"] = "CNY",
        ["¥"] = "CNY",
        ["件"] = "{pcs}",
        ["个"] = "{pcs}",
        ["台"] = "{pcs}",
        ["秒"] = "s",
        ["分钟"] = "min",
        ["小时"] = "h",
        ["天"] = "d",
        ["摄氏度"] = "Cel",
        ["℃"] = "Cel",
        ["°C"] = "Cel",
    };

    static UnitTable()
    {
        var kilogram = Unit.Base("kg");
        var metre = Unit.Base("m");
        var second = Unit.Base("s");
        var newton = kilogram.Times(metre).Times(second, -2);
        var joule = newton.Times(metre);
        var watt = joule.Times(second, -1);
        var squareMetre = metre.Times(metre);
        var cubicMetre = squareMetre.Times(metre);
        var ampere = Unit.Base("A");

        Metric["g"] = kilogram.Times(Fraction(1, 1000));
        Metric["t"] = kilogram.Times(Fraction(1000));
        Metric["m"] = metre;
        Metric["s"] = second;
        Metric["A"] = ampere;
        Metric["mol"] = Unit.Base("mol");
        Metric["N"] = newton;
        Metric["J"] = joule;
        Metric["W"] = watt;
        Metric["Wh"] = joule.Times(Fraction(3600));
        Metric["VA"] = watt;
        Metric["V"] = watt.Times(ampere, -1);
        Metric["Hz"] = Unit.Number(Rational.One).Times(second, -1);
        Metric["Pa"] = newton.Times(squareMetre, -1);
        Metric["bar"] = Metric["Pa"].Times(Fraction(100_000));
        Metric["cal"] = joule.Times(Fraction(4184, 1000));
        Metric["L"] = Metric["l"] = cubicMetre.Times(Fraction(1, 1000));
        Metric["K"] = Unit.Base("K");

        Plain["Cel"] = new(Rational.One, Metric["K"].Dimension, Fraction(27315, 100));
        Plain["[degF]"] = new(Fraction(5, 9), Metric["K"].Dimension, Fraction(45967 * 5, 900));
        Plain["min"] = second.Times(Fraction(60));
        Plain["h"] = second.Times(Fraction(3600));
        Plain["d"] = second.Times(Fraction(86_400));
        Plain["wk"] = second.Times(Fraction(604_800));
        Plain["a"] = second.Times(Fraction(31_557_600));
        Plain["mo"] = second.Times(Fraction(2_629_800));
        Plain["ha"] = Plain["har"] = squareMetre.Times(Fraction(10_000));
        Plain["ar"] = squareMetre.Times(Fraction(100));
        Plain["亩"] = squareMetre.Times(Fraction(2000, 3));
        Plain["Nm3"] = cubicMetre.Times(Unit.Base("{normal}"));
        Plain["kgce"] = joule.Times(Fraction(29_307_600));
        Plain["tce"] = Plain["kgce"].Times(Fraction(1000));
        Plain["[lb_av]"] = kilogram.Times(Fraction(45_359_237, 100_000_000));
        Plain["[in_i]"] = metre.Times(Fraction(254, 10_000));
        Plain["[ft_i]"] = metre.Times(Fraction(3048, 10_000));
        Plain["[mi_i]"] = metre.Times(Fraction(1_609_344, 1000));
        Plain["[bbl_us]"] = cubicMetre.Times(Fraction(158_987_294_928, 1_000_000_000_000));
        Plain["%"] = Unit.Number(Fraction(1, 100));
        Plain["[ppth]"] = Plain["‰"] = Unit.Number(Fraction(1, 1000));
        Plain["[ppm]"] = Unit.Number(Fraction(1, 1_000_000));
        foreach (var currency in (string[])["CNY", "USD", "EUR", "JPY", "HKD", "GBP"])
        {
            Plain[currency] = Unit.Base(currency);
        }

        // Mass of a named substance: 1 tC is not 1 tCO2, so that each substance is a dimension of its own.
        foreach (var substance in (string[])["C", "CO2", "CO2e"])
        {
            Plain["g" + substance] = Metric["g"].Times(Unit.Base($"{{{substance}}}"));
            Plain["kg" + substance] = kilogram.Times(Unit.Base($"{{{substance}}}"));
            Plain["t" + substance] = Metric["t"].Times(Unit.Base($"{{{substance}}}"));
        }
    }

    /// <summary>The code that a Chinese or everyday name stands for, else the text itself.</summary>
    public static string CodeOf(string text) => Names.GetValueOrDefault(text, text);

    /// <summary>One unit without operators, such as <c>kWh</c>, <c>{pcs}</c>, <c>100</c> or <c>10*4</c>; null when unknown.</summary>
    public static Unit? Find(string atom)
    {
        if (Plain.TryGetValue(atom, out var unit) || Metric.TryGetValue(atom, out unit))
        {
            return unit;
        }

        if (atom is ['{', .., '}'])
        {
            return Unit.Base(atom);
        }

        if (long.TryParse(atom, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number == 0 ? null : Unit.Number(Fraction(number));
        }

        if ((atom.StartsWith("10*", StringComparison.Ordinal) || atom.StartsWith("10^", StringComparison.Ordinal))
            && int.TryParse(atom.AsSpan(3), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power) && Math.Abs(power) <= 30)
        {
            return Unit.Number(Rational.PowerOfTen(power));
        }

        for (var length = 2; length >= 1; length--)
        {
            if (atom.Length > length && Prefixes.TryGetValue(atom[..length], out var exponent) && Metric.TryGetValue(atom[length..], out unit))
            {
                return unit.Times(Rational.PowerOfTen(exponent));
            }
        }

        return null;
    }

    private static Rational Fraction(long numerator, long denominator = 1) => new(numerator, denominator);
}
