using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using IndustryBrain.Plugins.Tests.Audit;

namespace IndustryBrain.Plugins.Tests.Loading;

/// <summary>Packages that are not like those of the templates: made by hand, with native code, very large, or with code that does not let go.</summary>
[Collection(nameof(Alone))]
public sealed class UnusualPackagesTests : IDisposable
{
    private const int Megabyte = 1 << 20;

    private const string Manifest = """
        {
          "id": "Acme.Handmade", "version": "0.1.0", "prefix": "handmade", "vendor": "Acme",
          "name": { "zh": "手工", "en": "Handmade" }, "description": { "zh": "不用工具做的包。", "en": "A package made without tools." },
          "sdk": "[0.1,1.0)", "entryAssembly": "Acme.Handmade.dll",
          "components": [
            { "id": "handmade.double", "kind": "tool", "name": { "zh": "加倍", "en": "Double" }, "description": { "zh": "加倍", "en": "Doubles" },
              "hasSideEffects": false, "isDeterministic": true,
              "input": { "type": "object", "properties": { "value": { "type": "number" } }, "required": ["value"] },
              "output": { "type": "object", "properties": { "value": { "type": "number" } } } }
          ],
          "permissions": [], "clusters": []
        }
        """;

    private const string Doubles = """
        namespace Acme
        {
            public sealed record Amount(double Value);

            [Component("handmade.double", Zh = "加倍", En = "Double")]
            public sealed class Doubling : ToolComponent<Amount, Amount>
            {
                protected override ValueTask<Result<Amount>> RunAsync(Amount input, ComponentContext context, CancellationToken cancellationToken)
                {
                    /*first*/
                    return new(new Amount(input.Value * 2));
                }
            }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<PluginTier> Tiers => [.. Enum.GetValues<PluginTier>()];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Call_PackageMadeByHand_Answers(PluginTier tier)
    {
        await using var host = new PluginHost(new PluginOptions(), TimeProvider.System);
        await LoadAsync(host, Handmade(Doubles), tier);

        Assert.Equal(42, await DoubleAsync(host, 21));
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Call_PluginWithNativeLibrary_FindsItsOwn(PluginTier tier)
    {
        await using var host = new PluginHost(new PluginOptions(), TimeProvider.System);
        var packed = (await PluginPacker.PackAsync(Built.Sample("Native"), Path.Combine(_folder.Path, "packages"), Ct)).TryGet(out var path, out var failure) ? path : throw new InvalidOperationException(failure.Message.En);
        await using (var package = File.OpenRead(packed))
        {
            await LoadAsync(host, package, tier);
        }

        Assert.True((await host.CallAsync("native.sum", JsonElement.Parse("""{"values":[1.5,2,3]}"""), new QuietContext(), Ct)).TryGet(out var output, out var refused), refused?.Message.En);
        Assert.Equal(6.5, output.GetProperty("sum").GetDouble());
        Assert.StartsWith("3.", output.GetProperty("version").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_PackageOfFiftyMegabytes_AnswersAndIsNotHeldInMemory()
    {
        var data = new byte[50 * Megabyte];
        new Random(1).NextBytes(data);
        await using var package = Handmade(Doubles, ("plugin/net10.0/model.bin", data));
        Assert.True(package.Length > 50 * Megabyte);
        await using var host = new PluginHost(new PluginOptions(), TimeProvider.System);
        var before = GC.GetTotalAllocatedBytes();

        await LoadAsync(host, package, PluginTier.Jailed);
        var allocated = GC.GetTotalAllocatedBytes() - before;

        Assert.Equal(42, await DoubleAsync(host, 21));
        Assert.InRange(allocated, 0, 10 * Megabyte);
    }

    [Fact]
    public async Task Unload_PluginThatHoldsOn_IsReportedUntilItLetsGo_AndTheNextVersionAnswers()
    {
        const string Holds = "AppDomain.CurrentDomain.SetData(\"held\", this);";
        await using var host = new PluginHost(new PluginOptions(), TimeProvider.System);
        await LoadAsync(host, Handmade(Doubles.Replace("/*first*/", Holds, StringComparison.Ordinal)), PluginTier.Trusted);
        Assert.Equal(42, await DoubleAsync(host, 21));

        await host.UnloadAsync("Acme.Handmade", "0.1.0", Ct);
        Collect(() => true);
        var held = host.NotUnloaded.Select(p => p.Manifest.Version).ToList();
        await LoadAsync(host, Handmade(Doubles, manifest: Manifest.Replace("0.1.0", "0.2.0", StringComparison.Ordinal)), PluginTier.Trusted);
        var next = await DoubleAsync(host, 4);
        AppDomain.CurrentDomain.SetData("held", null);
        Collect(() => host.NotUnloaded.Count > 0);

        Assert.Equal(["0.1.0"], held);
        Assert.Equal(8, next);
        Assert.Empty(host.NotUnloaded);
    }

    [Fact]
    public async Task Unload_JailedPluginThatHoldsOn_EndsWithItsProcess()
    {
        const string Holds = "AppDomain.CurrentDomain.SetData(\"held\", new byte[32 << 20]); new Thread(() => Thread.Sleep(Timeout.Infinite)).Start();";
        await using var host = new PluginHost(new PluginOptions(), TimeProvider.System);
        await LoadAsync(host, Handmade(Doubles.Replace("/*first*/", Holds, StringComparison.Ordinal)), PluginTier.Jailed);
        Assert.Equal(42, await DoubleAsync(host, 21));
        var worker = Assert.Single(host.WorkerProcesses);

        await host.UnloadAsync("Acme.Handmade", "0.1.0", Ct);

        Assert.Empty(host.WorkerProcesses);
        Assert.Empty(host.NotUnloaded);
        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(worker));
    }

    private static async Task<double> DoubleAsync(PluginHost host, double value) =>
        (await host.CallAsync("handmade.double", JsonElement.Parse($$"""{"value":{{value}}}"""), new QuietContext(), Ct)).TryGet(out var output, out var failure)
            ? output.GetProperty("value").GetDouble()
            : throw new InvalidOperationException($"{failure.Code} {failure.Message.En}");

    private async Task LoadAsync(PluginHost host, Stream package, PluginTier tier)
    {
        var installer = new PluginInstaller(new PluginOptions { Folder = Path.Combine(_folder.Path, "installed") });
        Assert.True((await installer.InstallAsync(package, Ct)).TryGet(out var installed, out var failure), failure?.Message.En);
        Assert.Null((await host.LoadAsync(installed with { Tier = tier }, Ct)).Failure);
    }

    private static MemoryStream Handmade(string code, (string Name, byte[] Content)? more = null, string manifest = Manifest)
    {
        var package = new MemoryStream();
        using (var archive = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true))
        {
            var files = new[] { ("plugin.json", Encoding.UTF8.GetBytes(manifest)), ("plugin/net10.0/Acme.Handmade.dll", Snippet.Compile(code, "Acme.Handmade")) };
            foreach (var (name, content) in more is { } file ? files.Append(file) : files)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        }

        package.Position = 0;
        return package;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Collect(Func<bool> goesOn)
    {
        for (var i = 0; i < 20 && goesOn(); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
