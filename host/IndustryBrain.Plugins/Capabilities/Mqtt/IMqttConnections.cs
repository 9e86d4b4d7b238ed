namespace IndustryBrain.Plugins.Capabilities.Mqtt;

/// <summary>Where the connections to brokers are kept that permissions and triggers name.</summary>
internal interface IMqttConnections
{
    /// <summary>The connection of a name that an organization may use; null when there is none.</summary>
    ValueTask<MqttConnection?> FindAsync(string organization, string name, CancellationToken cancellationToken);
}
