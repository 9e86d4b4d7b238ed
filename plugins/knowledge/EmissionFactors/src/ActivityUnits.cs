using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Measures;

namespace IndustryBrain.Plugins.EmissionFactors;

/// <summary>Converts the unit of activity data to the unit that a factor is per.</summary>
internal static class ActivityUnits
{
    /// <summary>How many of <paramref name="target"/> one of <paramref name="unit"/> is; IB7103 when it does not convert.</summary>
    /// <param name="unit">Unit of the activity.</param>
    /// <param name="target">Unit that the factor is per: kWh, kg, m3 or GJ.</param>
    /// <param name="density">Density in kg/L, which turns a volume into a mass; null when unknown.</param>
    /// <param name="where">What a refusal names.</param>
    public static Result<double> Convert(string unit, string target, double? density, string where)
    {
        if (target == "kg" && density is { } kilogramsPerLitre && Units.TryConvert(1.0, unit, "L").TryGet(out var litres, out _))
        {
            return litres * kilogramsPerLitre;
        }

        // Guides give the factor of gas for a cubic metre in the standard state, and bills mean that one too.
        return Units.TryConvert(1.0, unit, target == "m3" && Units.AreConvertible(unit, "Nm3") ? "Nm3" : target, where);
    }

    /// <summary>True for a volume, which needs a density to become a mass.</summary>
    public static bool IsVolume(string unit) => Units.AreConvertible(unit, "L");
}
