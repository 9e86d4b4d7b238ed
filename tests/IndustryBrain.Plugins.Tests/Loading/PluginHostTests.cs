using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text.Json;

namespace IndustryBrain.Plugins.Tests.Loading;

public sealed class PluginHostTests : IDisposable
{
    private const string Accuracy = "forecasting.accuracy";
    private static readonly JsonElement Input = JsonElement.Parse("""{"actual":[10,12,14],"forecast":[11,12,13]}""");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private async Task<InstalledPlugin> InstallAsync()
    {
        await using var package = File.OpenRead(Built.ForecastingPackage);
        return (await new PluginInstaller(new PluginOptions { Folder = _folder.Path }).InstallAsync(package, replace: false, isVouched: true, TestContext.Current.CancellationToken)).TryGet(out var plugin, out var failure)
            ? plugin with { Tier = PluginTier.Trusted }
            : throw new InvalidOperationException(failure.Message.En);
    }

    [Fact]
    public async Task Load_KnowsComponentsFromTheManifest_AndLoadsNoAssembly()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = new PluginHost(new PluginOptions(), TimeProvider.System);
        var contexts = AssemblyLoadContext.All.Count();

        await host.LoadAsync(await InstallAsync(), ct);

        Assert.Equal(Accuracy, host.Find(Accuracy)?.Id);
        Assert.Equal("IndustryBrain.Forecasting", host.PluginOf(Accuracy)?.Manifest.Id);
        Assert.Equal(contexts, AssemblyLoadContext.All.Count());
    }

    [Fact]
    public async Task Call_AnswersRefusesAndLimits()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = new PluginHost(new PluginOptions { MaxInputBytes = 2_000 }, TimeProvider.System);
        await host.LoadAsync(await InstallAsync(), ct);

        Assert.True((await host.CallAsync(Accuracy, Input, new QuietContext(), ct)).TryGet(out var output, out var failure), failure?.Message.En);
        Assert.Equal(2.0 / 3, output.GetProperty("mae").GetDouble(), 1e-12);
        Assert.Equal("IB7101", (await host.CallAsync(Accuracy, JsonElement.Parse("{}"), new QuietContext(), ct)).Failure?.Code);
        Assert.Equal("IB1113", (await host.CallAsync(Accuracy, JsonElement.Parse($"\"{new string('x', 3000)}\""), new QuietContext(), ct)).Failure?.Code);
        Assert.Equal("IB1101", (await host.CallAsync("nobody.nothing", Input, new QuietContext(), ct)).Failure?.Code);
    }

    [Fact]
    public async Task Call_DamagedAssembly_IsAFailureWithoutDetails()
    {
        var ct = TestContext.Current.CancellationToken;
        var plugin = await InstallAsync();
        await File.WriteAllTextAsync(plugin.EntryAssemblyPath, "not an assembly", ct);
        await using var host = new PluginHost(new PluginOptions(), TimeProvider.System);
        await host.LoadAsync(plugin, ct);

        var failure = (await host.CallAsync(Accuracy, Input, new QuietContext(), ct)).Failure;

        Assert.Equal("IB1103", failure?.Code);
        Assert.DoesNotContain("Exception", failure!.Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unload_TwentyCyclesWithCalls_LeavesNoContext()
    {
        var plugin = await InstallAsync();
        var contexts = new List<WeakReference>();
        for (var i = 0; i < 20; i++)
        {
            contexts.Add(await CycleAsync(plugin));
        }

        for (var i = 0; i < 20 && contexts.Exists(c => c.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(0, contexts.Count(c => c.IsAlive));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> CycleAsync(InstalledPlugin plugin)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = new PluginHost(new PluginOptions(), TimeProvider.System);
        await host.LoadAsync(plugin, ct);
        Assert.Null((await host.CallAsync(Accuracy, Input, new QuietContext(), ct)).Failure);
        var reference = ContextOf(plugin);
        await host.UnloadAsync(plugin.Manifest.Id, plugin.Manifest.Version, ct);
        Assert.Equal("IB1101", (await host.CallAsync(Accuracy, Input, new QuietContext(), ct)).Failure?.Code);
        return reference;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference ContextOf(InstalledPlugin plugin) =>
        new(AssemblyLoadContext.All.Last(c => c.Assemblies.Any(a => a.GetName().Name == Path.GetFileNameWithoutExtension(plugin.Manifest.EntryAssembly))));
}
