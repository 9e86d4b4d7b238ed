using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Measures;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Keeps the values of one column in one unit: that of the header, else that of the first cell.</summary>
internal sealed class CellUnits(string column)
{
    private readonly string? _ofHeader = CellText.UnitIn(column);
    private string? _ofCells;
    private string? _currency;
    private bool _isSettled;

    /// <summary>The unit of the column; null when neither the header nor a cell names one.</summary>
    public string? Unit => _ofHeader ?? _ofCells;

    /// <summary>The value in the unit of the column.</summary>
    public Result<double> Read(object? cell, int row)
    {
        if (!Numbers.TryMeasure(cell, out var measured))
        {
            return TabularFailures.NoNumber(column, row, cell);
        }

        var (value, unit) = measured;
        if (unit is null)
        {
            _isSettled = true;
            return value;
        }

        if (Numbers.CurrencyOf(unit) is { } currency && !Fits(currency))
        {
            return TabularFailures.OtherUnit(column, row, unit, Unit ?? _currency!);
        }

        if (!_isSettled && Unit is null && Numbers.CurrencyOf(unit) is null)
        {
            _ofCells = unit;
        }

        _isSettled = true;
        return (unit, Unit) switch
        {
            ("%", null) => value / 100,
            _ when Numbers.CurrencyOf(unit) is not null && (Unit is null || !Units.IsKnown(Numerator(Unit))) => value,
            _ when Numbers.CurrencyOf(unit) is { } bare => Converted(value, bare, Numerator(Unit!), unit, row),
            // 5 % below a header in % is 5; beside plain numbers the sign means a hundredth.
            (_, null) => TabularFailures.NotANumber(column, row, CellText.Of(cell), Numbers.Suggest(CellText.Of(cell))),
            _ when unit == Unit || !Units.IsKnown(Unit) => value,
            _ when unit == "%" || Units.AreConvertible(unit, Unit) => Converted(value, unit, Unit, unit, row),
            // 6.8万元 below 元/吨: the amount of money is scaled, what it is for stands in the header.
            _ => Converted(value, unit, Numerator(Unit), unit, row),
        };
    }

    private Result<double> Converted(double value, string from, string to, string shown, int row) =>
        Units.TryConvert(value, from, to).TryGet(out var converted, out _) ? converted : TabularFailures.OtherUnit(column, row, shown, Unit!);

    // All cells are of one currency, and of the header's when it names one.
    private bool Fits(string currency)
    {
        _currency ??= currency;
        return _currency == currency && (_ofHeader is null || !Units.IsKnown(Numerator(_ofHeader)) || Units.AreConvertible(currency, Numerator(_ofHeader)));
    }

    private static string Numerator(string unit) => unit.Split('/')[0].Trim();
}
