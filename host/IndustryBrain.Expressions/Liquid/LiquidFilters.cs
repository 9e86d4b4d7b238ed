using System.Text;
using Fluid;
using Fluid.Values;
using IndustryBrain.Expressions.CSharp;

namespace IndustryBrain.Expressions.Liquid;

/// <summary>The filters of a template: Fluid's, whose work is known before it is done, and Elsa's.</summary>
internal static class LiquidFilters
{
    public const string TokenKey = "ct";
    private const int LongestFormat = 64;
    private const int DeepestValue = 64;

    // What takes a format, where a few characters ask for any number of them.
    private static readonly string[] Formatting = ["date", "format_date", "format_number", "time_tag"];

    public static void Guard(FilterCollection filters, ExpressionLimits limits)
    {
        // With it a text decides about widths of thousands of millions.
        filters.Remove("format_string");
        filters.AddFilter("base64", static (input, _, _) => Text(Convert.ToBase64String(Encoding.UTF8.GetBytes(input.ToStringValue()))));
        filters.AddFilter("keys", static (input, _, _) => new(Keys(input)));
        foreach (var (name, filter) in filters.ToArray())
            filters.AddFilter(name, (input, arguments, context) => GuardedAsync(name, filter, input, arguments, context, limits.MaxElements));
    }

    public static CancellationToken TokenOf(TemplateContext context) => (CancellationToken)context.AmbientValues[TokenKey];

    /// <summary>Refuses a value that is too large to build a larger one from.</summary>
    public static void Check(FluidValue value, double limit)
    {
        if (Weight(value, limit, 0) > limit)
            throw new TextTooLongException();
    }

    private static async ValueTask<FluidValue> GuardedAsync(string name, FilterDelegate filter, FluidValue input, FilterArguments arguments, TemplateContext context, int limit)
    {
        TokenOf(context).ThrowIfCancellationRequested();
        Check(input, limit / 4.0);
        for (var i = 0; i < arguments.Count; i++)
        {
            Check(arguments.At(i), limit / 4.0);
            if (Formatting.Contains(name) && !IsFormat(arguments.At(i).ToStringValue()))
                throw new TextTooLongException();
        }

        if (Expected(name, input, arguments) > limit)
            throw new TextTooLongException();
        var output = await filter(input, arguments, context).ConfigureAwait(false);
        Check(output, limit);
        return output;
    }

    // What multiplies the lengths of two values; all others add to them.
    private static double Expected(string name, FluidValue input, FilterArguments arguments)
    {
        double Length(int index) => arguments.Count > index ? arguments.At(index).ToStringValue().Length : 0;
        return name switch
        {
            "replace" => (Weight(input, double.MaxValue, 0) / Math.Max(1, Length(0)) + 1) * Length(1),
            "join" when input is ArrayValue array => Weight(input, double.MaxValue, 0) + (array.Values.Count * Length(0)),
            _ => 0,
        };
    }

    private static double Weight(FluidValue value, double enough, int depth)
    {
        if (depth > DeepestValue)
            throw new TextTooLongException();
        switch (value)
        {
            case StringValue:
                return value.ToStringValue().Length;
            case ArrayValue array:
                double size = 0;
                foreach (var item in array.Values)
                {
                    size += 1 + Weight(item, enough - size, depth + 1);
                    if (size > enough)
                        break;
                }

                return size;
            default:
                return 1;
        }
    }

    private static ArrayValue Keys(FluidValue value) => new([.. LiquidValues.KeysOf(value).Select(k => (FluidValue)new StringValue(k))]);

    private static ValueTask<FluidValue> Text(string text) => new(new StringValue(text));

    private static bool IsFormat(string format)
    {
        var digits = 0;
        foreach (var c in format)
        {
            digits = char.IsAsciiDigit(c) ? digits + 1 : 0;
            if (digits > 2)
                return false;
        }

        return format.Length <= LongestFormat;
    }
}
