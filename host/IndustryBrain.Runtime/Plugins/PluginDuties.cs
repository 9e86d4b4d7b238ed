using System.Text.Json;
using IndustryBrain.Identity.Approvals;
using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Sdk.Packaging;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Plugins;

/// <summary>What two people decide about a plugin: granting what reaches into the enterprise, and letting its code out of the jail.</summary>
internal static class PluginDuties
{
    public const string Grant = "plugin.grant";
    public const string Trust = "plugin.trust";

    // Hosts that are not public, and the files of runs.
    private static readonly string[] Dangerous = [CapabilityNames.PrivateHttp, CapabilityNames.Files];

    /// <summary>True when a consent would give a dangerous capability that has not been granted so far.</summary>
    public static bool Loosens(IReadOnlyList<Grant> granted, PluginVersion version, IReadOnlyList<Grant>? chosen) =>
        PermissionChange.Of(version.Permissions, granted).Added.Any(added => Dangerous.Contains(added.Capability) && (chosen is null || chosen.Any(g => g.Capability == added.Capability)));

    public static ApprovalSubject Subject(PluginInstallation record, PluginVersion version) => new(
        $"{record.PluginId}@{version.Version}",
        string.Join('\n', record.PluginId, version.Version, version.Sha256, version.Tier, JsonSerializer.Serialize(version.Permissions), JsonSerializer.Serialize(version.Grants), JsonSerializer.Serialize(record.Active?.Grants)));
}

/// <summary>A consent that was proposed.</summary>
/// <param name="Id">Package id.</param>
/// <param name="Version">Version.</param>
/// <param name="Grants">What is granted; null for all that the version declares.</param>
/// <param name="MovesScenarios">As for installing.</param>
internal sealed record GrantProposal(string Id, string Version, IReadOnlyList<Grant>? Grants, bool MovesScenarios);

internal sealed class GrantApproval(PluginRegistry registry) : IApprovable
{
    public string Action => PluginDuties.Grant;

    public string Permission => Identity.Permission.GrantPlugins;

    public Task<Result<ApprovalSubject>> DescribeAsync(Caller caller, JsonElement parameters, CancellationToken cancellationToken)
    {
        var asked = Read(parameters);
        return registry.DescribeAsync(asked.Id, asked.Version, cancellationToken);
    }

    public async Task<Failure?> ExecuteAsync(Caller caller, JsonElement parameters, CancellationToken cancellationToken)
    {
        var asked = Read(parameters);
        return (await registry.GrantAsync(caller, asked.Id, asked.Version, asked.Grants, asked.MovesScenarios, cancellationToken)).Failure;
    }

    private static GrantProposal Read(JsonElement parameters) => parameters.Deserialize<GrantProposal>()!;
}

internal sealed class TrustApproval(PluginRegistry registry) : IApprovable
{
    public string Action => PluginDuties.Trust;

    public string Permission => Identity.Permission.TrustPlugins;

    public Task<Result<ApprovalSubject>> DescribeAsync(Caller caller, JsonElement parameters, CancellationToken cancellationToken)
    {
        var asked = Read(parameters);
        return registry.DescribeAsync(asked.Id, asked.Version, cancellationToken);
    }

    public async Task<Failure?> ExecuteAsync(Caller caller, JsonElement parameters, CancellationToken cancellationToken)
    {
        var asked = Read(parameters);
        return (await registry.SetTierAsync(caller, asked.Id, asked.Version, isTrusted: true, cancellationToken)).Failure;
    }

    private static GrantProposal Read(JsonElement parameters) => parameters.Deserialize<GrantProposal>()!;
}
