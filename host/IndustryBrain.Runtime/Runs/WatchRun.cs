using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Runs;

/// <summary><c>GET /runs/{id}/events</c>: each server-sent event is the whole run as it stands, so that a reader that missed some has lost nothing.</summary>
internal static class WatchRun
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/runs/{id}/events", HandleAsync)
        .WithName("WatchRun")
        .WithTags("Runs")
        .WithSummary("Server-sent events: the run as it stands after each change, until it ended. 204 when Last-Event-ID is already the end.")
        .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .RequirePermission(Permission.ReadRuns);

    private static async Task<Results<ServerSentEventsResult<RunView>, NoContent, FailureProblem>> HandleAsync(string id, HttpContext http, RunCoordinator runs, CancellationToken ct)
    {
        var caller = http.GetCaller();
        if (!Guid.TryParse(id, out var runId))
            return RuntimeFailures.RunUnknown(id).ToProblem();
        if (!(await runs.GetAsync(caller, runId, ct)).TryGet(out var run, out var failure))
            return failure.ToProblem();
        var last = http.Request.Headers["Last-Event-ID"].ToString();
        if (run.HasEnded && last == EventId(run))
            return TypedResults.NoContent();
        return TypedResults.ServerSentEvents(EventsAsync(runs, caller, runId, last, ct));
    }

    private static async IAsyncEnumerable<SseItem<RunView>> EventsAsync(RunCoordinator runs, Caller caller, Guid id, string last, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var run in runs.WatchAsync(caller, id, ct))
        {
            if (EventId(run) != last)
                yield return new(run, run.HasEnded ? "ended" : "run") { EventId = EventId(run) };
        }
    }

    // The end has an id of its own: how often a run changed on its way differs between the node that executed it and the others.
    private static string EventId(RunView run) => run.HasEnded ? "end" : run.Revision.ToString(CultureInfo.InvariantCulture);
}
