/// <summary>Loads this assembly into a host, before its program, from wherever it lies: only then can <c>ASPNETCORE_HOSTINGSTARTUPASSEMBLIES</c> name it.</summary>
internal static class StartupHook
{
    /// <summary>Called by the runtime.</summary>
    public static void Initialize()
    {
    }
}
