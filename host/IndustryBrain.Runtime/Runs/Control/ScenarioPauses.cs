using System.Text.Json;
using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Runtime.Runs.Nodes;
using IndustryBrain.Storage;
using Marten;

namespace IndustryBrain.Runtime.Runs.Control;

/// <summary>A scenario whose new runs are held.</summary>
/// <param name="DefinitionId">The scenario.</param>
/// <param name="Pause">Who holds them.</param>
public sealed record PausedScenario(string DefinitionId, RunPause Pause);

/// <summary>
/// The scenarios whose new runs are held: what starts them is accepted as ever, and the runs are paused from their acceptance on, so that no firing, request or event is lost. Each node keeps the few there are for
/// <see cref="KeptFor"/>, or until it hears of a change. Safe for use from many threads.
/// </summary>
public sealed class ScenarioPauses
{
    internal const string Changed = "pauses";

    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private readonly Database _database;
    private readonly IOrganizationSessions _sessions;
    private readonly TimeProvider _time;
    private readonly ChangeSignal _resumed = new();
    private Known? _known;

    internal ScenarioPauses(Database database, IOrganizationSessions sessions, TimeProvider time) => (_database, _sessions, _time) = (database, sessions, time);

    /// <summary>The scenarios of the organization whose new runs are held.</summary>
    public async Task<IReadOnlyList<PausedScenario>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return [.. (await ReadAsync(cancellationToken)).Where(p => p.Key.Organization == caller.Organization).Select(p => new PausedScenario(p.Key.DefinitionId, p.Value))];
    }

    /// <summary>Who holds new runs of a scenario, as this node last read it; null when nobody does.</summary>
    internal async ValueTask<RunPause?> FindAsync(string organization, string definitionId, CancellationToken ct)
    {
        if (_known is not { } known || _time.GetElapsedTime(known.ReadAt) > KeptFor)
            _known = known = new(await ReadAsync(ct), _time.GetTimestamp());
        return known.Pauses.GetValueOrDefault((organization, definitionId));
    }

    /// <summary>Completes when a scenario was resumed here, or somebody changed one on another node.</summary>
    internal Task Resumed => _resumed.Next;

    /// <summary>Forgets what this node read.</summary>
    internal void Forget()
    {
        _known = null;
        _resumed.Pulse();
    }

    /// <summary>Resumes the scenarios whose time is up.</summary>
    internal async Task ExpireAsync(CancellationToken ct)
    {
        var now = _time.GetUtcNow();
        foreach (var ((organization, definitionId), pause) in await ReadAsync(ct))
        {
            if (pause.Until <= now)
                await ResumeAsync(Caller.ForSystem(organization), definitionId, null, ct);
        }
    }

    internal async Task PauseAsync(Caller caller, string definitionId, RunPause pause, CancellationToken ct)
    {
        await using var session = _sessions.Open(caller.Organization);
        session.QueueSqlCommand(
            "insert into scenario_pause (organization, definition_id, pause) values (?, ?, ?::jsonb) on conflict (organization, definition_id) do update set pause = excluded.pause",
            caller.Organization, definitionId, JsonSerializer.Serialize(pause with { IsOfScenario = true }));
        session.Append(caller, "scenario.pause", "scenario", definitionId, label: pause.Reason);
        await SaveAsync(session, ct);
    }

    /// <returns>False when nobody held it.</returns>
    internal async Task<bool> ResumeAsync(Caller caller, string definitionId, string? reason, CancellationToken ct)
    {
        if (!(await ReadAsync(ct)).ContainsKey((caller.Organization, definitionId)))
            return false;
        await using var session = _sessions.Open(caller.Organization);
        session.QueueSqlCommand("delete from scenario_pause where organization = ? and definition_id = ?", caller.Organization, definitionId);
        session.Append(caller, "scenario.resume", "scenario", definitionId, label: reason);
        await SaveAsync(session, ct);
        return true;
    }

    private async Task SaveAsync(IDocumentSession session, CancellationToken ct)
    {
        session.QueueSqlCommand("select pg_notify(?, ?)", RunListener.Channel, Changed);
        await session.SaveChangesAsync(ct);
        Forget();
    }

    private async Task<Dictionary<(string Organization, string DefinitionId), RunPause>> ReadAsync(CancellationToken ct)
    {
        await using var command = _database.DataSource.CreateCommand("select organization, definition_id, pause from scenario_pause order by organization, definition_id");
        await using var reader = await command.ExecuteReaderAsync(ct);
        Dictionary<(string, string), RunPause> pauses = [];
        while (await reader.ReadAsync(ct))
            pauses[(reader.GetString(0), reader.GetString(1))] = JsonSerializer.Deserialize<RunPause>(reader.GetString(2))!;
        return pauses;
    }

    private sealed record Known(Dictionary<(string Organization, string DefinitionId), RunPause> Pauses, long ReadAt);
}
