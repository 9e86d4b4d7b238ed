using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Plugins;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Connections;

/// <summary>Finds what names the connections of an organization: triggers of published scenarios, and plugins that were granted one.</summary>
internal sealed class ConnectionUsers(Database database, PluginDirectory plugins)
{
    /// <summary>The users by the name of the connection.</summary>
    public async Task<ILookup<string, ConnectionUser>> FindAsync(string organization, CancellationToken ct)
    {
        List<(string Name, ConnectionUser User)> found = [];
        await using (var command = database.DataSource.CreateCommand("select distinct split_part(said, ' ', 1), definition_id from scenario_trigger where organization = any($1) and kind = 'mqtt' order by 1, 2"))
        {
            command.Parameters.Add(new() { Value = RunScope.Keys(organization, null) });
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                found.Add((reader.GetString(0), new("scenario", reader.GetString(1), LocalizedText.Same(reader.GetString(1)))));
        }

        var granted =
            from plugin in plugins.All
            where plugin.RemovedAt is null
            from version in plugin.Versions
            from grant in version.Grants ?? []
            where grant.Capability == CapabilityNames.Mqtt
            from target in grant.Targets
            select (target.Split(' ')[0], new ConnectionUser("plugin", plugin.PluginId, plugin.Name));
        return found.Concat(granted).Distinct().ToLookup(f => f.Item1, f => f.Item2);
    }
}
