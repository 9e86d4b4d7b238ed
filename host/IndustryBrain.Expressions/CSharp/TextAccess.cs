using System.ComponentModel;

namespace IndustryBrain.Expressions.CSharp;

/// <summary>The operations on texts that a source is compiled to, so that their size is known before they are done.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TextAccess
{
    internal const int MaxLength = 1024 * 1024;

    /// <summary>An operand, when it is short enough to build a longer text from.</summary>
    public static T Checked<T>(T value) => value is string text && text.Length > MaxLength ? throw new TextTooLongException() : value;

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
            text.Append(value);
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

    private static bool Fits(long length) => length <= 4 * MaxLength;
}
