using System.Text;

namespace IndustryBrain.Plugins.Capabilities.DataSets;

/// <summary><c>read name</c>, or <c>write name</c>.</summary>
internal static class DataSetTarget
{
    private const string Read = "read ";
    private const string Write = "write ";

    // As the name of a folder each byte may take three characters.
    private const int MaxBytes = 80;

    public static bool IsValid(string target) =>
        (target.StartsWith(Read, StringComparison.Ordinal) && IsName(target[Read.Length..])) || (target.StartsWith(Write, StringComparison.Ordinal) && IsName(target[Write.Length..]));

    /// <summary>True for what a data set may be called: letters of any script, digits, dots, hyphens and underscores.</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && name[0] != '.' && Encoding.UTF8.GetByteCount(name) <= MaxBytes && name.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_');

    public static string Of(string name, bool writes) => (writes ? Write : Read) + name;
}
