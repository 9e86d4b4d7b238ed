using System.Text.Json;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Quotas;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Runtime.Triggers;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Http;

/// <summary>Serves the endpoints of scenarios: a request starts a run, or goes to the run that waits for it, and is answered by it.</summary>
internal sealed class RequestServer(HttpRoutes routes, WaitingEndpoints waiting, RunCoordinator runs, ScenarioTriggers triggers, RepeatedStarts repeated, RepeatedRequests given, UsageMeter quotas, DefinitionCache definitions, FileStore files, IAuthorizationPolicyProvider policies, IOptions<HttpOptions> options, TimeProvider time)
{
    // Before the path of a route; no file or folder is called so by habit.
    private const string TestPath = "~test/";
    private const string InstanceHeader = "X-Workflow-Instance-ID";
    private const string CorrelationHeader = "X-Correlation-ID";
    private const string RetryAfterSeconds = "5";
    private const int LongestCorrelation = 200;

    private static readonly Actor Stranger = new(ActorKind.System, "http", "HTTP");

    public async Task<IResult> ServeAsync(HttpContext http, string path, CancellationToken ct)
    {
        if (path.Contains('\0', StringComparison.Ordinal) || await routes.LocateAsync(path, ct) is not var (organization, local))
            return HttpFailures.NoEndpoint(path).ToProblem();
        var method = http.Request.Method.ToUpperInvariant();
        var system = new Caller(organization, Stranger, http.Connection.RemoteIpAddress?.ToString() ?? "unknown");
        var scope = new RunScope(organization, ScenarioEnvironments.Production);
        if (local.StartsWith(TestPath, StringComparison.Ordinal))
            (scope, local) = (scope with { Environment = ScenarioEnvironments.Test }, local[TestPath.Length..]);
        var matched = await routes.MatchAsync(scope, local, ct);
        if (matched.FirstOrDefault(m => m.Start.Endpoint.Methods.Contains(method, StringComparer.Ordinal)) is { } start)
            return await StartAsync(http, system, start, local, ct);

        Guid? key = null;
        if (http.Request.Headers.TryGetValue(RepeatedStarts.Header, out var said))
        {
            if (RepeatedStarts.Refuse(said.ToString()) is { } badKey)
                return badKey.ToProblem();
            key = RepeatedRequests.IdOf(scope.Key, method, HttpWaits.Normal(local), http.Request.Headers[InstanceHeader].ToString(), CorrelationOf(http.Request) ?? "", WhoAsks(http), said.ToString());
            if (await given.FindAsync(organization, key.Value, ct) is { } before && await RepeatAsync(http, system, key.Value, before, ct) is { } answer)
                return answer;
        }

        Guid? runId = null;
        if (http.Request.Headers.TryGetValue(InstanceHeader, out var instance))
            runId = Guid.TryParse(instance, out var parsed) ? parsed : Guid.Empty;
        var look = await waiting.FindAsync(system, scope, method, local, runId, CorrelationOf(http.Request), ct);
        if (look.Found.Count > 1)
            return HttpFailures.Ambiguous(path).ToProblem();
        if (look.Found is [var found])
            return await ResumeAsync(http, system, found, local, key, ct);
        string[] methods = [.. matched.SelectMany(m => m.Start.Endpoint.Methods).Concat(look.OtherMethods).Distinct().Order(StringComparer.Ordinal)];
        if (methods.Length == 0)
            return HttpFailures.NoEndpoint(path).ToProblem();
        http.Response.Headers.Allow = string.Join(", ", methods);
        return HttpFailures.WrongMethod(method, path, methods).ToProblem();
    }

    private async Task<IResult> StartAsync(HttpContext http, Caller system, MatchedRoute matched, string path, CancellationToken ct)
    {
        var (definitionId, environment, endpoint) = (matched.Start.DefinitionId, matched.Start.Environment, matched.Start.Endpoint);
        if (await AdmitAsync(http, system, endpoint) is not { } caller)
            return Results.Empty;
        Guid? id = null;
        if (http.Request.Headers.TryGetValue(RepeatedStarts.Header, out var key))
        {
            if (RepeatedStarts.Refuse(key.ToString()) is { } badKey)
                return badKey.ToProblem();
            var (first, isThere) = await repeated.FindAsync(caller.Organization, $"{(environment == ScenarioEnvironments.Production ? "" : $"{environment}\n")}{definitionId}\n{endpoint.Id}\n{caller.Actor.Kind}/{caller.Actor.Id}\n{key}", ct);
            if (isThere)
                return await AnswerAsync(http, caller, first, null, endpoint, ct);
            id = first;
        }

        // Before its files are kept.
        if (await quotas.RefuseAsync(caller.Organization, ct) is { } exceeded)
            return Refuse(http, exceeded, quotas.RetryAfter(exceeded));
        if (!(await new RequestReading(http.Request, endpoint, caller, files, options.Value).ReadAsync(path, matched.Values, ct)).TryGet(out var request, out var failure))
            return Refuse(http, failure);
        if (endpoint.Limits is { } limits)
        {
            var triggered = await triggers.StartAsync(caller, definitionId, environment, new RunTrigger(endpoint.Id, request), limits, CorrelationOf(http.Request), id, ct);
            return triggered.Refused is { } refused ? Refuse(http, refused, triggered.RetryAfter) : await AnswerAsync(http, caller, triggered.RunId!.Value, null, endpoint, ct);
        }

        if (!(await runs.StartAsync(caller, definitionId, environment, new RunTrigger(endpoint.Id, request), CorrelationOf(http.Request), id, ct)).TryGet(out var run, out failure))
            return Refuse(http, failure);
        return await AnswerAsync(http, caller, run.Id, null, endpoint, ct);
    }

    private async Task<IResult> ResumeAsync(HttpContext http, Caller system, WaitingEndpoint found, string path, Guid? key, CancellationToken ct)
    {
        if (await AdmitAsync(http, system, found.Endpoint) is not { } caller)
            return Results.Empty;
        if (!(await new RequestReading(http.Request, found.Endpoint, caller, files, options.Value).ReadAsync(path, found.Values, ct)).TryGet(out var request, out var failure))
            return Refuse(http, failure);
        // The same one at the same time may have been given to what the run waited for before.
        if (key is { } id && await given.ClaimAsync(caller.Organization, id, new(found.RunId, found.StepId), ct) is var to && to != new GivenRequest(found.RunId, found.StepId))
            return await RepeatAsync(http, system, id, to, ct) ?? HttpFailures.TakenByAnother().ToProblem();
        var came = new RequestCame(key ?? Guid.CreateVersion7(time.GetUtcNow()), found.StepId, request);
        await runs.GiveRequestAsync(caller, found.RunId, came);
        return await AnswerAsync(http, caller, found.RunId, came, found.Endpoint, ct);
    }

    /// <summary>The answer to a request that went to a run before; null while the run has not taken note of it, and it may have got lost on its way.</summary>
    private async Task<IResult?> RepeatAsync(HttpContext http, Caller system, Guid key, GivenRequest before, CancellationToken ct)
    {
        if (!(await runs.GetAsync(system, before.RunId, ct)).TryGet(out var run, out _) || run.Steps.FirstOrDefault(s => s.Id == before.StepId) is not { } step || (step.WaitsFor is not null && !run.HasEnded))
            return null;
        if (await definitions.GetAsync(system.Organization, run.DefinitionId, run.Version, ct) is not { } definition || HttpEndpointNode.Of(definition).FirstOrDefault(e => e.NodeId == step.NodeId) is not { } endpoint)
            return null;
        return await AdmitAsync(http, system, endpoint) is { } caller ? await AnswerAsync(http, caller, before.RunId, new RequestCame(key, before.StepId, default), endpoint, ct) : Results.Empty;
    }

    private static string WhoAsks(HttpContext http) => http.User.Identity?.IsAuthenticated == true && http.GetCaller().Actor is var actor ? $"{actor.Kind}/{actor.Id}" : "";

    /// <summary>Who asks; null when an endpoint that is not open to everybody refused them, and they were told.</summary>
    private async Task<Caller?> AdmitAsync(HttpContext http, Caller system, HttpEndpointNode endpoint)
    {
        if (!endpoint.Authorize && endpoint.Policy is null)
            return system;
        foreach (var permission in new[] { Permission.StartRuns, endpoint.Policy }.OfType<string>().Distinct())
        {
            var policy = (await policies.GetPolicyAsync(permission))!;
            var evaluator = (IPolicyEvaluator)http.RequestServices.GetService(typeof(IPolicyEvaluator))!;
            var known = http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult ?? AuthenticateResult.NoResult();
            var judged = await evaluator.AuthorizeAsync(policy, known, http, null);
            if (judged.Succeeded)
                continue;
            var refusals = (IAuthorizationMiddlewareResultHandler)http.RequestServices.GetService(typeof(IAuthorizationMiddlewareResultHandler))!;
            await refusals.HandleAsync(static _ => Task.CompletedTask, http, policy, judged);
            return null;
        }

        if (http.GetCaller() is var caller && caller.Organization == system.Organization)
            return caller;
        // What another organization serves is nobody else's to know.
        await HttpFailures.NoEndpoint(http.Request.Path).ToProblem().ExecuteAsync(http);
        return null;
    }

    private async Task<IResult> AnswerAsync(HttpContext http, Caller caller, Guid id, RequestCame? came, HttpEndpointNode endpoint, CancellationToken ct)
    {
        var endpointStepId = came?.StepId;
        var most = TimeSpan.FromSeconds(options.Value.WaitSeconds);
        if (!(await runs.WaitForAnswerAsync(caller, id, endpointStepId, endpoint.RequestTimeout is { } own && own < most ? own : most, ct)).TryGet(out var run, out var failure))
            return Refuse(http, failure);
        http.Response.Headers[InstanceHeader] = id.ToString();
        if (came is not null && !run.TakenRequests.Contains(came.RequestId) && !run.Steps.Any(s => s.Id == came.StepId && s.WaitsFor is not null))
            return HttpFailures.TakenByAnother().ToProblem();
        if (run.AnswerTo(endpointStepId) is { } answer)
            return new RunAnswer(caller, await WholeAsync(caller, answer, ct), files);
        if (run.HasEnded && run.SubStatus != RunStatuses.Finished)
            return HttpFailures.Faulted().ToProblem().With("runId", id);
        http.Response.Headers.Location = $"/api/v1/runs/{id}";
        return run.HasEnded || run.IsWaiting ? Results.Ok() : Results.Json(new { runId = id }, statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>With what is too large for an event put back.</summary>
    private async Task<AnswerGiven> WholeAsync(Caller caller, AnswerGiven answer, CancellationToken ct)
    {
        List<JsonElement> whole = [];
        foreach (var file in answer.Files)
            whole.Add(await runs.WholeAsync(caller, file, ct));
        return answer with { Content = answer.Content is { } content ? await runs.WholeAsync(caller, content, ct) : null, Files = whole };
    }

    private static FailureProblem Refuse(HttpContext http, Failure failure, TimeSpan retryAfter = default)
    {
        if (failure.IsTransient)
            http.Response.Headers.RetryAfter = retryAfter > TimeSpan.Zero ? Math.Ceiling(retryAfter.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture) : RetryAfterSeconds;
        return failure.ToProblem();
    }

    private static string? CorrelationOf(HttpRequest request) =>
        (request.Headers.TryGetValue(CorrelationHeader, out var header) ? header.ToString() : request.Query["correlationId"].ToString()) is { Length: > 0 and <= LongestCorrelation } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null;
}
