using System.Globalization;
using IndustryBrain.Sdk;
using Microsoft.Win32.SafeHandles;

namespace IndustryBrain.Plugins.Capabilities.DataSets;

/// <summary>Where the next page of a file begins: which file it is, and a position in it.</summary>
/// <param name="Birth">When the file was made: one that replaced it has another.</param>
/// <param name="Position">The position.</param>
internal readonly record struct RowCursor(long Birth, long Position)
{
    /// <summary>The beginning of a file.</summary>
    public static RowCursor Of(SafeFileHandle file) => new(File.GetCreationTimeUtc(file).Ticks, 0);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Birth:x}-{Position}");

    /// <summary>Reads a cursor that is meant for this file.</summary>
    public Result<RowCursor> Read(string? text)
    {
        if (text is null)
        {
            return this;
        }

        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 || !long.TryParse(text.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var birth)
                || !long.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? DataSetRows.BadCursor()
            : birth != Birth ? CapabilityFailures.DataSetReplaced()
            : new RowCursor(birth, position);
    }
}
