using System.Text.Json;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Plugins;

/// <summary>What can be done with a plugin that a host has; each answers how it stands then.</summary>
internal sealed class PluginChange(HostConnection host, string id)
{
    private string Path { get; } = "plugins/" + Uri.EscapeDataString(id);

    public Task<Result<JsonElement>> ReadAsync(CancellationToken ct) => host.GetAsync(Path, ct);

    public Task<Result<JsonElement>> ConsentAsync(string version, string scenarios, CancellationToken ct) => host.PostAsync($"{Path}/versions/{Uri.EscapeDataString(version)}/consent?{scenarios}", null, ct);

    public Task<Result<JsonElement>> ActivateAsync(string version, string scenarios, CancellationToken ct) => host.PostAsync($"{Path}/versions/{Uri.EscapeDataString(version)}/activate?{scenarios}", null, ct);

    public Task<Result<JsonElement>> RollBackAsync(string scenarios, CancellationToken ct) => host.PostAsync($"{Path}/rollback?{scenarios}", null, ct);

    public Task<Result<JsonElement>> EnableAsync(bool isEnabled, CancellationToken ct) => host.PostAsync($"{Path}/{(isEnabled ? "enable" : "disable")}", null, ct);

    public Task<Result<JsonElement>> ResetAsync(CancellationToken ct) => host.PostAsync($"{Path}/reset", null, ct);

    /// <param name="version">The version; null for the active one.</param>
    /// <param name="isTrusted">True lets it run in the host's own process.</param>
    /// <param name="ct">Cancels asking.</param>
    public Task<Result<JsonElement>> TrustAsync(string? version, bool isTrusted, CancellationToken ct) =>
        host.PutAsync($"{Path}/trust", new System.Text.Json.Nodes.JsonObject { ["version"] = version, ["isTrusted"] = isTrusted }.ToJsonString(), ct);

    public Task<Result<JsonElement>> RemoveVersionAsync(string version, CancellationToken ct) => host.DeleteAsync($"{Path}/versions/{Uri.EscapeDataString(version)}", ct);

    public Task<Result<JsonElement>> RemoveAsync(bool isForced, CancellationToken ct) => host.DeleteAsync($"{Path}?force={(isForced ? "true" : "false")}", ct);
}
