using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Takes the rows of one commodity. A table of one commodity needs no choice.</summary>
internal sealed class CommodityFilter(string? wanted, ComponentContext context)
{
    private readonly List<string> _found = [];
    private string? _last;
    private string? _taken;
    private bool _takesLast;

    /// <summary>Looks for the wanted commodity in rows ahead.</summary>
    public void LookAhead(IEnumerable<string> commodities) => _taken = wanted is null ? null : commodities.FirstOrDefault(IsWanted);

    /// <summary>True when the row of that commodity may be part of the series.</summary>
    /// <param name="commodity">Commodity of the row.</param>
    /// <param name="collected">Rows taken so far; dropped when the wanted commodity turns up behind others.</param>
    public bool Takes(string commodity, List<DatedValue> collected)
    {
        if (_last is not null && string.Equals(commodity, _last, StringComparison.Ordinal))
        {
            return _takesLast;
        }

        _last = commodity;
        if (!_found.Contains(commodity))
        {
            _found.Add(commodity);
        }

        // Without a wish, or before a match, the first commodity is collected in case it is the only one.
        if (_taken is null && IsWanted(commodity))
        {
            _taken = commodity;
            collected.Clear();
        }

        return _takesLast = _taken is null ? commodity == _found[0] : commodity == _taken;
    }

    /// <summary>The rows when the choice was clear.</summary>
    public Result<List<DatedValue>> Finish(string column, SeriesColumns columns, List<DatedValue> rows)
    {
        if (_found.Count <= 1)
        {
            columns.CommodityName = _found is [{ Length: > 0 } only] ? only : wanted;
            if (wanted is not null && _taken is null && columns.CommodityName is { } name && name != wanted)
            {
                context.Log(ComponentLogLevel.Warning, $"The file holds one commodity, '{name}'; it was taken for '{wanted}'.");
            }

            return rows;
        }

        if (wanted is null)
        {
            return TabularFailures.ChooseCommodity(column, _found);
        }

        columns.CommodityName = _taken;
        return _taken is null ? TabularFailures.NoSuchCommodity(wanted, column, _found) : rows;
    }

    private bool IsWanted(string commodity) =>
        wanted is not null && string.Equals(CellText.HalfWidth(commodity), CellText.HalfWidth(wanted), StringComparison.OrdinalIgnoreCase);
}
