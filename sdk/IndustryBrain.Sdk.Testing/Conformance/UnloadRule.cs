using System.Runtime.CompilerServices;
using IndustryBrain.Plugins.Loading;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Sdk.Testing.Conformance;

/// <summary>The assembly of a component can be unloaded after its last call.</summary>
internal static class UnloadRule
{
    private const int MostCollections = 40;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(25);

    public static async Task CheckAsync(Subject subject, CancellationToken ct)
    {
        var left = await UseAsync(subject, ct).ConfigureAwait(false);
        for (var i = 0; i < MostCollections && left.IsAlive; i++)
        {
            SerializerCaches.Clear();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(Between, ct).ConfigureAwait(false);
        }

        if (left.IsAlive)
        {
            throw new ConformanceException(
                new($"{subject.Id} 停止之后，程序集 {subject.Type.Assembly.GetName().Name} 仍不能卸载。", $"The assembly {subject.Type.Assembly.GetName().Name} cannot be unloaded after {subject.Id} was stopped."),
                new("请在 StopAsync 中停止线程与计时器，退订静态事件（AppDomain、TaskScheduler、AssemblyLoadContext），撤销全局注册。", "Stop threads and timers in StopAsync, unsubscribe from static events (AppDomain, TaskScheduler, AssemblyLoadContext), and take back global registrations."));
        }
    }

    // Nothing of this frame is alive when it has returned.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> UseAsync(Subject subject, CancellationToken ct)
    {
        var path = subject.Type.Assembly.Location;
        var context = new PluginLoadContext(Path.GetDirectoryName(path)!);
        var component = (Component)Activator.CreateInstance(context.LoadFromAssemblyPath(path).GetType(subject.Type.FullName!, throwOnError: true)!)!;
        foreach (var input in subject.Inputs)
        {
            await subject.CallAsync(component, subject.NewHost(), input, ct).ConfigureAwait(false);
        }

        await component.StopAsync(ct).ConfigureAwait(false);
        context.Unload();
        return new WeakReference(context);
    }
}
