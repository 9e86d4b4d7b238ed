using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;
using IndustryBrain.Plugins.Capabilities.Folders;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities.DataSets;

/// <summary>Data sets as files, <c>datasets/{organization}/{name}</c> below <see cref="CapabilityOptions.Folder"/>: <c>schema.json</c> with the columns, and <c>rows.jsonl</c>, or <c>rows.csv</c> for one that is only read. One host at a time writes to them.</summary>
/// <param name="options">Names the folder and the sizes.</param>
public sealed class FileDataSetStore(CapabilityOptions options) : IDataSetStore
{
    private const int MaxSchemaBytes = 1 << 20;
    private readonly ConcurrentDictionary<string, DataSetFile> _open = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public async ValueTask<Result<DataSetSchema>> DescribeAsync(string organization, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(organization);
        ArgumentNullException.ThrowIfNull(name);
        return await GuardAsync(name, async () => await SchemaAsync(organization, name, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask<Result<DataSetPage>> ReadAsync(string organization, string name, DataSetQuery query, int maxRows, int maxBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(organization);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(query);
        return await GuardAsync(name, async () =>
        {
            if (!(await SchemaAsync(organization, name, cancellationToken).ConfigureAwait(false)).TryGet(out var schema, out var failure))
            {
                return failure;
            }

            if (DataSetRows.Refuse(schema, query) is { } refused)
            {
                return refused;
            }

            if (!(await FileOf(organization, name).OpenAsync(cancellationToken).ConfigureAwait(false)).TryGet(out var rows, out failure))
            {
                return failure;
            }

            await using (rows)
            {
                return await PageAsync(name, schema, query, rows, maxRows, maxBytes, cancellationToken).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask<Result<DataSetChange>> AppendAsync(string organization, string name, IReadOnlyList<JsonElement> rows, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        return await WriteAsync(organization, name, rows, (file, ct) => file.AppendAsync(rows, id, options.MaxDataSetBytes, ct), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask<Result<DataSetChange>> ReplaceAsync(string organization, string name, IReadOnlyList<JsonElement> rows, CancellationToken cancellationToken) =>
        await WriteAsync(organization, name, rows, (file, ct) => file.ReplaceAsync(rows, options.MaxDataSetBytes, ct), cancellationToken).ConfigureAwait(false);

    private async Task<Result<DataSetChange>> WriteAsync(string organization, string name, IReadOnlyList<JsonElement> rows, Func<DataSetFile, CancellationToken, Task<Result<DataSetChange>>> write, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(organization);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(rows);
        return await GuardAsync(name, async () =>
            !(await SchemaAsync(organization, name, ct).ConfigureAwait(false)).TryGet(out var schema, out var failure) ? failure
            : DataSetRows.Refuse(schema, rows) is { } refused ? refused
            : await write(FileOf(organization, name), ct).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static async Task<Result<DataSetPage>> PageAsync(string name, DataSetSchema schema, DataSetQuery query, IRowReader rows, int maxRows, int maxBytes, CancellationToken ct)
    {
        if (rows.Begin(query.Cursor) is { } refused)
        {
            return refused;
        }

        var (most, bytes) = (Math.Min(query.Limit ?? maxRows, maxRows), 0L);
        List<JsonElement> page = [];
        await foreach (var row in rows.ReadAsync(schema, ct).ConfigureAwait(false))
        {
            if (row.Value is not { } value || DataSetRows.Misfit(schema, value) is not null)
            {
                return CapabilityFailures.DataSetBroken(name, row.Number);
            }

            if (!DataSetRows.Meets(schema, value, query))
            {
                continue;
            }

            var picked = DataSetRows.Pick(value, query.Columns);
            bytes += JsonMarshal.GetRawUtf8Value(picked).Length;
            if (page.Count == most || (page.Count > 0 && bytes > maxBytes))
            {
                return new DataSetPage(page, rows.CursorOf(row));
            }

            page.Add(picked);
        }

        return new DataSetPage(page);
    }

    private async Task<Result<DataSetSchema>> SchemaAsync(string organization, string name, CancellationToken ct)
    {
        if (options.Folder.Length == 0 || !DataSetTarget.IsName(name))
        {
            return CapabilityFailures.NoDataSet(name);
        }

        var file = new FileInfo(Path.Combine(FolderOf(organization, name), "schema.json"));
        if (!file.Exists || file.LinkTarget is not null)
        {
            return CapabilityFailures.NoDataSet(name);
        }

        if (file.Length > MaxSchemaBytes)
        {
            return CapabilityFailures.DataSetBroken(name, 0);
        }

        try
        {
            var schema = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(file.FullName, ct).ConfigureAwait(false), CapabilityJson.Wire.DataSetSchema);
            return schema is { Columns.Count: > 0 } && schema.Columns.Select(c => c.Name).Distinct(StringComparer.Ordinal).Count() == schema.Columns.Count ? schema : CapabilityFailures.DataSetBroken(name, 0);
        }
        catch (JsonException)
        {
            return CapabilityFailures.DataSetBroken(name, 0);
        }
    }

    private static async Task<Result<T>> GuardAsync<T>(string name, Func<Task<Result<T>>> act)
        where T : notnull
    {
        try
        {
            return await act().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CapabilityFailures.StoreNotUsable(name);
        }
    }

    private DataSetFile FileOf(string organization, string name) => _open.GetOrAdd(FolderOf(organization, name), folder => new(folder, name));

    private string FolderOf(string organization, string name) => Path.Combine(options.Folder, "datasets", PrivateFolder.NameOf(organization), PrivateFolder.NameOf(name));
}
