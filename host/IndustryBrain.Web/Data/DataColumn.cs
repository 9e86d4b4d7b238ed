using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Web.Data;

/// <summary>One column of a <see cref="DataTable{TRow}"/>.</summary>
/// <typeparam name="TRow">Type of a row.</typeparam>
/// <param name="Title">Head of the column, in the language of the person.</param>
/// <param name="Value">The value sorted, exported and, without a template, shown: a number, text, date or null.</param>
public sealed record DataColumn<TRow>(string Title, Func<TRow, object?> Value)
{
    /// <summary>Unit in the head, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>.NET numeric format; null shows up to six significant digits.</summary>
    public string? Format { get; init; }

    /// <summary>How the cell looks; null shows the value as text.</summary>
    public RenderFragment<TRow>? Template { get; init; }

    /// <summary>True puts numbers at the right with equal digits.</summary>
    public bool IsNumeric { get; init; }

    /// <summary>False for a column that has no order, such as actions.</summary>
    public bool IsSortable { get; init; } = true;

    /// <summary>False leaves it out of the export.</summary>
    public bool IsExported { get; init; } = true;

    /// <summary>Title with its unit.</summary>
    internal string Head => Unit is null ? Title : $"{Title} ({Unit})";

    /// <summary>The head in a file: whoever reads it there knows only the plain space.</summary>
    internal string Key => Head.Replace('\u00a0', ' ').Replace('\u202f', ' ');

    /// <summary>CSS width, such as <c>120px</c>; null lets the content decide.</summary>
    public string? Width { get; init; }
}
