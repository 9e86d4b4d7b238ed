using IndustryBrain.Plugins;
using IndustryBrain.Storage;
using Marten;

namespace IndustryBrain.Runtime.Plugins;

/// <summary>A published scenario that holds on to a version of a plugin.</summary>
internal sealed record ScenarioUse(string Organization, string DefinitionId, string Plugin, string Version);

/// <summary>Unfinished runs that hold on to a version of a plugin.</summary>
internal sealed record RunUse(string Plugin, string Version, long Runs);

/// <summary>Who uses which version of a plugin, over all organizations: ids only.</summary>
internal sealed class PluginUse(Database database)
{
    private const string Runs = """
        select p.plugin, p.version, count(distinct w.run_id)
        from run_work w
        join run r on r.id = w.run_id and r.organization = w.organization
        cross join lateral (select v.value ->> 'plugin' as plugin, v.value ->> 'version' as version from jsonb_each(coalesce(nullif(r.record -> 'plugins', 'null'), '{}')) v) p
        group by 1, 2
        """;

    private const string Scenarios = """
        select distinct s.tenant_id, s.id, v.value ->> 'plugin', v.value ->> 'version'
        from mt_doc_scenariorecord s
        cross join lateral (
            select * from jsonb_each(coalesce(nullif(s.data -> 'plugins', 'null'), '{}'))
            union all select * from jsonb_each(coalesce(nullif(s.data -> 'test' -> 'plugins', 'null'), '{}'))) v
        order by 1, 2
        """;

    // A scenario that uses a component which the new version lacks, or names its version itself, stays with the old one.
    private static string MoveScenarios(string path) => $$"""
        update mt_doc_scenariorecord s
        set mt_version = gen_random_uuid(), data = jsonb_set(s.data, '{{path}}', (
            select jsonb_object_agg(v.key, case when lower(v.value ->> 'plugin') = ? and v.key = any(?) and not jsonb_exists(coalesce(nullif(s.data -> 'heldComponents', 'null'), '[]'), v.key) then ?::jsonb else v.value end)
            from jsonb_each(s.data #> '{{path}}') v))
        where exists (
            select 1 from jsonb_each(coalesce(nullif(s.data #> '{{path}}', 'null'), '{}')) v
            where lower(v.value ->> 'plugin') = ? and v.key = any(?) and v.value <> ?::jsonb and not jsonb_exists(coalesce(nullif(s.data -> 'heldComponents', 'null'), '[]'), v.key))
        """;

    public async Task<IReadOnlyList<RunUse>> RunsAsync(CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand(Runs);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var uses = new List<RunUse>();
        while (await reader.ReadAsync(ct))
            uses.Add(new(reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
        return uses;
    }

    public async Task<IReadOnlyList<ScenarioUse>> ScenariosAsync(CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand(Scenarios);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var uses = new List<ScenarioUse>();
        while (await reader.ReadAsync(ct))
            uses.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        return uses;
    }

    /// <summary>Queues the statement that lets all published scenarios take a version of a plugin.</summary>
    public static void Move(IDocumentSession session, PluginPin to, IEnumerable<string> components)
    {
        var (id, ids, pin) = (PluginInstallation.IdOf(to.Plugin), components.ToArray(), Json(to));
        foreach (var path in new[] { "{plugins}", "{test,plugins}" })
            session.QueueSqlCommand(MoveScenarios(path), id, ids, pin, id, ids, pin);
    }

    private static string Json(PluginPin pin) => new System.Text.Json.Nodes.JsonObject { ["plugin"] = pin.Plugin, ["version"] = pin.Version, ["sha256"] = pin.Sha256 }.ToJsonString();
}
