using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Plugins;

/// <summary>What can be done with a plugin that a host has; each answers how it stands then.</summary>
internal sealed class PluginChange(HostConnection host, string id)
{
    private const string InUse = "IB3036";
    private const string Unknown = "IB3030";
    private const string DeletedOnRestart = "deletedOnRestart";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

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
        host.PutAsync($"{Path}/trust", new JsonObject { ["version"] = version, ["isTrusted"] = isTrusted }.ToJsonString(), ct);

    public Task<Result<JsonElement>> RemoveVersionAsync(string version, CancellationToken ct) => host.DeleteAsync($"{Path}/versions/{Uri.EscapeDataString(version)}", ct);

    public async Task<Result<JsonElement>> RemoveAsync(bool isForced, CancellationToken ct)
    {
        var answer = await host.DeleteAsync($"{Path}?force={(isForced ? "true" : "false")}", ct);

        // The host speaks of its API's parameter.
        return answer.Failure is { Code: InUse } refused
            ? refused with { Action = new($"请先停用这些应用场景，或仍要卸载：brain plugins remove {id} --force；它们将不能再启动新的运行。", $"Change these scenarios first, or remove it all the same with brain plugins remove {id} --force: they will start no new runs.") }
            : answer;
    }

    /// <summary>Waits until a plugin that was removed is gone; IB7235 when it was not in time.</summary>
    /// <param name="removed">How it stands.</param>
    /// <param name="atMost">How long to wait.</param>
    /// <param name="ct">Cancels waiting.</param>
    public async Task<Result<JsonElement>> UntilGoneAsync(JsonElement removed, TimeSpan atMost, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(atMost, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        using var look = new PeriodicTimer(Look);
        try
        {
            do
            {
                if (!(await ReadAsync(either.Token)).TryGet(out var there, out var failure))
                {
                    return failure.Code == Unknown ? Gone(removed) : failure;
                }

                if (there.GetProperty("state").ValueEquals(DeletedOnRestart))
                {
                    return there;
                }
            }
            while (await look.WaitForNextTickAsync(either.Token));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
        }

        return CliFailures.NotGone(id, atMost);
    }

    private static JsonElement Gone(JsonElement removed)
    {
        var gone = JsonObject.Create(removed)!;
        gone["state"] = "removed";
        return JsonSerializer.SerializeToElement(gone);
    }
}
