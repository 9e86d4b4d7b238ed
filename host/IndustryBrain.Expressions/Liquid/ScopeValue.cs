using System.Globalization;
using System.Text.Encodings.Web;
using Fluid;
using Fluid.Values;

namespace IndustryBrain.Expressions.Liquid;

/// <summary>Variables or inputs by their exact name; a value is read when a template names it.</summary>
/// <param name="names">All names.</param>
/// <param name="read">The value of a name.</param>
internal sealed class ScopeValue(Func<IEnumerable<string>> names, Func<string, object?> read) : FluidValue
{
    public override FluidValues Type => FluidValues.Dictionary;

    public IEnumerable<string> Names => names();

    public override ValueTask<FluidValue> GetValueAsync(string name, TemplateContext context) => new(LiquidValues.To(read(name)));

    public override ValueTask<FluidValue> GetIndexAsync(FluidValue index, TemplateContext context) => GetValueAsync(index.ToStringValue(), context);

    public override bool Equals(FluidValue? other) => ReferenceEquals(this, other);

    public override bool ToBooleanValue() => true;

    public override decimal ToNumberValue() => 0;

    public override string ToStringValue() => "";

    public override object? ToObjectValue() => null;

    public override ValueTask WriteToAsync(TextWriter writer, TextEncoder encoder, CultureInfo cultureInfo) => default;
}
