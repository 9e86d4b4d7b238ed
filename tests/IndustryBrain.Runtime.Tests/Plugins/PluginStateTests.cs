using System.Net.Http.Headers;
using System.Text.Json;
using IndustryBrain.Testing;

namespace IndustryBrain.Runtime.Tests.Plugins;

/// <summary>States that only some nodes, or only some plugins, get into.</summary>
public sealed class PluginStateTests(PostgresFixture postgres, ProbePackage plugins)
{
    private const string Path = "plugins/" + VersionedPackage.Id;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Remove_CodeIsReferredToStill_IsDeletedOnRestart_AndMayBeInstalledAnew()
    {
        var folder = Directory.CreateTempSubdirectory("ib-plugins-");
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, Ct), plugins, Ct, ("Plugins:Folder", folder.FullName));
        await InstallAsync(host);
        using (var trust = RuntimeHost.Json("""{"version":"1.0.0","isTrusted":true}"""))
        using (var trusted = await host.Client.PutAsync(new Uri($"/api/v1/{Path}/trust", UriKind.Relative), trust, Ct))
            Assert.True(trusted.IsSuccessStatusCode, await trusted.Content.ReadAsStringAsync(Ct));
        Assert.Equal(200, (await host.PostAsync($"components/{VersionedPackage.Component}/calls", "{}", Ct)).Status);
        var held = Assert.Single(AppDomain.CurrentDomain.GetAssemblies(), a => !a.IsDynamic && a.Location.StartsWith(folder.FullName, StringComparison.Ordinal));

        using (var removed = await host.Client.DeleteAsync(new Uri("/api/v1/" + Path, UriKind.Relative), Ct))
            Assert.True(removed.IsSuccessStatusCode);
        await UntilAsync(host, plugin => Text(plugin, "state") == "deletedOnRestart");
        var (_, all) = await host.GetAsync("plugins", Ct);
        GC.KeepAlive(held);

        Assert.Contains(all.EnumerateArray(), p => (Text(p, "id"), Text(p, "state")) == (VersionedPackage.Id, "deletedOnRestart"));
        Assert.Equal(404, (await host.PostAsync($"components/{VersionedPackage.Component}/calls", "{}", Ct)).Status);
        Assert.Equal(200, await InstallAsync(host));
        Assert.Equal("ready", Text((await host.GetAsync(Path, Ct)).Body, "state"));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Start_InstalledForAnotherSdk_IsNotSupported_AndSaysWhy()
    {
        var database = await postgres.CreateDatabaseAsync(plugins, Ct);
        var folder = Directory.CreateTempSubdirectory("ib-plugins-");
        await using (var before = await RuntimeHost.StartAsync(database, plugins, Ct, ("Plugins:Folder", folder.FullName)))
            await InstallAsync(before);
        var manifest = System.IO.Path.Combine(folder.FullName, VersionedPackage.Id.ToLowerInvariant(), "1.0.0", "plugin.json");
        var sdk = JsonElement.Parse(await File.ReadAllTextAsync(manifest, Ct)).GetProperty("sdk").GetRawText();
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest, Ct)).Replace(sdk, "\"[99.0,100.0)\"", StringComparison.Ordinal), Ct);

        await using var host = await RuntimeHost.StartAsync(database, plugins, Ct, ("Plugins:Folder", folder.FullName));
        await UntilAsync(host, plugin => Text(plugin, "state") == "notSupported");

        Assert.Equal("IB1014", Text((await host.GetAsync(Path, Ct)).Body.GetProperty("problem"), "code"));
        Assert.Equal(404, (await host.PostAsync($"components/{VersionedPackage.Component}/calls", "{}", Ct)).Status);
        folder.Delete(recursive: true);
    }

    private static async Task<int> InstallAsync(RuntimeHost host)
    {
        using var content = new ByteArrayContent(await VersionedPackage.OfAsync("1.0.0")) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var answer = await host.Client.PostAsync(new Uri("/api/v1/plugins", UriKind.Relative), content, Ct);
        return (int)answer.StatusCode;
    }

    private static async Task UntilAsync(RuntimeHost host, Func<JsonElement, bool> looks)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await host.GetAsync(Path, patience.Token) is var (status, body) && !(status == 200 && looks(body)))
            await tick.WaitForNextTickAsync(patience.Token);
    }

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();
}
