using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Reads the rows of a file one after the other, whatever its format.</summary>
internal abstract class RowReader : IAsyncDisposable
{
    /// <summary>Number of the current row as a spreadsheet or text editor shows it, from 1.</summary>
    public int Number { get; protected set; }

    /// <summary>Cells of the current row: text, number, date, truth or null.</summary>
    public IReadOnlyList<object?> Cells { get; protected set; } = [];

    /// <summary>What the file turned out to be, such as <c>GB18030</c> or <c>XLSX</c>.</summary>
    public abstract string Format { get; }

    /// <summary>Goes to the next row; false at the end.</summary>
    public abstract ValueTask<Result<bool>> ReadAsync(CancellationToken cancellationToken);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();
}
