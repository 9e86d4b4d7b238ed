namespace IndustryBrain.Storage.Backups;

/// <summary>How the database of a backup is laid out, as statements that make it anew in an empty one.</summary>
/// <param name="Before">Makes schemas, sequences, functions and bare tables.</param>
/// <param name="Tables">The tables, whose rows come next.</param>
/// <param name="After">Makes constraints, indexes and triggers, which would hinder the loading, and sets the sequences.</param>
internal sealed record SchemaScript(IReadOnlyList<string> Before, IReadOnlyList<TableCopy> Tables, IReadOnlyList<string> After);

/// <summary>How the rows of a table are copied.</summary>
/// <param name="Name">Schema and name, quoted.</param>
/// <param name="Columns">Its columns, quoted, with commas; those that the database computes are left out.</param>
internal sealed record TableCopy(string Name, string Columns)
{
    internal string Out => $"copy {Name} ({Columns}) to stdout (format binary)";

    internal string In => $"copy {Name} ({Columns}) from stdin (format binary)";
}
