namespace IndustryBrain.Plugins.Trust;

/// <summary>Names of the files that hold signatures inside a package.</summary>
internal static class SignatureFiles
{
    public const string NuGet = ".signature.p7s";
    private const string Folder = "signature/";

    public static string Content(SignatureRole role) => Folder + Name(role) + ".json";

    public static string Signature(SignatureRole role) => Folder + Name(role) + ".sig";

    /// <summary>True for whatever a signature adds to a package, and for whatever pretends to be that.</summary>
    public static bool Includes(string path) => path.StartsWith(Folder, StringComparison.OrdinalIgnoreCase) || path == NuGet;

    private static string Name(SignatureRole role) => role == SignatureRole.Vendor ? "vendor" : "marketplace";
}
