using System.Globalization;

namespace IndustryBrain.Sdk.Measures;

/// <summary>The units that are known by name. Definitions: UCUM 2.2; standard coal by GB/T 2589-2020 (29 307.6 kJ/kg). What is metric takes every prefix.</summary>
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
        ["斤"] = "500.g",
        ["吨"] = "t",
        ["公吨"] = "t",
        ["吨标准煤"] = "tce",
        ["吨标煤"] = "tce",
        ["米"] = "m",
        ["厘米"] = "cm",
        ["毫米"] = "mm",
        ["千米"] = "km",
        ["公里"] = "km",
        ["平方米"] = "m2",
        ["公顷"] = "har",
        ["立方米"] = "m3",
        ["立方"] = "m3",
        ["方"] = "m3",
        ["标准立方米"] = "Nm3",
        ["标方"] = "Nm3",
        ["升"] = "L",
        ["公升"] = "L",
        ["litre"] = "L",
        ["liter"] = "L",
        ["毫升"] = "mL",
        ["桶"] = "[bbl_us]",
        ["瓦时"] = "W.h",
        ["千瓦时"] = "kW.h",
        ["度"] = "kW.h",
        ["兆瓦时"] = "MW.h",
        ["吉瓦时"] = "GW.h",
        ["太瓦时"] = "TW.h",
        ["焦耳"] = "J",
        ["千焦"] = "kJ",
        ["兆焦"] = "MJ",
        ["吉焦"] = "GJ",
        ["太焦"] = "TJ",
        ["大卡"] = "kcal",
        ["千卡"] = "kcal",
        ["瓦"] = "W",
        ["千瓦"] = "kW",
        ["兆瓦"] = "MW",
        ["吉瓦"] = "GW",
        ["帕"] = "Pa",
        ["千帕"] = "kPa",
        ["兆帕"] = "MPa",
        ["元"] = "CNY",
        ["人民币"] = "CNY",
        ["RMB"] = "CNY",
        ["¥"] = "CNY",
        ["￥"] = "CNY",
        ["美元"] = "USD",
        ["$"] = "USD",
        ["欧元"] = "EUR",
        ["€"] = "EUR",
        ["日元"] = "JPY",
        ["港元"] = "HKD",
        ["英镑"] = "GBP",
        ["£"] = "GBP",
        ["件"] = "{pcs}",
        ["个"] = "{pcs}",
        ["台"] = "{pcs}",
        ["只"] = "{pcs}",
        ["辆"] = "{pcs}",
        ["pcs"] = "{pcs}",
        ["人"] = "{person}",
        ["秒"] = "s",
        ["分钟"] = "min",
        ["小时"] = "h",
        ["时"] = "h",
        ["天"] = "d",
        ["日"] = "d",
        ["周"] = "wk",
        ["月"] = "mo",
        ["年"] = "a",
        ["摄氏度"] = "Cel",
        ["℃"] = "Cel",
        ["°C"] = "Cel",
        ["rpm"] = "/min",
        ["ppm"] = "[ppm]",
        ["ppb"] = "[ppb]",
        ["psi"] = "[psi]",
    };

    // Everyday spellings whose case is off; asked only when nothing is spelt exactly so. UCUM tells M from m by case alone, so what could be both (mw) is not here.
    private static readonly Dictionary<string, string> Spellings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["kWh"] = "kWh",
        ["MWh"] = "MWh",
        ["GWh"] = "GWh",
        ["TWh"] = "TWh",
        ["kW"] = "kW",
        ["GW"] = "GW",
        ["kJ"] = "kJ",
        ["GJ"] = "GJ",
        ["TJ"] = "TJ",
        ["kg"] = "kg",
        ["t"] = "t",
        ["km"] = "km",
        ["m3"] = "m3",
        ["m2"] = "m2",
        ["Nm3"] = "Nm3",
        ["kPa"] = "kPa",
        ["tce"] = "tce",
        ["kgce"] = "kgce",
        ["CNY"] = "CNY",
        ["RMB"] = "CNY",
        ["USD"] = "USD",
        ["EUR"] = "EUR",
        ["PCS"] = "{pcs}",
    };

    private static readonly (string Word, int Power)[] Multipliers = [("百万", 6), ("千万", 7), ("亿", 8), ("万", 4), ("千", 3), ("百", 2)];

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
        Metric["var"] = watt;
        Metric["C"] = ampere.Times(second);
        Metric["Ohm"] = Metric["Ω"] = Metric["V"].Times(ampere, -1);
        Metric["S"] = ampere.Times(Metric["V"], -1);
        Metric["F"] = Metric["C"].Times(Metric["V"], -1);
        Metric["Wb"] = Metric["V"].Times(second);
        Metric["H"] = Metric["Wb"].Times(ampere, -1);
        Metric["Bq"] = Metric["Hz"];
        Metric["Gy"] = Metric["Sv"] = joule.Times(kilogram, -1);
        Metric["kat"] = Metric["mol"].Times(second, -1);
        Metric["rad"] = Metric["sr"] = Unit.Number(Rational.One);
        Metric["cd"] = Metric["lm"] = Unit.Base("cd");
        Metric["lx"] = Metric["lm"].Times(squareMetre, -1);
        Metric["m[Hg]"] = Metric["Pa"].Times(Fraction(133_322));
        Metric["gce"] = joule.Times(Fraction(29_307_600, 1000));
        Metric["tce"] = joule.Times(Fraction(29_307_600_000));

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
        Plain["[lb_av]"] = kilogram.Times(Fraction(45_359_237, 100_000_000));
        Plain["[in_i]"] = metre.Times(Fraction(254, 10_000));
        Plain["[ft_i]"] = metre.Times(Fraction(3048, 10_000));
        Plain["[mi_i]"] = metre.Times(Fraction(1_609_344, 1000));
        Plain["[bbl_us]"] = cubicMetre.Times(Fraction(158_987_294_928, 1_000_000_000_000));
        Plain["%"] = Unit.Number(Fraction(1, 100));
        Plain["[ppth]"] = Plain["‰"] = Unit.Number(Fraction(1, 1000));
        Plain["[ppm]"] = Unit.Number(Fraction(1, 1_000_000));
        Plain["[ppb]"] = Unit.Number(Fraction(1, 1_000_000_000));
        Plain["[gal_us]"] = cubicMetre.Times(Fraction(3_785_411_784, 1_000_000_000_000));
        Plain["[oz_av]"] = Plain["[lb_av]"].Times(Fraction(1, 16));
        Plain["atm"] = Metric["Pa"].Times(Fraction(101_325));
        Plain["[psi]"] = Plain["[lb_av]"].Times(Fraction(980_665, 100_000)).Times(metre).Times(second, -2).Times(Plain["[in_i]"], -2);
        foreach (var currency in (string[])["CNY", "USD", "EUR", "JPY", "HKD", "GBP"])
        {
            Plain[currency] = Unit.Base(currency);
        }

        // Mass of a named substance: 1 tC is not 1 tCO2, so that each substance is a dimension of its own.
        foreach (var substance in (string[])["C", "CO2", "CO2e"])
        {
            Metric["g" + substance] = Metric["g"].Times(Unit.Base($"{{{substance}}}"));
            Metric["t" + substance] = Metric["t"].Times(Unit.Base($"{{{substance}}}"));
        }
    }

    /// <summary>What a person may have meant by a misspelt unit: codes, the most usual of their multiples, and everyday names.</summary>
    public static IEnumerable<string> Usual =>
        [.. Names.Keys, .. Plain.Keys, .. Metric.Keys, .. Spellings.Values, "g", "mg", "mm", "cm", "mL", "mW", "MW", "MJ", "Pa", "MPa", "kVA", "kgCO2", "kgCO2e"];

    /// <summary>The code that a Chinese or everyday name stands for, else the text itself.</summary>
    public static string CodeOf(string text) => Names.GetValueOrDefault(text, text);

    /// <summary>The unit that is meant by an everyday spelling in other case, such as KWH; null when there is none.</summary>
    public static string? SpellingOf(string text) => Spellings.GetValueOrDefault(text);

    /// <summary>Parts a Chinese multiplier from its unit: 万千瓦时 is 10⁴ of 千瓦时.</summary>
    public static (Rational Factor, string Of)? Multiplied(string text)
    {
        foreach (var (word, power) in Multipliers)
        {
            if (text.Length > word.Length && text.StartsWith(word, StringComparison.Ordinal))
            {
                return (Rational.PowerOfTen(power), text[word.Length..]);
            }
        }

        return null;
    }

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
