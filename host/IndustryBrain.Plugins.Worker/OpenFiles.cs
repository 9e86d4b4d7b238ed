using System.Collections.Concurrent;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Worker;

/// <summary>The files that calls have open, by their number.</summary>
internal sealed class OpenFiles
{
    private readonly ConcurrentDictionary<long, HostFile> _open = new();
    private long _last;

    public long Add(HostFile file)
    {
        var number = Interlocked.Increment(ref _last);
        _open[number] = file;
        return number;
    }

    public void Remove(long number) => _open.TryRemove(number, out _);

    public void Opened(long number, Failure? failure)
    {
        if (_open.TryGetValue(number, out var file))
        {
            file.Opened(failure);
        }
    }

    public void Received(long number, ReadOnlySpan<byte> bytes)
    {
        if (_open.TryGetValue(number, out var file))
        {
            file.Received(bytes.ToArray());
        }
    }
}
