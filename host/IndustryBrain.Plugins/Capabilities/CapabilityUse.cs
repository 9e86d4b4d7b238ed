namespace IndustryBrain.Plugins.Capabilities;

/// <summary>What a plugin version has used of one capability since this host started.</summary>
/// <param name="PluginId">The plugin.</param>
/// <param name="Version">Its version.</param>
/// <param name="Capability">The capability.</param>
/// <param name="Requests">Requests, all together.</param>
/// <param name="Denied">Of these, without permission.</param>
/// <param name="Failed">Of these, failed otherwise.</param>
/// <param name="BytesSent">Bytes that the plugin gave.</param>
/// <param name="BytesReceived">Bytes that it got.</param>
public sealed record CapabilityUse(string PluginId, string Version, string Capability, long Requests, long Denied, long Failed, long BytesSent, long BytesReceived);
