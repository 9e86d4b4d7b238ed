using System.Text.Json;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Hosts;

/// <summary>A scenario as a host describes it: what is shown of it here.</summary>
internal sealed record HostScenario(string DefinitionId, LocalizedText Name, int Version, IReadOnlyList<Finding> Findings)
{
    /// <summary>Reads a host's answer; IB7143 when it is something else.</summary>
    public static Result<HostScenario> Read(JsonElement json, Uri host)
    {
        try
        {
            return json.Deserialize(HostJson.Default.HostScenario) is { } scenario ? scenario : CliFailures.NotAHost(host, 200);
        }
        catch (JsonException)
        {
            return CliFailures.NotAHost(host, 200);
        }
    }
}
