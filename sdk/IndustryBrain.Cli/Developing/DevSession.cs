using System.Globalization;
using System.Text.Json;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Cli.Packing;
using IndustryBrain.Cli.Plugins;
using IndustryBrain.Plugins;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Cli.Developing;

/// <summary>Builds a project and lets a host use what came out, again and again; in the end the host is as it was.</summary>
internal sealed class DevSession(HostConnection host, string project, bool isIsolated, TimeProvider time)
{
    private const string Moves = "scenarios=move";
    private byte[] _packed = [];
    private long _number;
    private string? _before;

    /// <summary>The plugin and its version that the host uses now; null before the first.</summary>
    public (string Id, string Version)? Current { get; private set; }

    /// <summary>Builds, and swaps what changed. What the host had stays in use when something goes wrong.</summary>
    /// <returns>What went wrong, or null.</returns>
    public async Task<Failure?> SwapAsync(CancellationToken ct)
    {
        var began = time.GetTimestamp();
        Console.Out.WriteLine(new LocalizedText($"正在生成 {project} …", $"Building {project} …").ToString());
        if (!(await PackAsync(ct)).TryGet(out var packed, out var failure))
        {
            return failure;
        }

        if (packed.AsSpan().SequenceEqual(_packed))
        {
            Console.Out.WriteLine(new LocalizedText("没有变化。", "No change.").ToString());
            return null;
        }

        if (!(await PluginPackage.ReadManifestAsync(new MemoryStream(packed), ct)).TryGet(out var manifest, out failure) || !(await InstallAsync(manifest, packed, ct)).TryGet(out var plugin, out failure))
        {
            return failure;
        }

        _packed = packed;
        await RemoveOldAsync(plugin, ct);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{PluginText.Summary(plugin with { PreviousVersion = null })}  ({time.GetElapsedTime(began).TotalSeconds:0.0} s)"));
        PluginText.WriteProblems(plugin with { Problem = null }, plugin.ActiveVersion ?? "");
        return plugin.Problem;
    }

    /// <summary>Lets the host use what it used before; a plugin that was not there is removed, unless published scenarios use it.</summary>
    /// <returns>Why it is not as it was, or null.</returns>
    public async Task<Failure?> RestoreAsync(CancellationToken ct)
    {
        if (Current is not { } current)
        {
            return null;
        }

        var change = new PluginChange(host, current.Id);
        if (_before is null)
        {
            return (await change.RemoveAsync(isForced: false, ct)).Failure;
        }

        if (!(await change.ActivateAsync(_before, Moves, ct)).Then(Read).TryGet(out var plugin, out var failure))
        {
            return failure;
        }

        await RemoveOldAsync(plugin, ct);
        Console.Out.WriteLine(PluginText.Summary(plugin));
        return null;
    }

    private async Task<Result<byte[]>> PackAsync(CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("ib-dev-");
        try
        {
            // With symbols inside, so that what goes wrong has a line.
            return (await ProjectPackage.PackAsync(project, folder.FullName, "Debug", ct, "-p:DebugType=embedded")).TryGet(out var path, out var failure) ? await File.ReadAllBytesAsync(path, ct) : failure;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<Result<HostPlugin>> InstallAsync(PluginManifest manifest, byte[] packed, CancellationToken ct)
    {
        _number = Math.Max(_number + 1, time.GetUtcNow().ToUnixTimeSeconds());
        var version = DevPackage.VersionOf(manifest.Version, _number);
        if (Current is null)
        {
            // What a session that ended badly left active is not what to return to.
            var known = await new PluginChange(host, manifest.Id).ReadAsync(ct);
            _before = known.Then(Read).TryGet(out var there, out _) && there.State != "draining" ? new[] { there.ActiveVersion, there.PreviousVersion }.FirstOrDefault(v => v is not null && !DevPackage.IsDev(v)) : null;
        }

        // Whoever runs their own plugin has agreed to it.
        var change = new PluginChange(host, manifest.Id);
        var answer = await host.InstallAsync(new MemoryStream(await DevPackage.WithVersionAsync(packed, version, ct)), $"?consent=declared&{Moves}", ct);
        answer = isIsolated || answer.Failure is not null ? answer : await change.TrustAsync(version, isTrusted: true, ct);
        answer = answer.Failure is not null ? answer : await change.ActivateAsync(version, Moves, ct);
        if (!answer.Then(Read).TryGet(out var plugin, out var failure))
        {
            return failure;
        }

        Current = (plugin.Id, version);
        return plugin;
    }

    // One that runs still hold on to stays until a later time.
    private async Task RemoveOldAsync(HostPlugin plugin, CancellationToken ct)
    {
        var change = new PluginChange(host, plugin.Id);
        foreach (var old in plugin.Versions.Where(v => DevPackage.IsDev(v.Version) && v.Version != plugin.ActiveVersion))
        {
            await change.RemoveVersionAsync(old.Version, ct);
        }
    }

    private Result<HostPlugin> Read(JsonElement answer) => HostPlugin.Read(answer, host.Address);
}
