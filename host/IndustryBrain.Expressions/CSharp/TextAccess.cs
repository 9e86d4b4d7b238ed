using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IndustryBrain.Expressions.CSharp;

/// <summary>The operations on texts that a source is compiled to, so that their size is known before they are done.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TextAccess
{
    internal const int MaxLength = 1024 * 1024;

    private const int DeepestOrder = 64;
    private static readonly ConditionalWeakTable<object, object> Orders = [];

    /// <summary>An operand, when it is short enough to build a longer text from.</summary>
    public static T Checked<T>(T value) => value is string text ? text.Length > MaxLength ? throw new TextTooLongException() : value : IsScalar(value) ? value : throw NoText(value!);

    /// <summary>An interpolated text.</summary>
    public static string Text(BoundedText text) => text.ToString();

    /// <summary>A sequence that is walked only as deep as there is room for.</summary>
    [return: NotNullIfNotNull(nameof(source))]
    public static IEnumerable<T>? Source<T>(IEnumerable<T>? source) => source is null or ICollection<T> ? source : Walk(source);

    /// <summary>Enumerable.ThenBy.</summary>
    public static IOrderedEnumerable<T> BoundedThenBy<T, TKey>(this IOrderedEnumerable<T> source, Func<T, TKey> keySelector) => Deeper(source, source.ThenBy(keySelector));

    /// <summary>Enumerable.ThenByDescending.</summary>
    public static IOrderedEnumerable<T> BoundedThenByDescending<T, TKey>(this IOrderedEnumerable<T> source, Func<T, TKey> keySelector) => Deeper(source, source.ThenByDescending(keySelector));

    /// <summary>string.Replace.</summary>
    public static string Replacing(this string text, string old, string? with)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(old);
        return Fits((text.Length / (long)old.Length * (with?.Length ?? 0)) + text.Length) ? text.Replace(old, with, StringComparison.Ordinal) : throw new TextTooLongException();
    }

    /// <summary>string.Replace.</summary>
    public static string Replacing(this string text, char old, char with)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Replace(old, with);
    }

    /// <summary>string.Join.</summary>
    public static string Join<T>(string? separator, IEnumerable<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var text = new System.Text.StringBuilder();
        var isFirst = true;
        foreach (var value in values)
        {
            if (!isFirst)
                text.Append(separator);
            text.Append(Of(value, null));
            isFirst = false;
            if (!Fits(text.Length))
                throw new TextTooLongException();
        }

        return text.ToString();
    }

    /// <summary>string.Join.</summary>
    public static string Join(string? separator, params object?[] values) => Join(separator, (IEnumerable<object?>)values);

    /// <summary>string.Concat.</summary>
    public static string Concat(params object?[] values) => Join("", (IEnumerable<object?>)values);

    /// <summary>The text of a value.</summary>
    internal static string Of<T>(T value, string? format) => IsScalar(value) ? value is IFormattable f ? f.ToString(format, null) : value?.ToString() ?? "" : throw NoText(value!);

    // What is made of other values grows with them, one within the other, and nothing counts it.
    private static bool IsScalar<T>(T value) => value is null or string or bool or char or IFormattable or JsonNode or JsonElement;

    private static FormatException NoText(object value) => new($"A value of type {value.GetType().Name} has no text.");

    private static IEnumerable<T> Walk<T>(IEnumerable<T> source)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        using var items = source.GetEnumerator();
        while (true)
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            if (!items.MoveNext())
                yield break;
            yield return items.Current;
        }
    }

    private static IOrderedEnumerable<T> Deeper<T>(IOrderedEnumerable<T> source, IOrderedEnumerable<T> result)
    {
        var depth = Orders.TryGetValue(source, out var known) ? (int)known + 1 : 1;
        if (depth > DeepestOrder)
            throw new InsufficientExecutionStackException();
        Orders.Add(result, depth);
        return result;
    }

    internal static bool Fits(long length) => length <= 4 * MaxLength;
}
