#pragma warning disable CA1050 // The runtime looks for this name without a namespace.
/// <summary>Loaded into a started program through DOTNET_STARTUP_HOOKS: lists the assemblies that it has loaded when it ends.</summary>
internal static class StartupHook
#pragma warning restore CA1050
{
    public const string ListFile = "BRAIN_TEST_ASSEMBLIES";

    public static void Initialize() => AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
        File.WriteAllLines(Environment.GetEnvironmentVariable(ListFile)!, AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetName().Name!));
}
