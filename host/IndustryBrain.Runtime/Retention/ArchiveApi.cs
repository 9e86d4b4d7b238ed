using System.ComponentModel;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Runtime.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Retention;

/// <summary><c>GET /archive</c> and <c>GET /archive/{id}</c>.</summary>
internal static class ArchiveApi
{
    private const int MostPerPage = 200;
    private static readonly string[] SubStatuses = [RunStatuses.Finished, RunStatuses.Cancelled, RunStatuses.Terminated, RunStatuses.Faulted];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/archive", ListAsync)
            .WithName("ListArchivedRuns")
            .WithTags("Retention")
            .WithSummary("Archived runs, those accepted last before others; GET /runs/{id} opens one.")
            .TakesQuery("definitionId", "subStatus", "from", "to", "page", "pageSize")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .RequirePermission(Permission.ReadRuns);
        api.MapGet("/archive/{id}", ExportAsync)
            .WithName("ExportArchivedRun")
            .WithTags("Retention")
            .WithSummary("The document that was archived, byte by byte: its SHA-256 is that of the list and of the audit trail.")
            .Produces(StatusCodes.Status200OK, contentType: "application/json")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status410Gone)
            .RequirePermission(Permission.ReadRuns);
    }

    private static async Task<Results<Ok<ArchivePage>, FailureProblem>> ListAsync(
        [FromQuery(Name = "definitionId"), Description("Only runs of this scenario.")] string? definitionId,
        [FromQuery(Name = "subStatus"), Description("Finished, Cancelled, Terminated or Faulted.")] string? subStatus,
        [FromQuery(Name = "from"), Description("Only runs accepted at or after this moment.")] string? from,
        [FromQuery(Name = "to"), Description("Only runs accepted before this moment.")] string? to,
        [FromQuery(Name = "page"), Description("Page, from 1; 1 when left out.")] string? page,
        [FromQuery(Name = "pageSize"), Description("Runs a page, 1 to 200; 25 when left out.")] string? pageSize,
        HttpContext http,
        RunArchives archives,
        CancellationToken ct)
    {
        var defaults = new RunFilter();
        if ((QueryCheck.Text("definitionId", definitionId, out var definition)
            ?? QueryCheck.OneOf("subStatus", subStatus, SubStatuses)
            ?? QueryCheck.Moment("from", from, out _)
            ?? QueryCheck.Moment("to", to, out _)
            ?? QueryCheck.Number("page", page, 1, int.MaxValue, defaults.Page, out _)
            ?? QueryCheck.Number("pageSize", pageSize, 1, MostPerPage, defaults.PageSize, out _)) is { } failure)
            return failure.ToProblem();
        QueryCheck.Moment("from", from, out var since);
        QueryCheck.Moment("to", to, out var before);
        QueryCheck.Number("page", page, 1, int.MaxValue, defaults.Page, out var number);
        QueryCheck.Number("pageSize", pageSize, 1, MostPerPage, defaults.PageSize, out var size);
        return TypedResults.Ok(await archives.ListAsync(http.GetCaller(), new() { DefinitionId = definition, SubStatus = string.IsNullOrEmpty(subStatus) ? null : subStatus, From = since, To = before, Page = number, PageSize = size }, ct));
    }

    private static async Task<Results<FileContentHttpResult, FailureProblem>> ExportAsync(string id, HttpContext http, RunArchives archives, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var runId))
            return RetentionFailures.NotArchived(id).ToProblem();
        return (await archives.ExportAsync(http.GetCaller(), runId, ct)).TryGet(out var document, out var failure)
            ? TypedResults.File(document, "application/json", $"run-{runId}.json")
            : failure.ToProblem();
    }
}
