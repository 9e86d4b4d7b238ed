using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Capabilities.Mqtt;

/// <summary>A connection to a broker as it stands now.</summary>
/// <param name="Options">The broker.</param>
/// <param name="Revision">Another one after each change: what was made with the one before is made anew.</param>
/// <param name="Resolve">Judges the addresses of the host each time that it is connected to, and says which one is taken; null where an administrator has configured the host.</param>
internal sealed record MqttConnection(MqttConnectionOptions Options, long Revision, Func<CancellationToken, Task<Result<string>>>? Resolve);
