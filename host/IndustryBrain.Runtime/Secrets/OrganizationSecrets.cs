using System.Collections.Concurrent;
using System.Text;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Secrets;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using JasperFx;
using Marten;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IndustryBrain.Runtime.Secrets;

/// <summary>The secrets of organizations. They can be set, rotated and deleted; only what they are for reads them: plugins that were granted one, requests of scenarios, connections.</summary>
public sealed class OrganizationSecrets : ISecretStore
{
    private const int LongestDescription = 500;

    private readonly IOrganizationSessions _sessions;
    private readonly Database _database;
    private readonly SecretSeal _seal;
    private readonly SecretUsers _users;
    private readonly SecretOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<(string Organization, string Name, int Version), DateTimeOffset> _noted = new();

    internal OrganizationSecrets(IOrganizationSessions sessions, Database database, SecretSeal seal, SecretUsers users, IOptions<SecretOptions> options, TimeProvider time) =>
        (_sessions, _database, _seal, _users, _options, _time) = (sessions, database, seal, users, options.Value, time);

    /// <summary>The secrets of the caller's organization by name, without their values.</summary>
    public async Task<IReadOnlyList<SecretView>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.Query(caller.Organization);
        var records = await session.Query<SecretRecord>().OrderBy(s => s.Id).ToListAsync(cancellationToken);
        return await ViewsAsync(session, records, cancellationToken);
    }

    /// <summary>One secret, without its values; IB5001 when there is none.</summary>
    public async Task<Result<SecretView>> GetAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.Query(caller.Organization);
        return await LoadAsync(session, name, cancellationToken) is { } record ? (await ViewsAsync(session, [record], cancellationToken))[0] : SecretFailures.Unknown(name);
    }

    /// <summary>Makes a secret. Refused: its name (IB5002, IB5003), its value (IB5004), one too many (IB5005), an unknown environment (IB5008), its description (IB5010).</summary>
    public async Task<Result<SecretView>> CreateAsync(Caller caller, NewSecret request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(request);
        var name = request.Name ?? "";
        if (!SecretName.IsValid(name))
            return SecretFailures.Name();
        if (JudgeDescription(request.Description) is { } described)
            return described;
        if (Judge(request.Value, request.Environment) is { } refused)
            return refused;
        await using var session = _sessions.Open(caller.Organization);
        if (await session.LoadAsync<SecretRecord>(name, cancellationToken) is not null)
            return SecretFailures.Taken(name);
        if (await session.Query<SecretRecord>().CountAsync(cancellationToken) >= _options.MaxSecrets)
            return SecretFailures.TooMany(_options.MaxSecrets);
        var record = new SecretRecord { Id = name, Description = request.Description?.Trim() ?? "" };
        await SetAsync(caller, record, request.Value!, request.Environment, cancellationToken);
        session.Insert(record);
        session.Append(caller, "secret.create", "secret", name, label: request.Environment);
        try
        {
            await session.SaveChangesAsync(cancellationToken);
        }
        catch (DocumentAlreadyExistsException)
        {
            return SecretFailures.Taken(name);
        }

        return (await ViewsAsync(session, [record], cancellationToken))[0];
    }

    /// <summary>Says what a secret is for. Refused: unknown (IB5001), the description (IB5010).</summary>
    public Task<Result<SecretView>> DescribeAsync(Caller caller, string name, string? description, CancellationToken cancellationToken) =>
        JudgeDescription(description) is { } refused
            ? Task.FromResult<Result<SecretView>>(refused)
            : ChangeAsync(caller, name, "secret.describe", null, (_, record) =>
            {
                record.Description = description?.Trim() ?? "";
                return Task.FromResult<Failure?>(null);
            }, cancellationToken);

    /// <summary>Sets a new value, for all environments or for one; the one before is gone with it. Refused: unknown (IB5001), the value (IB5004), an unknown environment (IB5008).</summary>
    public Task<Result<SecretView>> RotateAsync(Caller caller, string name, string? value, string? environment, CancellationToken cancellationToken) =>
        Judge(value, environment) is { } refused
            ? Task.FromResult<Result<SecretView>>(refused)
            : ChangeAsync(caller, name, "secret.rotate", environment, async (_, record) =>
            {
                await SetAsync(caller, record, value!, environment, cancellationToken);
                return null;
            }, cancellationToken);

    /// <summary>Deletes a secret with all its values. Refused: unknown (IB5001), needed by a scenario or a connection (IB5006).</summary>
    public async Task<Failure?> DeleteAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.Open(caller.Organization);
        if (await LoadAsync(session, name, cancellationToken) is not { } record)
            return SecretFailures.Unknown(name);
        // What a plugin was granted it may do without; these name it because they need it.
        if ((await _users.FindAsync(session, cancellationToken))[name].FirstOrDefault(u => u.Kind != "plugin") is { } user)
            return SecretFailures.InUse(name, user);
        session.Delete(record);
        session.QueueSqlCommand("delete from secret_use where organization = ? and name = ?", caller.Organization, name);
        session.Append(caller, "secret.delete", "secret", name);
        await session.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>True when there is a secret of that name.</summary>
    internal async Task<bool> HasAsync(string organization, string name, CancellationToken ct)
    {
        await using var session = _sessions.Query(organization);
        return await LoadAsync(session, name, ct) is not null;
    }

    /// <inheritdoc />
    public async ValueTask<Result<string?>> FindAsync(string organization, string name, string? environment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(organization);
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            await using var session = _sessions.Query(organization);
            if ((await LoadAsync(session, name, cancellationToken))?.ValueIn(environment ?? ScenarioEnvironments.Production) is not { } value)
                return new Result<string?>((string?)null);
            if (await _seal.OpenAsync(organization, name, value, cancellationToken) is not { } opened)
                return SecretFailures.Sealed(name);
            await NoteAsync(organization, name, value.Version, cancellationToken);
            return new Result<string?>(opened);
        }
        catch (Exception e) when (DatabaseOutage.Cause(e) is not null)
        {
            return CapabilityFailures.StoreNotUsable($"secrets/{name}");
        }
    }

    private async Task<Result<SecretView>> ChangeAsync(Caller caller, string name, string action, string? label, Func<IDocumentSession, SecretRecord, Task<Failure?>> change, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.Open(caller.Organization);
        if (await LoadAsync(session, name, ct) is not { } record)
            return SecretFailures.Unknown(name);
        if (await change(session, record) is { } refused)
            return refused;
        session.Store(record);
        session.Append(caller, action, "secret", name, label: label);
        try
        {
            await session.SaveChangesAsync(ct);
        }
        catch (ConcurrencyException)
        {
            return SecretFailures.Meanwhile(name);
        }

        return (await ViewsAsync(session, [record], ct))[0];
    }

    private async Task SetAsync(Caller caller, SecretRecord record, string value, string? environment, CancellationToken ct)
    {
        record.LastVersion++;
        var content = await _seal.SealAsync(caller.Organization, record.Id, environment, record.LastVersion, value, ct);
        record.Values = [.. record.Values.Where(v => v.Environment != environment), new SealedValue(environment, record.LastVersion, content, _time.GetUtcNow(), caller.Actor)];
    }

    private static async Task<SecretRecord?> LoadAsync(IQuerySession session, string name, CancellationToken ct) => SecretName.IsValid(name) ? await session.LoadAsync<SecretRecord>(name, ct) : null;

    private Failure? Judge(string? value, string? environment) =>
        environment is not null && !ScenarioEnvironments.All.Contains(environment) ? SecretFailures.Environment()
        : string.IsNullOrEmpty(value) || Encoding.UTF8.GetByteCount(value) > _options.MaxBytes ? SecretFailures.Value(_options.MaxBytes)
        : null;

    private static Failure? JudgeDescription(string? description) =>
        description is not null && (description.Length > LongestDescription || description.Any(char.IsControl) || !Storable.Fits(description)) ? SecretFailures.Description(LongestDescription) : null;

    private async Task<IReadOnlyList<SecretView>> ViewsAsync(IQuerySession session, IReadOnlyList<SecretRecord> records, CancellationToken ct)
    {
        if (records.Count == 0)
            return [];
        var users = await _users.FindAsync(session, ct);
        var uses = new Dictionary<(string Name, int Version), DateTimeOffset>();
        await using var command = _database.DataSource.CreateCommand("select name, version, at from secret_use where organization = $1");
        command.Parameters.Add(new() { Value = session.TenantId });
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                uses[(reader.GetString(0), reader.GetInt32(1))] = reader.GetFieldValue<DateTimeOffset>(2);
        }

        return
        [
            .. records.Select(r => new SecretView(r.Id, r.Description,
                [.. r.Values.OrderBy(v => v.Environment, StringComparer.Ordinal).Select(v => new SecretValueView(v.Environment, v.Version, v.ChangedAt, v.ChangedBy, uses.TryGetValue((r.Id, v.Version), out var at) ? at : null))],
                [.. users[r.Id].OrderBy(u => u.Kind, StringComparer.Ordinal).ThenBy(u => u.Id, StringComparer.Ordinal)])),
        ];
    }

    private async Task NoteAsync(string organization, string name, int version, CancellationToken ct)
    {
        var (key, now) = ((organization, name, version), _time.GetUtcNow());
        if (_noted.TryGetValue(key, out var noted) && now - noted < TimeSpan.FromSeconds(_options.UseSeconds))
            return;
        _noted[key] = now;
        await using var command = _database.DataSource.CreateCommand("insert into secret_use (organization, name, version, at) values ($1, $2, $3, $4) on conflict (organization, name, version) do update set at = greatest(secret_use.at, excluded.at)");
        foreach (var value in new object[] { organization, name, version, now.UtcDateTime })
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>A secret that is to be made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Value">Its value; nobody is given it again.</param>
/// <param name="Environment">The environment that the value is for; null for all.</param>
public sealed record NewSecret(string? Name, string? Description, string? Value, string? Environment);
