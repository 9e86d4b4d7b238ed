using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Sdk.Schemas;

/// <summary>One member of an object at the boundary, with what its attributes say.</summary>
internal sealed class ContractMember
{
    public ContractMember(JsonPropertyInfo property)
    {
        var parameter = property.AssociatedParameter;
        Name = property.Name;
        Contract = Contract.Of(property.PropertyType);
        IsRequired = property.IsRequired;
        IsNullable = Nullable.GetUnderlyingType(property.PropertyType) is not null || property.IsSetNullable || Contract.Kind == ContractKind.Any;
        HasDefault = parameter is { HasDefaultValue: true };
        Default = HasDefault ? parameter!.DefaultValue : null;

        object[] attributes =
        [
            .. property.AttributeProvider?.GetCustomAttributes(true) ?? [],
            .. (parameter?.AttributeProvider as ParameterInfo)?.GetCustomAttributes(true) ?? [],
        ];
        Label = attributes.OfType<LabelAttribute>().FirstOrDefault();
        Unit = attributes.OfType<UnitAttribute>().FirstOrDefault()?.Code;
        Editor = attributes.OfType<EditorAttribute>().FirstOrDefault()?.Name;
        Examples = [.. attributes.OfType<ExampleAttribute>().Select(e => e.Json)];
        if (attributes.OfType<RangeAttribute>().FirstOrDefault() is { } range)
        {
            Minimum = Bound(range.Minimum);
            Maximum = Bound(range.Maximum);
            MinimumIsExclusive = range.MinimumIsExclusive;
            MaximumIsExclusive = range.MaximumIsExclusive;
        }

        MinimumLength = attributes.OfType<MinLengthAttribute>().FirstOrDefault()?.Length ?? attributes.OfType<LengthAttribute>().FirstOrDefault()?.MinimumLength;
        MaximumLength = attributes.OfType<MaxLengthAttribute>().FirstOrDefault()?.Length ?? attributes.OfType<LengthAttribute>().FirstOrDefault()?.MaximumLength
            ?? attributes.OfType<StringLengthAttribute>().FirstOrDefault()?.MaximumLength;
    }

    public string Name { get; }

    public Contract Contract { get; }

    public bool IsRequired { get; }

    public bool IsNullable { get; }

    public bool HasDefault { get; }

    public object? Default { get; }

    public LabelAttribute? Label { get; }

    public string? Unit { get; }

    public string? Editor { get; }

    public IReadOnlyList<string> Examples { get; }

    /// <summary>Smallest value; null when there is none. Of an array the bounds hold for its numbers.</summary>
    public double? Minimum { get; }

    public double? Maximum { get; }

    public bool MinimumIsExclusive { get; }

    public bool MaximumIsExclusive { get; }

    public int? MinimumLength { get; }

    public int? MaximumLength { get; }

    public bool Allows(double value) =>
        (Minimum is not { } low || (MinimumIsExclusive ? value > low : value >= low))
        && (Maximum is not { } high || (MaximumIsExclusive ? value < high : value <= high));

    /// <summary>The range as an interval, such as <c>(0, 100]</c>.</summary>
    public string RangeText() => string.Concat(
        Minimum is null || MinimumIsExclusive ? "(" : "[",
        Minimum?.ToString(CultureInfo.InvariantCulture) ?? "-∞",
        ", ",
        Maximum?.ToString(CultureInfo.InvariantCulture) ?? "∞",
        Maximum is null || MaximumIsExclusive ? ")" : "]");

    // The extreme values of a type stand for "no bound" in [Range(1, double.MaxValue)].
    private static double? Bound(object? value) => value switch
    {
        null => null,
        double.MaxValue or double.MinValue or double.PositiveInfinity or double.NegativeInfinity or int.MaxValue or int.MinValue => null,
        IConvertible number => double.TryParse(number.ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) && double.IsFinite(bound) ? bound : null,
        _ => null,
    };
}
