using IndustryBrain.Cli.Hosts;
using IndustryBrain.Cli.Plugins;

namespace IndustryBrain.Cli.Developing;

/// <summary>Shows what the plugin logs on the host, what its calls fail with and what it is denied, with file and line where they are known.</summary>
internal sealed class DevLines(HostConnection host, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly HashSet<HostLine> _shown = [];
    private (string Id, string Version)? _of;

    /// <summary>Looks every second until it is cancelled.</summary>
    public async Task FollowAsync(DevSession session, CancellationToken ct)
    {
        using var tick = new PeriodicTimer(Interval, time);
        while (await tick.WaitForNextTickAsync(ct))
        {
            if (session.Current is { } current)
            {
                await ShowAsync(current, ct);
            }
        }
    }

    /// <summary>The form in which editors recognize a place.</summary>
    public static string Text(HostLine line) => line.Where is null ? $"{line.Component}: {line.Message}" : $"{line.Where}: {line.Component}: {line.Message}";

    private async Task ShowAsync((string Id, string Version) current, CancellationToken ct)
    {
        // A host that does not answer just now is asked again.
        if (!(await new PluginChange(host, current.Id).ReadAsync(ct)).Then(answer => HostPlugin.Read(answer, host.Address)).TryGet(out var plugin, out _) || plugin.ActiveVersion != current.Version)
        {
            return;
        }

        if (_of != current)
        {
            _shown.Clear();
            _of = current;
        }

        var lines = plugin.Usage?.Lines ?? [];
        foreach (var line in lines.Where(_shown.Add))
        {
            Console.Out.WriteLine(Text(line));
        }

        _shown.IntersectWith(lines);
    }
}
