using System.ComponentModel;
using IndustryBrain.Identity.Auditing;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Mvc;

namespace IndustryBrain.Runtime.Audits;

/// <summary>The query parameters of <c>GET /audit</c> as they came.</summary>
internal sealed class AuditQuery
{
    public static readonly string[] Names = ["from", "to", "action", "actor", "object", "result", "after", "pageSize"];

    private const int MostPerPage = 200;
    private static readonly string[] Results = ["ok", "denied", "failed"];

    [FromQuery(Name = "from"), Description("Only records at or after this moment, such as 2026-01-31 or 2026-01-31T08:30:00Z; UTC unless it says otherwise.")]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description("Only records before this moment.")]
    public string? To { get; init; }

    [FromQuery(Name = "action"), Description("Only this action, or all that begin so: run.start, or run. for all that is done to runs.")]
    public string? Action { get; init; }

    [FromQuery(Name = "actor"), Description("Only what this person or key did, by its id.")]
    public string? Actor { get; init; }

    [FromQuery(Name = "object"), Description("Only what was done to this, by its id.")]
    public string? Object { get; init; }

    [FromQuery(Name = "result"), Description("ok, denied or failed.")]
    public string? Result { get; init; }

    [FromQuery(Name = "after"), Description("Id of the last record of the page before (UUID).")]
    public string? After { get; init; }

    [FromQuery(Name = "pageSize"), Description("Records a page, 1 to 200; 50 when left out.")]
    public string? PageSize { get; init; }

    /// <summary>The filter, or what is wrong with the first parameter that does not fit (IB3009).</summary>
    public Result<AuditFilter> ToFilter()
    {
        var defaults = new AuditFilter();
        Failure?[] checks =
        [
            QueryCheck.Moment("from", From, out var from),
            QueryCheck.Moment("to", To, out var to),
            QueryCheck.Text("action", Action, out var action),
            QueryCheck.Text("actor", Actor, out var actor),
            QueryCheck.Text("object", Object, out var target),
            QueryCheck.OneOf("result", Result, Results),
            QueryCheck.Id("after", After, out var after),
            QueryCheck.Number("pageSize", PageSize, 1, MostPerPage, defaults.PageSize, out var pageSize),
        ];
        if (checks.FirstOrDefault(c => c is not null) is { } failure)
            return failure;
        return new AuditFilter { From = from, To = to, Action = action, Actor = actor, Object = target, Result = string.IsNullOrEmpty(Result) ? null : Result, After = after, PageSize = pageSize };
    }
}
