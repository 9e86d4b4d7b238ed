using System.Globalization;

namespace IndustryBrain.Sdk.Measures;

/// <summary>Reads unit expressions: <c>.</c> multiplies, <c>/</c> divides what follows it, digits behind a unit are its exponent, braces are counted things.</summary>
internal ref struct UnitParser
{
    private const int LongestText = 100;
    private const int DeepestNesting = 8;
    private const int LargestExponent = 9;

    private readonly ReadOnlySpan<char> _text;
    private int _at;
    private int _depth;

    private UnitParser(ReadOnlySpan<char> text) => _text = text;

    /// <summary>The unit, or null when the text is none.</summary>
    public static Unit? Parse(string? text)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text) || text.Length > LongestText)
        {
            return null;
        }

        text = UnitTable.CodeOf(text);
        var parser = new UnitParser(text);
        var unit = parser.Term();
        return parser._at == text.Length ? unit : null;
    }

    private Unit? Term()
    {
        Unit? total = null;
        var power = 1;
        if (Peek() == '/')
        {
            (total, power) = (Unit.Number(Rational.One), -1);
            _at++;
        }

        while (true)
        {
            if (Component() is not { } unit)
            {
                return null;
            }

            // A temperature scale has a zero of its own only while it stands alone: in W/(m2.Cel) it is a difference.
            total = total is null ? unit : total.Times(unit, power);
            switch (Peek())
            {
                case '.' or '·':
                    power = 1;
                    break;
                case '/':
                    power = -1;
                    break;
                default:
                    return total;
            }

            _at++;
        }
    }

    private Unit? Component()
    {
        Unit? unit;
        if (Peek() == '(')
        {
            if (++_depth > DeepestNesting)
            {
                return null;
            }

            _at++;
            unit = Term();
            if (unit is null || Peek() != ')')
            {
                return null;
            }

            _at++;
            _depth--;
        }
        else
        {
            unit = Simple();
        }

        return unit is null ? null : Counted(Raised(unit));
    }

    private Unit? Simple()
    {
        var start = _at;
        if (Peek() == '{')
        {
            return Braces();
        }

        if (char.IsAsciiDigit(Peek()))
        {
            while (char.IsAsciiDigit(Peek()) || (_at > start && Peek() is '*' or '^') || (Peek() == '-' && _text[_at - 1] is '*' or '^'))
            {
                _at++;
            }

            return UnitTable.Find(_text[start.._at].ToString());
        }

        while (_at < _text.Length && _text[_at] is not ('.' or '·' or '/' or '(' or ')' or '{' or '}'))
        {
            _at++;
        }

        return Named(_text[start.._at].ToString());
    }

    // "CO2" and "Nm3" end in a digit of their own: the whole name is tried before its last digits become an exponent.
    private static Unit? Named(string name)
    {
        var code = UnitTable.CodeOf(name);
        if (code != name)
        {
            return Parse(code);
        }

        if (UnitTable.Find(name) is { } unit)
        {
            return unit;
        }

        var digits = name.Length;
        while (digits > 0 && (char.IsAsciiDigit(name[digits - 1]) || name[digits - 1] is '-' or '+'))
        {
            digits--;
        }

        return digits > 0 && digits < name.Length
            && int.TryParse(name.AsSpan(digits), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) && exponent != 0 && Math.Abs(exponent) <= LargestExponent
            && UnitTable.Find(name[..digits]) is { } root
            ? Unit.Number(Rational.One).Times(root, exponent)
            : null;
    }

    // Behind a bracket the exponent stands apart.
    private Unit Raised(Unit unit)
    {
        var start = _at;
        while (char.IsAsciiDigit(Peek()))
        {
            _at++;
        }

        return _at > start && int.TryParse(_text[start.._at], NumberStyles.None, CultureInfo.InvariantCulture, out var exponent) && exponent <= LargestExponent
            ? Unit.Number(Rational.One).Times(unit, exponent)
            : unit;
    }

    private Unit? Counted(Unit unit) => Peek() != '{' ? unit : Braces() is { } thing ? unit.Times(thing) : null;

    private Unit? Braces()
    {
        var length = _text[_at..].IndexOf('}');
        if (length < 2)
        {
            return null;
        }

        var name = _text.Slice(_at, length + 1).ToString();
        _at += length + 1;
        return UnitTable.Find(name);
    }

    private readonly char Peek() => _at < _text.Length ? _text[_at] : '\0';
}
