namespace IndustryBrain.Plugins.Jail;

/// <summary>How the launcher ends when it does not become the worker. The host tells these codes apart from the worker's own.</summary>
internal static class JailExit
{
    public const int Usage = 76;
    public const int CannotConfine = 77;
    public const int CannotExecute = 78;

    public static int Refuse(int code, string sentence)
    {
        Console.Error.WriteLine(sentence);
        return code;
    }
}
