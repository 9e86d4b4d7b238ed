using System.Text.Json;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Http;
using IndustryBrain.Plugins.Capabilities.Mqtt;
using IndustryBrain.Plugins.Capabilities.Secrets;
using IndustryBrain.Runtime.Connections.Kinds;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Secrets;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using JasperFx;
using Marten;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Connections;

/// <summary>The connections of organizations: named, with settings for all environments or for one, tested by really connecting.</summary>
public sealed class OrganizationConnections : IMqttConnections, IDisposable
{
    private const int LongestDescription = 500;
    private const string Mqtt = "mqtt";

    private readonly IOrganizationSessions _sessions;
    private readonly ConnectionUsers _users;
    private readonly ISecretStore _secrets;
    private readonly Dictionary<string, ConnectionKind> _kinds;
    private readonly ConnectionOptions _options;
    private readonly MqttOptions _mqtt;
    private readonly TimeProvider _time;
    private readonly OutboundConnections _outbound;

    internal OrganizationConnections(IOrganizationSessions sessions, ConnectionUsers users, ISecretStore secrets, IEnumerable<ConnectionKind> kinds, IOptions<ConnectionOptions> options, IOptions<MqttOptions> mqtt, TimeProvider time)
    {
        (_sessions, _users, _secrets, _options, _mqtt, _time) = (sessions, users, secrets, options.Value, mqtt.Value, time);
        _kinds = kinds.ToDictionary(k => k.Id, StringComparer.Ordinal);
        _outbound = new(new CapabilityOptions { HttpConnectTimeout = TimeSpan.FromSeconds(_options.TestSeconds) });
    }

    /// <summary>The kinds of connections.</summary>
    public IReadOnlyList<ConnectionKindView> Kinds => [.. _kinds.Values.Select(k => new ConnectionKindView(k.Id, k.Name, k.Schema))];

    /// <inheritdoc />
    public void Dispose() => _outbound.Dispose();

    /// <summary>The connections of the caller's organization by name, those of the host's configuration among them.</summary>
    public async Task<IReadOnlyList<ConnectionView>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.Query(caller.Organization);
        var users = await _users.FindAsync(caller.Organization, cancellationToken);
        var own = (await session.Query<ConnectionRecord>().ToListAsync(cancellationToken)).Select(r => View(r, users));
        var configured = _mqtt.Connections.Where(c => c.Value.Serves(caller.Organization)).Select(c => new ConnectionView(c.Key, Mqtt, "", [], 0, IsConfigured: true, [.. users[c.Key]]));
        return [.. own.Concat(configured).OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    /// <summary>One connection; IB5040 when there is none.</summary>
    public async Task<Result<ConnectionView>> GetAsync(Caller caller, string name, CancellationToken cancellationToken) =>
        (await ListAsync(caller, cancellationToken)).FirstOrDefault(c => c.Name == name) is { } found ? found : ConnectionFailures.Unknown(name);

    /// <summary>Makes a connection. Refused: its name (IB5041, IB5042), kind (IB5043), settings (IB71xx, IB2020–IB2022, IB5053), environment (IB5008), description (IB5010), one too many (IB5044).</summary>
    public async Task<Result<ConnectionView>> CreateAsync(Caller caller, NewConnection request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(request);
        var name = request.Name ?? "";
        if (!MqttTarget.IsConnection(name))
            return ConnectionFailures.Name();
        if (_mqtt.Connections.ContainsKey(name))
            return ConnectionFailures.Taken(name);
        if (!_kinds.TryGetValue(request.Kind ?? "", out var kind))
            return ConnectionFailures.Kind(_kinds.Keys);
        if (Judge(kind, request.Settings, request.Environment) is { } refused)
            return refused;
        if (request.Description is { } said && (said.Length > LongestDescription || said.Any(char.IsControl) || !Storable.Fits(said)))
            return SecretFailures.Description(LongestDescription);
        await using var session = _sessions.Open(caller.Organization);
        if (await session.LoadAsync<ConnectionRecord>(name, cancellationToken) is not null)
            return ConnectionFailures.Taken(name);
        if (await session.Query<ConnectionRecord>().CountAsync(cancellationToken) >= _options.MaxConnections)
            return ConnectionFailures.TooMany(_options.MaxConnections);
        var record = new ConnectionRecord { Id = name, Kind = kind.Id, Description = request.Description?.Trim() ?? "", Revision = 1, Settings = [new(request.Environment, request.Settings!.Value.Clone(), _time.GetUtcNow(), caller.Actor)] };
        session.Insert(record);
        session.Append(caller, "connection.create", "connection", name, label: kind.Id);
        try
        {
            await session.SaveChangesAsync(cancellationToken);
        }
        catch (DocumentAlreadyExistsException)
        {
            return ConnectionFailures.Taken(name);
        }

        return View(record, await _users.FindAsync(caller.Organization, cancellationToken));
    }

    /// <summary>Sets the settings for all environments or for one. Refused: unknown (IB5040), settings as above, changed meanwhile (IB5045).</summary>
    /// <param name="caller">Who sets them.</param>
    /// <param name="name">Name of the connection.</param>
    /// <param name="settings">An object that fits the schema of its kind; null takes those of the environment away.</param>
    /// <param name="environment">The environment; null for all that have none of their own.</param>
    /// <param name="revision">The revision that was seen; null changes whatever is there.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Result<ConnectionView>> SetAsync(Caller caller, string name, JsonElement? settings, string? environment, int? revision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.Open(caller.Organization);
        if (await LoadAsync(session, name, cancellationToken) is not { } record || !_kinds.TryGetValue(record.Kind, out var kind))
            return ConnectionFailures.Unknown(name);
        if (settings is not null && Judge(kind, settings, environment) is { } refused)
            return refused;
        if (revision is { } seen && seen != record.Revision)
            return ConnectionFailures.Meanwhile(name);
        List<ConnectionSettings> kept = [.. record.Settings.Where(s => s.Environment != environment)];
        if (settings is { } set)
            kept.Add(new(environment, set.Clone(), _time.GetUtcNow(), caller.Actor));
        if (kept.Count == 0)
            return ConnectionFailures.NoSettings(name, environment ?? ScenarioEnvironments.Production);
        (record.Settings, record.Revision) = (kept, record.Revision + 1);
        session.Store(record);
        session.Append(caller, "connection.change", "connection", name, label: environment);
        return await SaveAsync(session, name, cancellationToken) is { } meanwhile ? meanwhile : View(record, await _users.FindAsync(caller.Organization, cancellationToken));
    }

    /// <summary>Deletes a connection. Refused: unknown (IB5040), named by a published scenario (IB5051).</summary>
    public async Task<Failure?> DeleteAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.Open(caller.Organization);
        if (await LoadAsync(session, name, cancellationToken) is not { } record)
            return ConnectionFailures.Unknown(name);
        if ((await _users.FindAsync(caller.Organization, cancellationToken))[name].FirstOrDefault(u => u.Kind == "scenario") is { } user)
            return ConnectionFailures.InUse(name, user);
        session.Delete(record);
        session.Append(caller, "connection.delete", "connection", name);
        return await SaveAsync(session, name, cancellationToken);
    }

    /// <summary>Connects as the connection will be used; a robot gets one line. Refused: unknown (IB5040), an environment without settings (IB5052); what the other side said is the answer.</summary>
    public async Task<Result<ConnectionTest>> TestAsync(Caller caller, string name, string? environment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        environment ??= ScenarioEnvironments.Production;
        await using var session = _sessions.Open(caller.Organization);
        if (await LoadAsync(session, name, cancellationToken) is not { } record || !_kinds.TryGetValue(record.Kind, out var kind))
            return ConnectionFailures.Unknown(name);
        if (record.In(environment) is not { } settings)
            return ConnectionFailures.NoSettings(name, environment);
        var started = _time.GetTimestamp();
        var failure = await TryAsync(kind, settings.Values, Reach(caller.Organization, environment), cancellationToken);
        var took = (long)_time.GetElapsedTime(started).TotalMilliseconds;
        record.Settings = [.. record.Settings.Select(s => ReferenceEquals(s, settings) ? s with { TestedAt = _time.GetUtcNow(), TestCode = failure?.Code } : s)];
        session.Store(record);
        session.Append(caller, "connection.test", "connection", name, failure is null ? AuditResult.Ok : AuditResult.Failed, failure?.Code, environment);

        // Who changed it meanwhile has other settings, which were not tested.
        await SaveAsync(session, name, cancellationToken);
        return new ConnectionTest(failure is null, took, failure?.Code, failure?.Message, failure?.Action);
    }

    /// <inheritdoc />
    async ValueTask<MqttConnection?> IMqttConnections.FindAsync(string organization, string name, CancellationToken cancellationToken)
    {
        if (_mqtt.Connections.TryGetValue(name, out var configured))
            return configured.Serves(organization) ? new(configured, 0, null) : null;
        await using var session = _sessions.Query(organization);
        return await LoadAsync(session, name, cancellationToken) is { Kind: Mqtt } record && record.In(ScenarioEnvironments.Production) is { } settings && MqttKind.Read(settings.Values).TryGet(out var broker, out _)
            ? MqttKind.Use(broker, Reach(organization, ScenarioEnvironments.Production), settings.ChangedAt.UtcTicks)
            : null;
    }

    private async Task<Failure?> TryAsync(ConnectionKind kind, JsonElement settings, ConnectionReach reach, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(_options.TestSeconds), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            return await kind.TestAsync(settings, reach, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return ConnectionFailures.TimedOut(_options.TestSeconds);
        }
    }

    private ConnectionReach Reach(string organization, string environment) => new(organization, environment, _secrets, _outbound, _options, _time);

    private static Failure? Judge(ConnectionKind kind, JsonElement? settings, string? environment) =>
        environment is not null && !ScenarioEnvironments.All.Contains(environment) ? SecretFailures.Environment()
        : settings is not { ValueKind: JsonValueKind.Object } given ? Refusals.Missing("settings")
        : InputCheck.Check(kind.Schema, given) ?? kind.Judge(given);

    private static async Task<ConnectionRecord?> LoadAsync(IQuerySession session, string name, CancellationToken ct) => MqttTarget.IsConnection(name ?? "") ? await session.LoadAsync<ConnectionRecord>(name!, ct) : null;

    private static async Task<Failure?> SaveAsync(IDocumentSession session, string name, CancellationToken ct)
    {
        try
        {
            await session.SaveChangesAsync(ct);
            return null;
        }
        catch (ConcurrencyException)
        {
            return ConnectionFailures.Meanwhile(name);
        }
    }

    private static ConnectionView View(ConnectionRecord record, ILookup<string, ConnectionUser> users) => new(record.Id, record.Kind, record.Description, [.. record.Settings.OrderBy(s => s.Environment, StringComparer.Ordinal)], record.Revision, IsConfigured: false, [.. users[record.Id]]);
}

/// <summary>A connection that is to be made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it leads to.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Settings">An object that fits the schema of the kind; secrets stand in it by name.</param>
/// <param name="Environment">The environment that the settings are for; null for all.</param>
public sealed record NewConnection(string? Name, string? Kind, string? Description, JsonElement? Settings, string? Environment);
