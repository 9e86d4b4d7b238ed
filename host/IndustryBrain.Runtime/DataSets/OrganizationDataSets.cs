using IndustryBrain.Identity;
using IndustryBrain.Identity.People;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Plugins.Capabilities.DataSets;
using IndustryBrain.Runtime.Plugins;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Storage;
using Marten;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.DataSets;

/// <summary>The data sets of organizations as people manage them: upload, columns, preview, who sees them, deletion.</summary>
public sealed class OrganizationDataSets
{
    private const int LongestDescription = 500;
    private const int LongestName = 100;

    private readonly IOrganizationSessions _sessions;
    private readonly DataSetRowStore _rows;
    private readonly PluginDirectory _plugins;
    private readonly DataSetOptions _options;
    private readonly TimeProvider _time;

    internal OrganizationDataSets(IOrganizationSessions sessions, DataSetRowStore rows, PluginDirectory plugins, IOptions<DataSetOptions> options, TimeProvider time) =>
        (_sessions, _rows, _plugins, _options, _time) = (sessions, rows, plugins, options.Value, time);

    /// <summary>The data sets that the caller may see, by name.</summary>
    public async Task<IReadOnlyList<DataSetView>> ListAsync(Caller caller, IReadOnlyCollection<string> own, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(own);
        await using var session = _sessions.Query(caller.Organization);
        var records = await session.Query<DataSetRecord>().OrderBy(d => d.Id).ToListAsync(cancellationToken);
        var roles = records.Any(r => r.Roles.Count > 0) ? await CallerRoles.FindAsync(_sessions, caller, cancellationToken) : [];
        return [.. records.Where(r => Sees(r, own, roles)).Select(View)];
    }

    /// <summary>One data set; IB5020 when there is none that the caller may see.</summary>
    public async Task<Result<DataSetView>> GetAsync(Caller caller, IReadOnlyCollection<string> own, string name, CancellationToken cancellationToken) =>
        await FindAsync(caller, own, name, cancellationToken) is { } record ? View(record) : DataSetFailures.Unknown(name);

    /// <summary>A page of rows of one version. Refused: unknown (IB5020), a cursor of no page (IB1137).</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="own">What the caller may do.</param>
    /// <param name="name">Name of the data set.</param>
    /// <param name="version">The version; null for the newest.</param>
    /// <param name="cursor">What the page before has given; null for the first one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Result<DataSetRowsView>> RowsAsync(Caller caller, IReadOnlyCollection<string> own, string name, int? version, string? cursor, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, own, name, cancellationToken) is not { } record || (version is { } number ? record.Find(number) : record.Current) is not { } wanted)
            return DataSetFailures.Unknown(name);
        return (await _rows.PageAsync(caller.Organization, record, wanted, new() { Limit = _options.PreviewRows, Cursor = cursor }, _options.PreviewRows, int.MaxValue, cancellationToken)).TryGet(out var page, out var failure)
            ? new DataSetRowsView(wanted.Number, wanted.Columns, page.Rows, page.Cursor)
            : failure;
    }

    /// <summary>
    /// Makes a version of a file: of a new data set with the columns that the file shows, of one that is there with its own. Refused: the name (IB5021), columns (IB5022), the file (IB5023, IB5027, IB5030, IB5031),
    /// a cell (IB5024, IB5025, IB5026), one row or data set too many (IB5028, IB5029).
    /// </summary>
    /// <param name="caller">Who uploads.</param>
    /// <param name="name">Name of the data set.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Result<DataSetView>> UploadAsync(Caller caller, string name, DataSetFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(file);
        if (!DataSetTarget.IsName(name ?? ""))
            return DataSetFailures.Name();
        await using var spooled = await SpooledUpload.TakeAsync(file, _options, cancellationToken);
        if (spooled.Failure is { } tooLarge)
            return tooLarge;
        try
        {
            await using var session = _sessions.Open(caller.Organization);
            await session.BeginTransactionAsync(cancellationToken);
            await DataSetRowStore.LockAsync(session, name!, cancellationToken);
            var record = await session.LoadAsync<DataSetRecord>(name!, cancellationToken);
            if (record is null && await session.Query<DataSetRecord>().CountAsync(cancellationToken) >= _options.MaxDataSets)
                return DataSetFailures.TooMany(_options.MaxDataSets);
            if (!(record is null || file.Infers ? await InferAsync(spooled, cancellationToken) : new Result<IReadOnlyList<DataSetColumn>>(record.Current.Columns)).TryGet(out var columns, out var failure))
                return failure;
            record ??= new() { Id = name!, Key = Guid.CreateVersion7(_time.GetUtcNow()) };
            var version = new DataSetVersion((record.Versions is [.., var last] ? last.Number : 0) + 1, columns, 0, 0, spooled.Name, spooled.Sha256, _time.GetUtcNow(), caller.Actor);
            if (!(await _rows.FillAsync(session, record, version, FileCells.ReadAsync(spooled.Rows, columns, _time.LocalTimeZone, cancellationToken), cancellationToken)).TryGet(out var filled, out failure))
                return failure;
            if (filled.Rows == 0)
                return DataSetFailures.NoRows(spooled.Name);
            await _rows.AddAsync(session, record, filled, cancellationToken);
            session.Append(caller, "data.upload", "data-set", name!, label: FormattableString.Invariant($"v{filled.Number}: {filled.Rows} rows of {spooled.Name}"));
            await session.SaveChangesAsync(cancellationToken);
            return View(record);
        }
        catch (Files.UnreadableFileException e)
        {
            return e.Failure;
        }
    }

    /// <summary>Changes the columns: the rows of the newest version are converted into a new one. Refused: unknown (IB5020), columns (IB5022), a row that does not fit them (IB5024, IB5025).</summary>
    public async Task<Result<DataSetView>> ChangeColumnsAsync(Caller caller, string name, IReadOnlyList<DataSetColumn>? columns, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        try
        {
            await using var session = _sessions.Open(caller.Organization);
            await session.BeginTransactionAsync(cancellationToken);
            if (await LockedAsync(session, name, cancellationToken) is not { } record)
                return DataSetFailures.Unknown(name);
            if (JudgeColumns(columns) is { } refused)
                return refused;
            var version = new DataSetVersion(record.Current.Number + 1, columns!, 0, 0, null, null, _time.GetUtcNow(), caller.Actor);
            if (!(await _rows.FillAsync(session, record, version, FileCells.ConvertAsync(_rows.AllAsync(caller.Organization, record.Key, record.Current.Number, cancellationToken), columns!, _time.LocalTimeZone, cancellationToken), cancellationToken)).TryGet(out var filled, out var failure))
                return failure;
            await _rows.AddAsync(session, record, filled, cancellationToken);
            session.Append(caller, "data.columns", "data-set", name, label: FormattableString.Invariant($"v{filled.Number}"));
            await session.SaveChangesAsync(cancellationToken);
            return View(record);
        }
        catch (Files.UnreadableFileException e)
        {
            return e.Failure;
        }
    }

    /// <summary>Says what is in a data set and who sees it. Refused: unknown (IB5020), the description (IB5032), a role that is none (IB5033).</summary>
    public async Task<Result<DataSetView>> DescribeAsync(Caller caller, string name, string? description, IReadOnlyList<string>? roles, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (description is not null && (description.Length > LongestDescription || description.Any(char.IsControl) || !Storable.Fits(description)))
            return DataSetFailures.Description(LongestDescription);
        if ((roles ?? []).FirstOrDefault(r => !Role.OfOrganizations.Contains(r)) is { } unknown)
            return DataSetFailures.Role(unknown, Role.OfOrganizations);
        await using var session = _sessions.Open(caller.Organization);
        await session.BeginTransactionAsync(cancellationToken);
        if (await LockedAsync(session, name, cancellationToken) is not { } record)
            return DataSetFailures.Unknown(name);
        (record.Description, record.Roles) = (description?.Trim() ?? record.Description, roles is null ? record.Roles : [.. roles.Distinct()]);
        session.Store(record);
        session.Append(caller, "data.describe", "data-set", name, label: record.Roles.Count == 0 ? null : string.Join(", ", record.Roles));
        await session.SaveChangesAsync(cancellationToken);
        return View(record);
    }

    /// <summary>Deletes a data set with all its versions. Refused: unknown (IB5020).</summary>
    public async Task<Failure?> DeleteAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.Open(caller.Organization);
        await session.BeginTransactionAsync(cancellationToken);
        if (await LockedAsync(session, name, cancellationToken) is not { } record)
            return DataSetFailures.Unknown(name);
        session.Delete(record);
        DataSetRowStore.Delete(session, record);
        session.Append(caller, "data.delete", "data-set", name);
        await session.SaveChangesAsync(cancellationToken);
        return null;
    }

    private async Task<DataSetRecord?> FindAsync(Caller caller, IReadOnlyCollection<string> own, string name, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(own);
        if (!DataSetTarget.IsName(name ?? ""))
            return null;
        await using var session = _sessions.Query(caller.Organization);
        return await session.LoadAsync<DataSetRecord>(name!, ct) is { } record && Sees(record, own, record.Roles.Count == 0 ? [] : await CallerRoles.FindAsync(_sessions, caller, ct)) ? record : null;
    }

    private static async Task<DataSetRecord?> LockedAsync(IDocumentSession session, string name, CancellationToken ct)
    {
        if (!DataSetTarget.IsName(name ?? ""))
            return null;
        await DataSetRowStore.LockAsync(session, name!, ct);
        return await session.LoadAsync<DataSetRecord>(name!, ct);
    }

    private static bool Sees(DataSetRecord record, IReadOnlyCollection<string> own, IReadOnlyList<string> roles) =>
        record.Roles.Count == 0 || own.Contains(Permission.ManageData) || record.Roles.Any(roles.Contains);

    private async Task<Result<IReadOnlyList<DataSetColumn>>> InferAsync(SpooledUpload file, CancellationToken ct)
    {
        if (!(await FileCells.InferAsync(file.Rows, _options.MaxColumns, _options.MaxRows, ct)).TryGet(out var columns, out var failure))
            return failure;
        return columns.Count == 0 ? DataSetFailures.NoRows(file.Name) : JudgeColumns(columns) is { } refused ? refused : new Result<IReadOnlyList<DataSetColumn>>(columns);
    }

    private Failure? JudgeColumns(IReadOnlyList<DataSetColumn>? columns)
    {
        if (columns is null or [] || columns.Count > _options.MaxColumns)
            return DataSetFailures.Columns("columns", new($"须有 1 到 {_options.MaxColumns} 列", $"there must be 1 to {_options.MaxColumns} columns"));
        foreach (var column in columns)
        {
            if (string.IsNullOrWhiteSpace(column?.Name) || column.Name.Length > LongestName || column.Name.Any(char.IsControl) || !Storable.Fits(column.Name))
                return DataSetFailures.Columns(column?.Name ?? "", new($"列名为 1 到 {LongestName} 个字符，不含控制字符", $"a name has 1 to {LongestName} characters, and no control characters"));
            if (!Enum.IsDefined(column.Type))
                return DataSetFailures.Columns(column.Name, new("没有这种类型", "there is no such type"));
        }

        return columns.GroupBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice ? DataSetFailures.Columns(twice.Key, new("列名重复", "the name is there twice")) : null;
    }

    private DataSetView View(DataSetRecord record) => new(record.Id, record.Description, record.Roles, record.Current.Columns, record.Current.Rows, [.. record.Versions.Reverse()], UsersOf(record.Id));

    private List<DataSetUser> UsersOf(string name) =>
    [
        .. from plugin in _plugins.All
           where plugin.RemovedAt is null
           let targets = plugin.Versions.SelectMany(v => v.Grants ?? []).Where(g => g.Capability == CapabilityNames.DataSets).SelectMany(g => g.Targets).ToHashSet(StringComparer.Ordinal)
           let writes = targets.Contains(DataSetTarget.Of(name, writes: true))
           where writes || targets.Contains(DataSetTarget.Of(name, writes: false))
           orderby plugin.PluginId
           select new DataSetUser(plugin.PluginId, plugin.Name, writes),
    ];
}

/// <summary>A file that is uploaded.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="Content">Its content.</param>
/// <param name="Sheet">The sheet of a workbook; null for the first one with rows.</param>
/// <param name="Infers">True to take the columns from the file, though the data set has some.</param>
public sealed record DataSetFile(string Name, Stream Content, string? Sheet, bool Infers);
