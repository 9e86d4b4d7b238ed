using System.ComponentModel;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Mvc;

namespace IndustryBrain.Runtime.Runs;

/// <summary>The query parameters of <c>GET /runs</c> as they came.</summary>
internal sealed class RunQuery
{
    public static readonly string[] Names = ["definitionId", "environment", "parentRunId", "status", "subStatus", "from", "to", "text", "broken", "code", "step", "failedFrom", "failedTo", "page", "pageSize"];

    private const int MostPerPage = 200;
    private static readonly string[] Environments = [.. ScenarioEnvironments.All];
    private static readonly string[] Choices = ["true", "false"];
    private static readonly string[] Statuses = [RunStatuses.Running, RunStatuses.Finished];
    private static readonly string[] SubStatuses = [RunStatuses.Pending, RunStatuses.Executing, RunStatuses.Suspended, RunStatuses.Paused, RunStatuses.Finished, RunStatuses.Cancelled, RunStatuses.Terminated, RunStatuses.Faulted];

    [FromQuery(Name = "definitionId"), Description("Only runs of this scenario.")]
    public string? DefinitionId { get; init; }

    [FromQuery(Name = "environment"), Description("Only runs of this environment: test or production.")]
    public string? Environment { get; init; }

    [FromQuery(Name = "parentRunId"), Description("Only runs that this run started (UUID).")]
    public string? ParentRunId { get; init; }

    [FromQuery(Name = "status"), Description("Running or Finished.")]
    public string? Status { get; init; }

    [FromQuery(Name = "subStatus"), Description("Pending, Executing, Suspended, Paused, Finished, Cancelled, Terminated or Faulted.")]
    public string? SubStatus { get; init; }

    [FromQuery(Name = "from"), Description("Only runs accepted at or after this moment, such as 2026-01-31 or 2026-01-31T08:30:00Z; UTC unless it says otherwise.")]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description("Only runs accepted before this moment.")]
    public string? To { get; init; }

    [FromQuery(Name = "text"), Description("Only runs whose number, own name or scenario's name, in either language, has this text in it, whatever the case; up to 200 characters.")]
    public string? Text { get; init; }

    [FromQuery(Name = "broken"), Description("true for only runs that are broken: those that faulted, and those that go on with something that did. Those that broke last come first.")]
    public string? Broken { get; init; }

    [FromQuery(Name = "code"), Description("Only broken runs whose first incident has this code.")]
    public string? Code { get; init; }

    [FromQuery(Name = "step"), Description("Only broken runs whose first incident is in this activity, by its id or its node.")]
    public string? Step { get; init; }

    [FromQuery(Name = "failedFrom"), Description("Only runs that broke at or after this moment.")]
    public string? FailedFrom { get; init; }

    [FromQuery(Name = "failedTo"), Description("Only runs that broke before this moment.")]
    public string? FailedTo { get; init; }

    [FromQuery(Name = "page"), Description("Page, from 1; 1 when left out.")]
    public string? Page { get; init; }

    [FromQuery(Name = "pageSize"), Description("Runs a page, 1 to 200; 25 when left out.")]
    public string? PageSize { get; init; }

    /// <summary>The filter, or what is wrong with the first parameter that does not fit (IB3009).</summary>
    public Result<RunFilter> ToFilter()
    {
        var defaults = new RunFilter();
        Failure?[] checks =
        [
            QueryCheck.Text("definitionId", DefinitionId, out var definitionId),
            QueryCheck.OneOf("environment", Environment, Environments),
            QueryCheck.Id("parentRunId", ParentRunId, out var parent),
            QueryCheck.OneOf("status", Status, Statuses),
            QueryCheck.OneOf("subStatus", SubStatus, SubStatuses),
            QueryCheck.Moment("from", From, out var from),
            QueryCheck.Moment("to", To, out var to),
            QueryCheck.Text("text", Text, out var text),
            QueryCheck.OneOf("broken", Broken, Choices),
            QueryCheck.Text("code", Code, out var code),
            QueryCheck.Text("step", Step, out var step),
            QueryCheck.Moment("failedFrom", FailedFrom, out var failedFrom),
            QueryCheck.Moment("failedTo", FailedTo, out var failedTo),
            QueryCheck.Number("page", Page, 1, int.MaxValue, defaults.Page, out var page),
            QueryCheck.Number("pageSize", PageSize, 1, MostPerPage, defaults.PageSize, out var pageSize),
        ];
        if (checks.FirstOrDefault(c => c is not null) is { } failure)
            return failure;
        return new RunFilter
        {
            DefinitionId = definitionId,
            Environment = NullIfEmpty(Environment),
            ParentRunId = parent,
            Status = NullIfEmpty(Status),
            SubStatus = NullIfEmpty(SubStatus),
            From = from,
            To = to,
            Text = text,
            IsBroken = Broken == "true",
            Code = code,
            Step = step,
            FailedFrom = failedFrom,
            FailedTo = failedTo,
            Page = page,
            PageSize = pageSize,
        };
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
