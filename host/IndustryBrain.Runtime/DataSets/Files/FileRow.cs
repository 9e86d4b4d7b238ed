namespace IndustryBrain.Runtime.DataSets.Files;

/// <summary>One row of an uploaded file.</summary>
/// <param name="Number">Its row as a person counts, the header included; of JSON its place among the objects, from 1.</param>
/// <param name="Cells">What is in it by the columns' names: text, number, <see cref="bool"/>, <see cref="DateTime"/>; null for nothing, and <see cref="System.Text.Json.JsonElement"/> for what is no cell.</param>
internal readonly record struct FileRow(long Number, IReadOnlyList<KeyValuePair<string, object?>> Cells);

/// <summary>A file cannot be read; the failure says where and why.</summary>
internal sealed class UnreadableFileException(Sdk.Failure failure) : Exception(failure.Message.En)
{
    /// <summary>What is said.</summary>
    public Sdk.Failure Failure { get; } = failure;
}
