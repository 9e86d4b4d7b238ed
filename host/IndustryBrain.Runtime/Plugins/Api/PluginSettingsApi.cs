using System.Text.Json;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Runtime.Plugins.Settings;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Plugins.Api;

/// <summary><c>/plugins/{id}/settings</c>: what the caller's organization has set.</summary>
internal static class PluginSettingsApi
{
    private const int MostBody = 64 << 10;

    /// <summary>Body of a change.</summary>
    /// <param name="Values">The settings, all of them.</param>
    /// <param name="Revision">The revision that they were made from; null changes whatever is there.</param>
    internal sealed record Change(JsonElement? Values, int? Revision);

    public static void Map(RouteGroupBuilder plugins)
    {
        plugins.MapGet("/{id}/settings", GetAsync)
            .WithName("GetPluginSettings")
            .WithSummary("Shows the settings of a plugin: their schema, and what the organization has set.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequirePermission(Permission.ReadPlugins);
        plugins.MapPut("/{id}/settings", PutAsync)
            .WithName("SetPluginSettings")
            .WithSummary("Sets the settings of a plugin, all of them: {\"values\":{…},\"revision\":n}. The next call has them.")
            .Accepts<Change>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .RequirePermission(Permission.ConfigurePlugins);
        plugins.MapDelete("/{id}/settings", (string id, HttpContext http, PluginSettings settings, CancellationToken ct) => AnswerAsync(settings.SetAsync(http.GetCaller(), id, null, null, ct)))
            .WithName("ResetPluginSettings")
            .WithSummary("Forgets the settings of a plugin: it has its own defaults again.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequirePermission(Permission.ConfigurePlugins);
    }

    private static Task<Results<Ok<PluginSettingsView>, FailureProblem>> GetAsync(string id, HttpContext http, PluginSettings settings, CancellationToken ct) => AnswerAsync(settings.GetAsync(http.GetCaller(), id, ct));

    private static async Task<Results<Ok<PluginSettingsView>, FailureProblem>> PutAsync(string id, HttpContext http, PluginSettings settings, CancellationToken ct) =>
        !(await RequestBody.ReadAsync<Change>(http.Request, MostBody, ct)).TryGet(out var change, out var failure) ? failure.ToProblem()
        : change.Values is not { } values ? Refusals.Missing("values").ToProblem()
        : await AnswerAsync(settings.SetAsync(http.GetCaller(), id, values, change.Revision, ct));

    private static async Task<Results<Ok<PluginSettingsView>, FailureProblem>> AnswerAsync(Task<Result<PluginSettingsView>> asked) =>
        (await asked).TryGet(out var settings, out var failure) ? TypedResults.Ok(settings) : failure.ToProblem();
}
