using System.Text.Json;
using System.Text.Json.Serialization;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Plugins.Api;

/// <summary><c>/plugins</c>: what is installed, and its life.</summary>
internal static class PluginApi
{
    private const string Move = "move";
    private const string Keep = "keep";
    private const string Declared = "declared";
    private const int MostBody = 64 << 10;

    /// <summary>Body of a consent.</summary>
    /// <param name="Grants">What is granted; null for all that the version declares.</param>
    internal sealed record Consent(IReadOnlyList<Grant>? Grants);

    /// <summary>Body of a decision on trust.</summary>
    /// <param name="Version">The version; null for the active one.</param>
    /// <param name="IsTrusted">True lets it run in the host's own process.</param>
    internal sealed record Trust(string? Version, [property: JsonRequired] bool IsTrusted);

    public static void Map(RouteGroupBuilder api)
    {
        var plugins = api.MapGroup("/plugins").WithTags("Plugins");
        plugins.MapGet("/", ListAsync)
            .WithName("ListPlugins")
            .WithSummary("Lists the plugins of this platform with their versions, permissions and state.")
            .RequirePermission(Permission.ReadPlugins);
        plugins.MapGet("/{id}", GetAsync)
            .WithName("GetPlugin")
            .WithSummary("Shows one plugin.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequirePermission(Permission.ReadPlugins);
        plugins.MapPost("/", InstallAsync)
            .WithName("InstallPlugin")
            .WithSummary("Installs or updates: the package (.nupkg) as raw body. ?consent=declared grants what it declares; ?scenarios=keep leaves published scenarios with the version they hold on to.")
            .Accepts<IFormFile>("application/octet-stream", RequestBody.AnyType)
            .Produces<PluginView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .TakesQuery("consent", "scenarios")
            .DisableAntiforgery()
            .RequirePermission(Permission.InstallPlugins);
        plugins.MapPost("/{id}/versions/{version}/consent", ConsentAsync)
            .WithName("ConsentToPlugin")
            .WithSummary("Grants a version what it declares, or with {\"grants\":[…]} less; it becomes active when it is newer than the active one.")
            .Accepts<Consent>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .TakesQuery("scenarios")
            .RequirePermission(Permission.GrantPlugins);
        plugins.MapPost("/{id}/versions/{version}/activate", (string id, string version, string? scenarios, HttpContext http, PluginRegistry registry, CancellationToken ct) =>
                ChangeAsync(scenarios, moves => registry.ActivateAsync(http.GetCaller(), id, version, moves, ct)))
            .WithName("ActivatePlugin")
            .WithSummary("Lets new runs and calls take a version; runs under way keep theirs to the end.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .TakesQuery("scenarios")
            .RequirePermission(Permission.InstallPlugins);
        plugins.MapPost("/{id}/rollback", (string id, string? scenarios, HttpContext http, PluginRegistry registry, CancellationToken ct) =>
                ChangeAsync(scenarios, moves => registry.RollBackAsync(http.GetCaller(), id, moves, ct)))
            .WithName("RollBackPlugin")
            .WithSummary("Lets new runs and calls take the version that was active before.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .TakesQuery("scenarios")
            .RequirePermission(Permission.InstallPlugins);
        plugins.MapPost("/{id}/disable", (string id, HttpContext http, PluginRegistry registry, CancellationToken ct) => AnswerAsync(registry.EnableAsync(http.GetCaller(), id, isEnabled: false, ct)))
            .WithName("DisablePlugin")
            .WithSummary("Takes no new runs and calls; runs under way go on.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequirePermission(Permission.InstallPlugins);
        plugins.MapPost("/{id}/enable", (string id, HttpContext http, PluginRegistry registry, CancellationToken ct) => AnswerAsync(registry.EnableAsync(http.GetCaller(), id, isEnabled: true, ct)))
            .WithName("EnablePlugin")
            .WithSummary("Takes new runs and calls again.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequirePermission(Permission.InstallPlugins);
        plugins.MapPost("/{id}/reset", (string id, HttpContext http, PluginRegistry registry, CancellationToken ct) => AnswerAsync(registry.ResetAsync(http.GetCaller(), id, ct)))
            .WithName("ResetPlugin")
            .WithSummary("Lets a plugin start again that was stopped for crashing again and again.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequirePermission(Permission.InstallPlugins);
        plugins.MapPut("/{id}/trust", TrustAsync)
            .WithName("TrustPlugin")
            .WithSummary("Lets a version run in the host's own process ({\"isTrusted\":true}), or in its jail again.")
            .Accepts<Trust>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequirePermission(Permission.TrustPlugins);
        plugins.MapDelete("/{id}/versions/{version}", (string id, string version, HttpContext http, PluginRegistry registry, CancellationToken ct) => AnswerAsync(registry.RemoveVersionAsync(http.GetCaller(), id, version, ct)))
            .WithName("RemovePluginVersion")
            .WithSummary("Removes a version that is not active and that no run and no published scenario holds on to.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequirePermission(Permission.InstallPlugins);
        plugins.MapPut("/{id}/limits", LimitAsync)
            .WithName("LimitPlugin")
            .WithSummary("Sets the limits of a plugin, all of them; what is left out stays as the options of the host say.")
            .Accepts<JsonElement>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .RequirePermission(Permission.InstallPlugins);
        plugins.MapDelete("/{id}", RemoveAsync)
            .WithName("RemovePlugin")
            .WithSummary("Removes a plugin: no new runs and calls; it is gone when the last run that uses it has ended. ?force=true also when published scenarios use it.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .TakesQuery("force")
            .RequirePermission(Permission.InstallPlugins);
        PluginSettingsApi.Map(plugins);
    }

    private static async Task<Ok<IReadOnlyList<PluginView>>> ListAsync(HttpContext http, PluginRegistry registry, CancellationToken ct) => TypedResults.Ok(await registry.ListAsync(http.GetCaller(), ct));

    private static Task<Results<Ok<PluginView>, FailureProblem>> GetAsync(string id, HttpContext http, PluginRegistry registry, CancellationToken ct) => AnswerAsync(registry.GetAsync(http.GetCaller(), id, ct));

    private static async Task<Results<Ok<PluginView>, FailureProblem>> InstallAsync(string? consent, string? scenarios, HttpContext http, PluginRegistry registry, ICallerAccessor callers, CancellationToken ct)
    {
        if (QueryCheck.OneOf("consent", consent, [Declared]) is { } unclear)
            return unclear.ToProblem();
        if (consent == Declared && !await callers.HasAsync(Permission.GrantPlugins, ct))
            return IdentityFailures.NoPermission(Permission.GrantPlugins).ToProblem();

        // The registry counts the bytes; Kestrel's own limit, made for small bodies, steps aside.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        return await ChangeAsync(scenarios, moves => registry.InstallAsync(http.GetCaller(), http.Request.Body, consent == Declared, moves, ct));
    }

    private static async Task<Results<Ok<PluginView>, FailureProblem>> ConsentAsync(string id, string version, string? scenarios, HttpContext http, PluginRegistry registry, CancellationToken ct) =>
        (await RequestBody.ReadAsync<Consent>(http.Request, MostBody, ct)).TryGet(out var body, out var failure)
            ? await ChangeAsync(scenarios, moves => registry.ConsentAsync(http.GetCaller(), id, version, body.Grants, moves, ct))
            : failure.ToProblem();

    private static async Task<Results<Ok<PluginView>, FailureProblem>> TrustAsync(string id, HttpContext http, PluginRegistry registry, CancellationToken ct)
    {
        var caller = http.GetCaller();
        if (!(await RequestBody.ReadAsync<Trust>(http.Request, MostBody, ct)).TryGet(out var body, out var failure)
            || !(await registry.GetAsync(caller, id, ct)).TryGet(out var plugin, out failure))
            return failure.ToProblem();
        return await AnswerAsync(registry.TrustAsync(caller, id, body.Version ?? plugin.ActiveVersion ?? "", body.IsTrusted, ct));
    }

    private static async Task<Results<Ok<PluginView>, FailureProblem>> LimitAsync(string id, HttpContext http, PluginRegistry registry, CancellationToken ct) =>
        (await RequestBody.ReadAsync<JsonElement>(http.Request, MostBody, ct)).TryGet(out var limits, out var failure)
            ? await AnswerAsync(registry.LimitAsync(http.GetCaller(), id, limits, ct))
            : failure.ToProblem();

    private static async Task<Results<Ok<PluginView>, FailureProblem>> RemoveAsync(string id, string? force, HttpContext http, PluginRegistry registry, CancellationToken ct) =>
        QueryCheck.OneOf("force", force, ["true", "false"]) is { } unclear ? unclear.ToProblem() : await AnswerAsync(registry.RemoveAsync(http.GetCaller(), id, force == "true", ct));

    private static async Task<Results<Ok<PluginView>, FailureProblem>> ChangeAsync(string? scenarios, Func<bool, Task<Result<PluginView>>> change) =>
        QueryCheck.OneOf("scenarios", scenarios, [Move, Keep]) is { } unclear ? unclear.ToProblem() : await AnswerAsync(change(scenarios != Keep));

    private static async Task<Results<Ok<PluginView>, FailureProblem>> AnswerAsync(Task<Result<PluginView>> asked) =>
        (await asked).TryGet(out var plugin, out var failure) ? TypedResults.Ok(plugin) : failure.ToProblem();
}
