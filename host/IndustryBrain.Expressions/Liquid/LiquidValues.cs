using System.Globalization;
using System.Text.Json;
using Fluid;
using Fluid.Values;
using IndustryBrain.Scenarios.Expressions;

namespace IndustryBrain.Expressions.Liquid;

/// <summary>Values of a run as a template sees them, by the names that Elsa gives.</summary>
internal static class LiquidValues
{
    private const decimal MostDecimal = 7.9e27m;

    public static void Define(TemplateContext context, IExpressionScope scope)
    {
        context.SetValue("Variables", new ScopeValue(() => scope.VariableNames, name => scope.TryGetVariable(name, out var value) ? value : null));
        context.SetValue("Input", new ScopeValue(() => scope.InputNames, scope.GetInput));
        context.SetValue("CorrelationId", To(scope.CorrelationId));
        context.SetValue("WorkflowDefinitionId", To(scope.DefinitionId));
        context.SetValue("WorkflowDefinitionVersionId", To(scope.DefinitionVersionId));
        context.SetValue("WorkflowDefinitionVersion", To(scope.DefinitionVersion));
        context.SetValue("WorkflowInstanceId", To(scope.RunId));
    }

    public static FluidValue To(object? value) => value switch
    {
        null => NilValue.Instance,
        bool b => b ? BooleanValue.True : BooleanValue.False,
        int i => NumberValue.Create(i),
        long l => NumberValue.Create(l),
        decimal m => NumberValue.Create(m),
        double d => double.IsFinite(d) && Math.Abs(d) < (double)MostDecimal ? NumberValue.Create((decimal)d) : new StringValue(d.ToString(CultureInfo.InvariantCulture)),
        string s => new StringValue(s),
        DateTimeOffset d => new DateTimeValue(d),
        DateTime d => new DateTimeValue(d.Kind == DateTimeKind.Local ? d.ToUniversalTime() : DateTime.SpecifyKind(d, DateTimeKind.Utc)),
        byte[] bytes => new StringValue(Convert.ToBase64String(bytes)),
        JsonElement json => Of(json),
        IFormattable f => new StringValue(f.ToString(null, CultureInfo.InvariantCulture)),
        _ => NilValue.Instance,
    };

    public static IEnumerable<string> KeysOf(FluidValue value) => value switch
    {
        ScopeValue scope => scope.Names,
        JsonObjectValue json => json.Names,
        _ => [],
    };

    private static FluidValue Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new StringValue(json.GetString()!),
        JsonValueKind.Number => json.TryGetDecimal(out var m) ? NumberValue.Create(m) : new StringValue(json.GetRawText()),
        JsonValueKind.True => BooleanValue.True,
        JsonValueKind.False => BooleanValue.False,
        JsonValueKind.Array => new ArrayValue([.. json.EnumerateArray().Select(Of)]),
        JsonValueKind.Object => new JsonObjectValue(json),
        _ => NilValue.Instance,
    };

    /// <summary>A JSON object; a member is read when a template names it.</summary>
    private sealed class JsonObjectValue(JsonElement json) : FluidValue
    {
        public IEnumerable<string> Names => json.EnumerateObject().Select(p => p.Name);

        public override FluidValues Type => FluidValues.Dictionary;

        public override ValueTask<FluidValue> GetValueAsync(string name, TemplateContext context) => new(
            json.TryGetProperty(name, out var member) ? Of(member)
            : name == "size" ? NumberValue.Create(json.GetPropertyCount())
            : NilValue.Instance);

        public override ValueTask<FluidValue> GetIndexAsync(FluidValue index, TemplateContext context) => GetValueAsync(index.ToStringValue(), context);

        // A pair is an array of two, as Liquid has it: {{ pair[0] }} and {{ pair[1] }}.
        public override IEnumerable<FluidValue> Enumerate(TemplateContext context) =>
            json.EnumerateObject().Select(p => new ArrayValue([new StringValue(p.Name), Of(p.Value)]));

        public override bool Equals(FluidValue? other) => other is JsonObjectValue && JsonElement.DeepEquals(json, (JsonElement)other.ToObjectValue());

        public override bool ToBooleanValue() => true;

        public override decimal ToNumberValue() => 0;

        public override string ToStringValue() => json.GetRawText();

        public override object ToObjectValue() => json;

        public override ValueTask WriteToAsync(TextWriter writer, System.Text.Encodings.Web.TextEncoder encoder, CultureInfo cultureInfo) => new(writer.WriteAsync(ToStringValue()));
    }
}
