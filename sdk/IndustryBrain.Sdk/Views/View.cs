using System.Text.Json.Serialization;

namespace IndustryBrain.Sdk.Views;

/// <summary>How the host shows the output of an application. Values are found by JSON Pointers (RFC 6901) into the output; an element whose value is absent is left out.</summary>
/// <param name="Title">Heading of the whole.</param>
/// <param name="Elements">What is shown, in order.</param>
public sealed record View(LocalizedText Title, IReadOnlyList<ViewElement> Elements);

/// <summary>One part of a view.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(KpiTiles), "kpis")]
[JsonDerivedType(typeof(Chart), "chart")]
[JsonDerivedType(typeof(Table), "table")]
[JsonDerivedType(typeof(FieldList), "form")]
[JsonDerivedType(typeof(Board), "board")]
public abstract record ViewElement;

/// <summary>A value that is shown as a word and a tone instead of itself.</summary>
/// <param name="Value">The value in the output.</param>
/// <param name="Text">The word shown.</param>
/// <param name="Tone">neutral, info, success, warning or error.</param>
public sealed record ValueLabel(string Value, LocalizedText Text, string Tone);

/// <summary>A row of key figures.</summary>
/// <param name="Items">The figures, at most eight.</param>
public sealed record KpiTiles(IReadOnlyList<KpiTile> Items) : ViewElement;

/// <summary>One key figure.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">Pointer to the value.</param>
public sealed record KpiTile(LocalizedText Label, string Value)
{
    /// <summary>Fixed unit, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>Pointer to the unit in the output; goes before <see cref="Unit"/>.</summary>
    public string? UnitPointer { get; init; }

    /// <summary>.NET numeric format, such as <c>N2</c> or <c>P1</c>; null shows up to six significant digits.</summary>
    public string? Format { get; init; }

    /// <summary>Pointer to a short text below the value.</summary>
    public string? Note { get; init; }

    /// <summary>Words and tones for the values of an enumeration.</summary>
    public IReadOnlyList<ValueLabel> Labels { get; init; } = [];
}

/// <summary>What a series of a chart means; it decides its colour and stroke.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SeriesRole>))]
public enum SeriesRole
{
    /// <summary>A measured series: solid line, or bars.</summary>
    [JsonStringEnumMemberName("actual")] Actual,

    /// <summary>A fitted or smoothed series.</summary>
    [JsonStringEnumMemberName("fitted")] Fitted,

    /// <summary>A forecast: dashed, joined to the last actual point, with a line at "now".</summary>
    [JsonStringEnumMemberName("forecast")] Forecast,

    /// <summary>A band between <see cref="ChartSeries.Values"/> (lower) and <see cref="ChartSeries.Upper"/>.</summary>
    [JsonStringEnumMemberName("band")] Band,

    /// <summary>A threshold: a thin dashed line.</summary>
    [JsonStringEnumMemberName("threshold")] Threshold,
}

/// <summary>A line or bar chart.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Type">line or bar.</param>
/// <param name="Categories">Pointer to the array of labels along the x axis: texts, dates or numbers.</param>
/// <param name="Series">The series; arrays may be shorter than the categories or hold null for "no value".</param>
public sealed record Chart(LocalizedText Title, string Type, string Categories, IReadOnlyList<ChartSeries> Series) : ViewElement
{
    /// <summary>Unit of the y axis.</summary>
    public string? Unit { get; init; }

    /// <summary>Pointer to the unit of the y axis; goes before <see cref="Unit"/>.</summary>
    public string? UnitPointer { get; init; }

    /// <summary>Name of the x axis.</summary>
    public LocalizedText? CategoryLabel { get; init; }
}

/// <summary>One series of a chart.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Values">Pointer to an array of numbers, aligned with the categories.</param>
/// <param name="Role">What it means.</param>
public sealed record ChartSeries(LocalizedText Label, string Values, SeriesRole Role)
{
    /// <summary>For a band: pointer to the array of upper values.</summary>
    public string? Upper { get; init; }
}

/// <summary>A table.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Rows">Pointer to an array of objects.</param>
/// <param name="Columns">The columns, in order.</param>
public sealed record Table(LocalizedText Title, string Rows, IReadOnlyList<TableColumn> Columns) : ViewElement;

/// <summary>One column of a table.</summary>
/// <param name="Label">Head of the column.</param>
/// <param name="Value">Pointer into the row.</param>
public sealed record TableColumn(LocalizedText Label, string Value)
{
    /// <summary>Unit in the head.</summary>
    public string? Unit { get; init; }

    /// <summary>.NET numeric format.</summary>
    public string? Format { get; init; }

    /// <summary>Words and tones for the values of an enumeration.</summary>
    public IReadOnlyList<ValueLabel> Labels { get; init; } = [];
}

/// <summary>Labelled values, one below the other.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Fields">The fields; <see cref="TableColumn.Value"/> points into the output.</param>
public sealed record FieldList(LocalizedText Title, IReadOnlyList<TableColumn> Fields) : ViewElement;

/// <summary>Cards in columns.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Rows">Pointer to an array of objects, one a card.</param>
/// <param name="Lane">Pointer into the row: which column it stands in.</param>
/// <param name="CardTitle">Pointer into the row: title of the card.</param>
/// <param name="Fields">Further fields of the card.</param>
public sealed record Board(LocalizedText Title, string Rows, string Lane, string CardTitle, IReadOnlyList<TableColumn> Fields) : ViewElement
{
    /// <summary>Order, words and tones of the columns.</summary>
    public IReadOnlyList<ValueLabel> Lanes { get; init; } = [];
}
