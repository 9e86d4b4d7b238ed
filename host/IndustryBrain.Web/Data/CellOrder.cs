using System.Globalization;
using System.Text.Json;

namespace IndustryBrain.Web.Data;

/// <summary>Orders cells of one column: empty ones first, numbers by size, texts as the language sorts them.</summary>
internal sealed class CellOrder : IComparer<object?>
{
    internal static readonly CellOrder Instance = new();

    public int Compare(object? x, object? y)
    {
        var (left, right) = (Plain(x), Plain(y));
        if (left is null || right is null) return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        if (left is double a && right is double b) return a.CompareTo(b);
        if (left.GetType() == right.GetType() && left is IComparable comparable and not string) return comparable.CompareTo(right);
        return CultureInfo.CurrentCulture.CompareInfo.Compare(left.ToString(), right.ToString(), CompareOptions.NumericOrdering);
    }

    private static object? Plain(object? value) => value switch
    {
        JsonElement { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        JsonElement json => json.ToString(),
        int or long or float or decimal => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => value,
    };
}
