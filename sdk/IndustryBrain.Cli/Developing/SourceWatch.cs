using System.Threading.Channels;

namespace IndustryBrain.Cli.Developing;

/// <summary>Tells when sources below a folder have changed and are quiet again.</summary>
internal sealed class SourceWatch : IDisposable
{
    // An editor saves a file in several steps, and several files at once.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);
    private static readonly HashSet<string> Skipped = new(["bin", "obj", "node_modules", "artifacts", "TestResults"], StringComparer.OrdinalIgnoreCase);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly FileSystemWatcher _watcher;
    private readonly string _folder;
    private readonly TimeProvider _time;

    public SourceWatch(string folder, TimeProvider time)
    {
        (_folder, _time) = (folder, time);
        _watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite };
        _watcher.Changed += (_, e) => Changed(e.FullPath);
        _watcher.Created += (_, e) => Changed(e.FullPath);
        _watcher.Deleted += (_, e) => Changed(e.FullPath);
        _watcher.Renamed += (_, e) => Changed(e.FullPath);

        // Too much at once: something has certainly changed.
        _watcher.Error += (_, _) => _changes.Writer.TryWrite(true);
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>Completes after the next change.</summary>
    public async Task NextAsync(CancellationToken ct)
    {
        await _changes.Reader.ReadAsync(ct);
        do
        {
            await Task.Delay(Quiet, _time, ct);
        }
        while (_changes.Reader.TryRead(out _));
    }

    public void Dispose() => _watcher.Dispose();

    private void Changed(string path)
    {
        if (!Path.GetRelativePath(_folder, path).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.') || part.EndsWith('~') || Skipped.Contains(part)))
        {
            _changes.Writer.TryWrite(true);
        }
    }
}
