using System.Runtime.InteropServices;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>The programs that lie beside the host: <c>worker/</c> and <c>jail/</c> where .NET is installed on the machine; where the host carries its own, both in <c>worker/</c>, which carries its own too. The launcher may be compiled ahead of time into a program that needs no runtime.</summary>
/// <param name="Worker">Program and first arguments of the worker.</param>
/// <param name="Jail">Program and first arguments of the launcher.</param>
/// <param name="Folders">Folders that the two read: .NET, worker, launcher.</param>
internal sealed record WorkerPrograms(IReadOnlyList<string> Worker, IReadOnlyList<string> Jail, IReadOnlyList<string> Folders)
{
    private const string WorkerName = "IndustryBrain.Plugins.Worker";
    private const string JailName = "IndustryBrain.Plugins.Jail";

    /// <summary>The programs beside the running one.</summary>
    public static WorkerPrograms Find() => Find(AppContext.BaseDirectory, RuntimeEnvironment.GetRuntimeDirectory());

    internal static WorkerPrograms Find(string beside, string runtime)
    {
        var worker = Path.Combine(beside, "worker");
        var extension = OperatingSystem.IsWindows() ? ".exe" : "";
        if (File.Exists(Path.Combine(worker, "System.Private.CoreLib.dll")))
        {
            return new([Path.Combine(worker, WorkerName + extension)], [Path.Combine(worker, JailName + extension)], [worker]);
        }

        // {root}/shared/Microsoft.NETCore.App/{version}
        var root = Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
        var dotnet = Path.Combine(root, "dotnet" + extension);
        var jail = Path.Combine(beside, "jail");
        var managed = Path.Combine(jail, JailName + ".dll");
        return new([dotnet, Path.Combine(worker, WorkerName + ".dll")], File.Exists(managed) ? [dotnet, managed] : [Path.Combine(jail, JailName + extension)], [root, worker, jail]);
    }
}
