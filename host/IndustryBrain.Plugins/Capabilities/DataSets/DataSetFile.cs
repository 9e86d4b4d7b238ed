using System.Text.Encodings.Web;
using System.Text.Json;
using IndustryBrain.Plugins.Capabilities.Folders;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities.DataSets;

/// <summary>The rows of one data set. Changes go one after the other, and each stands in a log before it is made, so that one that was broken off is undone and one that was made is known again.</summary>
/// <param name="folder">Its folder.</param>
/// <param name="name">Its name.</param>
#pragma warning disable CA1001 // A semaphore that nobody has asked for its handle holds none.
internal sealed class DataSetFile(string folder, string name)
#pragma warning restore CA1001
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly string _rows = Path.Combine(folder, "rows.jsonl");
    private readonly string _csv = Path.Combine(folder, "rows.csv");
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly WriteLog _log = new(Path.Combine(folder, "writes.log"));

    /// <summary>Opens the rows as they are now.</summary>
    public async Task<Result<IRowReader>> OpenAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            await RecoverAsync(ct).ConfigureAwait(false);
            if (IsCsv)
            {
                return new CsvRowReader(Open(_csv, FileMode.Open, FileAccess.Read));
            }

            // Not made by reading: an administrator may still put a CSV file here.
            if (!File.Exists(_rows))
            {
                return new NoRows();
            }

            var rows = Open(_rows, FileMode.Open, FileAccess.Read);
            return new JsonLineReader(rows, rows.Length);
        }
        finally
        {
            _one.Release();
        }
    }

    public async Task<Result<DataSetChange>> AppendAsync(IReadOnlyList<JsonElement> added, string id, long maxBytes, CancellationToken ct)
    {
        await _one.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (IsCsv)
            {
                return CapabilityFailures.DataSetReadOnly(name);
            }

            await RecoverAsync(ct).ConfigureAwait(false);
            if (_log.Has(id))
            {
                return new DataSetChange(added.Count, IsNew: false);
            }

            await using var rows = Open(_rows, FileMode.OpenOrCreate, FileAccess.ReadWrite);
            if (!Lines(added, EndsOpen(rows)).TryGet(out var lines, out var failure))
            {
                return failure;
            }

            var start = rows.Length;
            if (start + lines.Length > maxBytes)
            {
                return CapabilityFailures.TooLarge(name, maxBytes);
            }

            // From here on it is finished: who cancels would not know what became of it.
            await _log.BeginAsync(id, start, lines.Length, CancellationToken.None).ConfigureAwait(false);
            rows.Position = start;
            await rows.WriteAsync(lines, CancellationToken.None).ConfigureAwait(false);
            rows.Flush(flushToDisk: true);
            await _log.EndAsync(id, isDone: true, CancellationToken.None).ConfigureAwait(false);
            return new DataSetChange(added.Count, IsNew: true);
        }
        finally
        {
            _one.Release();
        }
    }

    public async Task<Result<DataSetChange>> ReplaceAsync(IReadOnlyList<JsonElement> put, long maxBytes, CancellationToken ct)
    {
        await _one.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (IsCsv)
            {
                return CapabilityFailures.DataSetReadOnly(name);
            }

            await RecoverAsync(ct).ConfigureAwait(false);
            if (!Lines(put, endsOpen: false).TryGet(out var lines, out var failure))
            {
                return failure;
            }

            if (lines.Length > maxBytes)
            {
                return CapabilityFailures.TooLarge(name, maxBytes);
            }

            await PrivateFolder.WriteAsync(_rows, lines, ct).ConfigureAwait(false);
            await _log.ShortenAsync(CancellationToken.None).ConfigureAwait(false);
            return new DataSetChange(put.Count, IsNew: true);
        }
        finally
        {
            _one.Release();
        }
    }

    private bool IsCsv => File.Exists(_csv) && !File.Exists(_rows);

    private async Task RecoverAsync(CancellationToken ct)
    {
        if (await _log.ReadAsync(ct).ConfigureAwait(false) is not { } open)
        {
            return;
        }

        await using var rows = Open(_rows, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        var isDone = rows.Length >= open.Start + open.Length;
        if (!isDone)
        {
            rows.SetLength(Math.Min(rows.Length, open.Start));
            rows.Flush(flushToDisk: true);
        }

        await _log.EndAsync(open.Id, isDone, ct).ConfigureAwait(false);
    }

    // A person's editor may leave the last line without a line break.
    private static bool EndsOpen(FileStream rows)
    {
        Span<byte> last = stackalloc byte[1];
        return rows.Length > 0 && RandomAccess.Read(rows.SafeFileHandle, last, rows.Length - 1) == 1 && last[0] != (byte)'\n';
    }

    private static Result<byte[]> Lines(IReadOnlyList<JsonElement> rows, bool endsOpen)
    {
        using var lines = new MemoryStream();
        if (endsOpen)
        {
            lines.WriteByte((byte)'\n');
        }

        foreach (var (index, row) in rows.Index())
        {
            // Written anew: what a plugin sent may have line breaks between its members.
            var line = JsonSerializer.SerializeToUtf8Bytes(row, Readable);
            if (line.Length > JsonLineReader.MaxLineBytes)
            {
                return CapabilityFailures.TooLarge($"rows[{index}]", JsonLineReader.MaxLineBytes);
            }

            lines.Write(line);
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }

    private static FileStream Open(string path, FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(path, options);
    }
}
