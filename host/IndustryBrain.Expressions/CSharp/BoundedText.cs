using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text;

namespace IndustryBrain.Expressions.CSharp;

/// <summary>Puts an interpolated text together while it is short enough.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[InterpolatedStringHandler]
#pragma warning disable CA1815 // Lives within one expression; nothing compares it.
public readonly struct BoundedText
#pragma warning restore CA1815
{
    private readonly StringBuilder _text = new();

    /// <summary>For the compiler.</summary>
    public BoundedText(int literalLength, int formattedCount)
    {
    }

    /// <summary>For the compiler.</summary>
    public void AppendLiteral(string value) => Append(value);

    /// <summary>For the compiler.</summary>
    public void AppendFormatted<T>(T value) => Append(TextAccess.Of(value, null));

    /// <summary>For the compiler.</summary>
    public void AppendFormatted<T>(T value, string? format) => Append(TextAccess.Of(value, format));

    /// <summary>For the compiler.</summary>
    public void AppendFormatted<T>(T value, int alignment, string? format = null)
    {
        var text = TextAccess.Of(value, format);
        Append(alignment < 0 ? text.PadRight(-alignment) : text.PadLeft(alignment));
    }

    /// <inheritdoc />
    public override string ToString() => _text.ToString();

    private void Append(string value)
    {
        if (!TextAccess.Fits((long)_text.Length + value.Length))
            throw new TextTooLongException();
        _text.Append(value);
    }
}
