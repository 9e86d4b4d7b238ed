namespace IndustryBrain.Plugins.Jail;

/// <summary>A right that could not be given up.</summary>
internal sealed class JailException(string what) : Exception(what)
{
    public static JailException Of(string call, int error) => new($"{call} failed with error {error}");
}
