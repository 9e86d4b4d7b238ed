using IndustryBrain.Plugins.Capabilities.Mqtt;
using IndustryBrain.Runtime.Connections;
using IndustryBrain.Runtime.Connections.Kinds;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Plugins;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;
using Marten;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Secrets;

/// <summary>Finds what uses the secrets of an organization: plugins that were granted one, scenarios whose parameters refer to one, connections that sign in with one.</summary>
internal sealed class SecretUsers(PluginDirectory plugins, IEnumerable<ConnectionKind> kinds, IOptions<MqttOptions> mqtt)
{
    private const string Send = "send ";

    /// <summary>The users by the name of the secret.</summary>
    public async Task<ILookup<string, SecretUser>> FindAsync(IQuerySession session, CancellationToken ct)
    {
        List<(string Name, SecretUser User)> found = [.. OfPlugins(), .. OfConfiguredConnections(session.TenantId)];
        foreach (var scenario in await session.Query<ScenarioRecord>().ToListAsync(ct))
        {
            foreach (var (environment, parameters) in scenario.Parameters)
            {
                foreach (var name in SecretReference.NamesIn(parameters) ?? [])
                    found.Add((SecretReference.StoredPrefix + name, new("scenario", scenario.Id, scenario.Name, environment)));
            }
        }

        foreach (var connection in await session.Query<ConnectionRecord>().ToListAsync(ct))
        {
            var kind = kinds.First(k => k.Id == connection.Kind);
            found.AddRange(connection.Settings.SelectMany(s => kind.SecretsOf(s.Values).Select(name => (name, new SecretUser("connection", connection.Id, LocalizedText.Same(connection.Id), s.Environment)))));
        }

        return found.Distinct().ToLookup(f => f.Name, f => f.User);
    }

    private IEnumerable<(string Name, SecretUser User)> OfPlugins() =>
        from plugin in plugins.All
        where plugin.RemovedAt is null
        from version in plugin.Versions
        from grant in version.Grants ?? []
        where grant.Capability == CapabilityNames.Secrets
        from target in grant.Targets
        select (target.StartsWith(Send, StringComparison.Ordinal) ? target[Send.Length..] : target, new SecretUser("plugin", plugin.PluginId, plugin.Name, null));

    private IEnumerable<(string Name, SecretUser User)> OfConfiguredConnections(string organization) =>
        from connection in mqtt.Value.Connections
        where connection.Value.Serves(organization)
        from name in new[] { connection.Value.PasswordSecret, connection.Value.CertificateSecret }
        where name.Length > 0
        select (name, new SecretUser("connection", connection.Key, LocalizedText.Same(connection.Key), null));
}
