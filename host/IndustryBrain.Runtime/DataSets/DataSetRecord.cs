using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.DataSets;

/// <summary>A named table of an organization. Its rows stand in <c>data_set_row</c>.</summary>
public sealed class DataSetRecord
{
    /// <summary>Its name.</summary>
    public required string Id { get; set; }

    /// <summary>Id of its rows: one that takes the name of a deleted one has another.</summary>
    public Guid Key { get; set; }

    /// <summary>What is in it; empty for nothing said.</summary>
    public string Description { get; set; } = "";

    /// <summary>Roles whose people see it beside those who manage data sets; empty for whoever may see data sets.</summary>
    public IReadOnlyList<string> Roles { get; set; } = [];

    /// <summary>The versions that are kept, oldest first; the last one is read.</summary>
    public IReadOnlyList<DataSetVersion> Versions { get; set; } = [];

    internal DataSetVersion Current => Versions[^1];

    internal DataSetVersion? Find(int number) => Versions.FirstOrDefault(v => v.Number == number);
}

/// <summary>One version of a data set.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Columns">What its rows look like.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Bytes">Size of its rows as JSON.</param>
/// <param name="FileName">The file that it was made from; null for one that a plugin or a change of the columns made.</param>
/// <param name="Sha256">Digest of that file.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">Who made it.</param>
public sealed record DataSetVersion(int Number, IReadOnlyList<DataSetColumn> Columns, long Rows, long Bytes, string? FileName, string? Sha256, DateTimeOffset CreatedAt, Actor CreatedBy)
{
    internal DataSetSchema Schema => new(Columns);
}
