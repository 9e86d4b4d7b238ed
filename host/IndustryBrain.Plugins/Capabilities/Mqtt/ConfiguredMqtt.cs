namespace IndustryBrain.Plugins.Capabilities.Mqtt;

/// <summary>The connections of the configuration alone.</summary>
internal sealed class ConfiguredMqtt(MqttOptions options) : IMqttConnections
{
    public ValueTask<MqttConnection?> FindAsync(string organization, string name, CancellationToken cancellationToken) =>
        new(options.Connections.TryGetValue(name, out var connection) && connection.Serves(organization) ? new MqttConnection(connection, 0, null) : null);
}
