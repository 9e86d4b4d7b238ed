namespace IndustryBrain.Plugins.EmissionFactors;

/// <summary>The units that activity data come in, with what one of them is in the base unit of its dimension.</summary>
internal static class ActivityUnits
{
    private static readonly (string Base, double Size, string[] Names)[] Known =
    [
        ("kWh", 1, ["kWh", "千瓦时", "度", "kW.h", "kW·h"]),
        ("kWh", 1000, ["MWh", "兆瓦时", "MW.h", "千度"]),
        ("kWh", 10_000, ["万kWh", "万千瓦时", "万度", "10^4kWh"]),
        ("kWh", 1_000_000, ["GWh", "吉瓦时"]),
        ("kWh", 100_000_000, ["亿kWh", "亿千瓦时", "亿度"]),
        ("kg", 1, ["kg", "千克", "公斤"]),
        ("kg", 1000, ["t", "吨", "Mg", "公吨"]),
        ("kg", 0.001, ["g", "克"]),
        ("kg", 10_000_000, ["万t", "万吨"]),
        ("kg", 0.5, ["斤"]),
        ("m3", 1, ["m3", "m³", "立方米", "立方", "方", "Nm3", "Nm³", "标准立方米", "标方"]),
        ("m3", 10_000, ["万m3", "万m³", "万立方米", "万方", "万Nm3", "万Nm³", "万标方", "10^4m3"]),
        ("L", 1, ["L", "升", "公升", "litre", "liter"]),
        ("GJ", 1, ["GJ", "吉焦"]),
        ("GJ", 0.001, ["MJ", "兆焦"]),
        ("GJ", 1000, ["TJ", "太焦"]),
    ];

    /// <summary>How many of <paramref name="target"/> one of <paramref name="unit"/> is; null when it does not convert.</summary>
    /// <param name="unit">Unit of the activity.</param>
    /// <param name="target">Unit that the factor is per: kWh, kg, m3 or GJ.</param>
    /// <param name="density">Density in kg/L, which turns litres into kilograms; null when unknown.</param>
    public static double? Convert(string unit, string target, double? density)
    {
        if (Find(unit) is not { } known)
        {
            return null;
        }

        return (known.Base, target) switch
        {
            _ when known.Base == target => known.Size,
            ("L", "kg") => known.Size * density,
            ("L", "m3") => known.Size / 1000,
            ("kWh", "GJ") => known.Size * 0.0036,
            ("GJ", "kWh") => known.Size / 0.0036,
            _ => null,
        };
    }

    /// <summary>True for a volume of liquid, which needs a density to become a mass.</summary>
    public static bool IsLitre(string unit) => Find(unit) is { Base: "L" };

    private static (string Base, double Size)? Find(string unit)
    {
        // MW and mW differ by case alone, so an exact match goes first.
        var text = unit.Trim();
        foreach (var comparison in (ReadOnlySpan<StringComparison>)[StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase])
        {
            foreach (var (dimension, size, names) in Known)
            {
                if (Array.Exists(names, n => string.Equals(n, text, comparison)))
                {
                    return (dimension, size);
                }
            }
        }

        return null;
    }
}
