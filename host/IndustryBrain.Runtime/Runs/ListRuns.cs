using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Scenarios.Inputs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Runs;

/// <summary><c>GET /runs</c>.</summary>
internal static class ListRuns
{
    private static readonly string[] Statuses = [RunStatuses.Running, RunStatuses.Finished];
    private static readonly string[] SubStatuses = [RunStatuses.Pending, RunStatuses.Executing, RunStatuses.Suspended, RunStatuses.Finished, RunStatuses.Cancelled, RunStatuses.Faulted];

    public static void Map(RouteGroupBuilder api) => api.MapGet("/runs", HandleAsync)
        .WithName("ListRuns")
        .WithTags("Runs")
        .WithSummary("Lists runs, newest first; filtered by definitionId, parentRunId, status, subStatus, from, to, text (in number, name or scenario name); page from 1, pageSize up to 200.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .RequirePermission(Permission.ReadRuns);

    private static async Task<Results<Ok<RunPage>, FailureProblem>> HandleAsync(
        string? definitionId, string? parentRunId, string? status, string? subStatus, string? from, string? to, string? text, string? page, string? pageSize, HttpContext http, RunCoordinator runs, CancellationToken ct)
    {
        if (definitionId?.Contains('\0', StringComparison.Ordinal) is true)
            return Bad("definitionId");
        if (!Storable.Fits(text))
            return Bad("text");
        Guid? parent = null;
        if (!string.IsNullOrEmpty(parentRunId))
        {
            if (!Guid.TryParse(parentRunId, out var parsed))
                return Bad("parentRunId");
            parent = parsed;
        }

        if (!Known(status, Statuses))
            return Bad("status");
        if (!Known(subStatus, SubStatuses))
            return Bad("subStatus");
        if (!Moment(from, out var fromMoment))
            return Bad("from");
        if (!Moment(to, out var toMoment))
            return Bad("to");
        if (!Number(page, 1, int.MaxValue, 1, out var pageNumber))
            return Bad("page");
        if (!Number(pageSize, 1, 200, 25, out var size))
            return Bad("pageSize");
        var filter = new RunFilter { DefinitionId = definitionId, ParentRunId = parent, Status = status, SubStatus = subStatus, From = fromMoment, To = toMoment, Text = text, Page = pageNumber, PageSize = size };
        return TypedResults.Ok(await runs.ListAsync(http.GetCaller(), filter, ct));
    }

    private static bool Known(string? value, string[] known) => value is null || known.Contains(value, StringComparer.Ordinal);

    private static bool Moment(string? text, out DateTimeOffset? moment)
    {
        moment = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var parsed))
            return false;
        moment = parsed.ToUniversalTime();
        return true;
    }

    private static bool Number(string? text, int least, int most, int otherwise, out int number)
    {
        number = otherwise;
        return string.IsNullOrEmpty(text)
            || int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number) && number >= least && number <= most;
    }

    private static FailureProblem Bad(string where) =>
        RuntimeFailures.BadRequest(where, new($"查询参数 {where} 的值无效。", $"The query parameter {where} has no valid value.")).ToProblem();
}
