using System.Collections.Concurrent;

namespace IndustryBrain.Plugins.Capabilities.Files;

/// <summary>The files that one call is writing. They lie beside the run until they are complete: no transaction waits for a component.</summary>
internal sealed class SpooledFiles : IDisposable
{
    private readonly ConcurrentDictionary<int, SpooledFile> _open = new();
    private int _last;
    private long _written;

    /// <summary>Files that are open.</summary>
    public int Count => _open.Count;

    /// <summary>Begins a file; its number is from 1.</summary>
    public int Create(string name)
    {
        var number = Interlocked.Increment(ref _last);
        var spool = new FileStream(
            Path.Combine(Path.GetTempPath(), $"industrybrain-{Guid.NewGuid():N}.tmp"),
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose });
        _open[number] = new(name, spool);
        return number;
    }

    /// <summary>An open file, or null.</summary>
    public SpooledFile? Find(int number) => _open.GetValueOrDefault(number);

    /// <summary>Takes a file out; the caller disposes it. Null when there is none.</summary>
    public SpooledFile? Take(int number) => _open.TryRemove(number, out var file) ? file : null;

    /// <summary>Counts bytes of all files of the call; false when they are more than it may write.</summary>
    public bool TryCount(int bytes, long allowed) => Interlocked.Add(ref _written, bytes) <= allowed;

    /// <summary>Discards what was not finished.</summary>
    public void Dispose()
    {
        foreach (var number in _open.Keys)
        {
            Take(number)?.Dispose();
        }
    }
}

/// <summary>One file that is being written.</summary>
/// <param name="name">Its name.</param>
/// <param name="content">What was written so far.</param>
internal sealed class SpooledFile(string name, Stream content) : IDisposable
{
    public string Name => name;

    public Stream Content => content;

    public void Dispose() => content.Dispose();
}
