using System.Text.Json;
using System.Text.Json.Serialization;
using IndustryBrain.Plugins.Capabilities.Folders;

namespace IndustryBrain.Plugins.Capabilities.DataSets;

/// <summary>One line of the log: a change that begins (with where and how long), or how it ended.</summary>
internal sealed record WriteEntry(string Id, long? Start = null, long? Length = null, bool? Done = null);

/// <summary>What was added to a data set, by its id. Kept as lines of JSON beside the rows.</summary>
internal sealed class WriteLog(string path)
{
    /// <summary>Ids that are kept when all rows are replaced.</summary>
    private const int Kept = 10_000;

    private readonly Dictionary<string, WriteEntry> _byId = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private long _known = -1;

    public bool Has(string id) => _byId.ContainsKey(id);

    /// <summary>Reads what is new in it.</summary>
    /// <returns>The change that was begun and not ended, or null.</returns>
    public async Task<(string Id, long Start, long Length)?> ReadAsync(CancellationToken ct)
    {
        var file = new FileInfo(path);
        var length = file.Exists ? file.Length : 0;
        if (length != _known)
        {
            _byId.Clear();
            _order.Clear();
            foreach (var line in length == 0 ? [] : await File.ReadAllLinesAsync(path, ct).ConfigureAwait(false))
            {
                Take(Parse(line));
            }

            _known = length;
        }

        return _order.Count > 0 && _byId[_order[^1]] is { Done: null, Start: { } start, Length: { } bytes } open ? (open.Id, start, bytes) : null;
    }

    public Task BeginAsync(string id, long start, long length, CancellationToken ct) => AddAsync(new(id, start, length), ct);

    public Task EndAsync(string id, bool isDone, CancellationToken ct) => AddAsync(new(id, Done: isDone), ct);

    /// <summary>Forgets all but the last ids.</summary>
    public async Task ShortenAsync(CancellationToken ct)
    {
        if (_order.Count <= Kept)
        {
            return;
        }

        var kept = _order[^Kept..].Select(id => _byId[id]).ToList();
        using var lines = new MemoryStream();
        foreach (var entry in kept)
        {
            lines.Write(Line(entry));
        }

        await PrivateFolder.WriteAsync(path, lines.ToArray(), ct).ConfigureAwait(false);
        _known = -1;
    }

    private async Task AddAsync(WriteEntry entry, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var log = new FileStream(path, options);
        await log.WriteAsync(Line(entry), ct).ConfigureAwait(false);
        log.Flush(flushToDisk: true);
        Take(entry);
        _known = log.Length;
    }

    // Its end takes the place of its beginning; one that was undone is forgotten.
    private void Take(WriteEntry? entry)
    {
        if (entry is null)
        {
            return;
        }

        if (_byId.Remove(entry.Id))
        {
            _order.RemoveAt(_order.LastIndexOf(entry.Id));
        }

        if (entry.Done != false)
        {
            _byId[entry.Id] = entry;
            _order.Add(entry.Id);
        }
    }

    private static WriteEntry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, WriteLogJson.Default.WriteEntry);
        }
        catch (JsonException)
        {
            // The line that a crash broke off: its change had not begun.
            return null;
        }
    }

    // The line break stands before it: behind a line that a crash broke off it begins a new one.
    private static byte[] Line(WriteEntry entry) => [(byte)'\n', .. JsonSerializer.SerializeToUtf8Bytes(entry, WriteLogJson.Default.WriteEntry)];
}

/// <summary>Reads and writes the log without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WriteEntry))]
internal sealed partial class WriteLogJson : JsonSerializerContext;
