using System.Globalization;
using System.Text.Json;
using IndustryBrain.Sdk.Schemas;

namespace IndustryBrain.Sdk;

/// <summary>The common refusals of components, IB7101 to IB7110: every component answers these cases with the same code.</summary>
public static class Refusals
{
    /// <summary>IB7101 MISSING: a required port or column is absent.</summary>
    public static Failure Missing(string where) =>
        new("IB7101", new($"缺少「{where}」。", $"“{where}” is missing.")) { Where = where, Action = new("请补上后重试。", "Provide it and try again.") };

    /// <summary>IB7102 TYPE: a value is not of the expected type.</summary>
    public static Failure Type(string where, string found, LocalizedText expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return new("IB7102", new($"「{where}」应为{expected.Zh}，得到的是：'{Shorten(found)}'。", $"“{where}” should be {expected.En}, but is '{Shorten(found)}'.")) { Where = where, Action = new($"请改为{expected.Zh}。", $"Change it to {expected.En}.") };
    }

    /// <summary>IB7102 TYPE: a value of JSON is not of the expected type; it is shown with its characters, not with the escapes that the document may have for them.</summary>
    public static Failure Type(string where, JsonElement found, LocalizedText expected) => Type(where, JsonText.Of(found), expected);

    /// <summary>IB7103 UNIT: a unit is unknown or of another dimension.</summary>
    public static Failure Unit(string where, string found, string expected) =>
        new("IB7103", new($"「{where}」的单位 '{Shorten(found)}' 无法换算为 '{expected}'。", $"The unit '{Shorten(found)}' of “{where}” cannot be converted to '{expected}'."))
        { Where = where, Action = new($"请改用可换算为 '{expected}' 的单位。", $"Use a unit that converts to '{expected}'.") };

    /// <summary>IB7104 NAN: a number is blank, not a number, or infinite.</summary>
    public static Failure NotANumber(string where) =>
        new("IB7104", new($"「{where}」为空或不是有限的数。", $"“{where}” is blank or not a finite number.")) { Where = where, Action = new("请填入数值。", "Enter a number.") };

    /// <summary>IB7105 RANGE: a value lies outside its range.</summary>
    /// <param name="where">Port, member or column.</param>
    /// <param name="found">The value.</param>
    /// <param name="allowed">The range, as an interval such as <c>[0, 1]</c> or a bound such as <c>≥ 1</c>.</param>
    public static Failure Range(string where, double found, string allowed)
    {
        var isInterval = allowed is not ['<' or '>' or '≤' or '≥', ..];
        return new("IB7105", isInterval
            ? new($"「{where}」为 {Text(found)}，应在 {allowed} 之内。", $"“{where}” is {Text(found)}; it must lie within {allowed}.")
            : new($"「{where}」为 {Text(found)}，应 {allowed}。", $"“{where}” is {Text(found)}; it must be {allowed}."))
        {
            Where = where,
            Action = isInterval ? new($"请改为 {allowed} 之内的值。", $"Change it to a value within {allowed}.") : new($"请改为 {allowed} 的值。", $"Change it to a value {allowed}."),
        };
    }

    /// <summary>IB7106 FEW: too few rows or values.</summary>
    public static Failure Few(string where, int found, int needed) =>
        new("IB7106", new($"「{where}」只有 {found} 个值，至少需要 {needed} 个。", $"“{where}” has {found} {(found == 1 ? "value" : "values")}; at least {needed} {(needed == 1 ? "is" : "are")} needed.")) { Where = where, Action = new($"请提供至少 {needed} 个值。", $"Provide at least {needed} {(needed == 1 ? "value" : "values")}.") };

    /// <summary>IB7107 VERSION: no knowledge is valid for what was asked.</summary>
    public static Failure Version(string where, LocalizedText message, LocalizedText exists) =>
        new("IB7107", message) { Where = where, Action = exists };

    /// <summary>IB7108 LIMIT: a size or time limit was reached.</summary>
    public static Failure Limit(string where, LocalizedText message) => new("IB7108", message) { Where = where };

    /// <summary>IB7109 INFEASIBLE: no solution satisfies the named constraint.</summary>
    public static Failure Infeasible(string constraint, LocalizedText message) => new("IB7109", message) { Where = constraint };

    /// <summary>IB7110 UNUSABLE: a capability is not there, or what it answers cannot be understood.</summary>
    public static Failure CapabilityUnusable(string capability) =>
        new("IB7110", new($"此处没有可用的能力「{capability}」。", $"The capability “{capability}” cannot be used here.")) { Where = capability, Action = new("请在提供该能力的平台上运行。", "Run it on a platform that provides it.") };

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Shorten(string text) => text is null ? "" : text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 40), "…");
}
