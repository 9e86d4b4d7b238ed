namespace IndustryBrain.Sdk.Testing.Recording;

/// <summary>Where a cassette lies: beside the test's source, so that it is kept with it.</summary>
internal static class CassettePath
{
    public static string Of(string cassette, string source)
    {
        ArgumentException.ThrowIfNullOrEmpty(cassette);
        var folder = Path.GetDirectoryName(source);
        return Path.GetFullPath(cassette, Path.IsPathFullyQualified(source) && Directory.Exists(folder) ? folder : AppContext.BaseDirectory);
    }
}
