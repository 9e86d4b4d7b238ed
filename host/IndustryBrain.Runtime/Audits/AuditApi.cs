using System.ComponentModel;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Auditing;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Audits;

/// <summary><c>GET /audit</c>, <c>/audit/export</c> and <c>/audit/verification</c>.</summary>
internal static class AuditApi
{
    private const string Csv = "csv";
    private static readonly string[] Formats = ["jsonl", Csv];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/audit", ListAsync)
            .WithName("ListAudit")
            .WithTags("Audit")
            .WithSummary("Lists the audit trail of the organization, newest first, a page at a time.")
            .TakesQuery(AuditQuery.Names)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .RequirePermission(Permission.ReadAudit);
        api.MapGet("/audit/export", ExportAsync)
            .WithName("ExportAudit")
            .WithTags("Audit")
            .WithSummary("Exports the audit trail: as JSON lines, each record with its number and link in the chain and a signature at the end, or as CSV. The export itself is recorded.")
            .TakesQuery([.. AuditQuery.Names, "format"])
            .Produces(StatusCodes.Status200OK, contentType: "application/jsonl")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .RequirePermission(Permission.ReadAudit);
        api.MapGet("/audit/verification", VerifyAsync)
            .WithName("VerifyAudit")
            .WithTags("Audit")
            .WithSummary("Checks every record of the organization's audit trail against its chain and the signed checkpoints, and names the first place that is wrong.")
            .RequirePermission(Permission.ReadAudit);
    }

    private static async Task<Results<Ok<AuditPage>, FailureProblem>> ListAsync([AsParameters] AuditQuery query, HttpContext http, AuditReader audit, CancellationToken ct) =>
        query.ToFilter().TryGet(out var filter, out var failure) ? TypedResults.Ok(new AuditPage(await audit.ReadAsync(http.GetCaller().Organization, filter, ct))) : failure.ToProblem();

    private static async Task<Ok<AuditVerification>> VerifyAsync(HttpContext http, AuditVerifier verifier, AuditTrail trail, CancellationToken ct)
    {
        var caller = http.GetCaller();
        var found = await verifier.VerifyAsync(caller.Organization, ct);
        await trail.AppendAsync(caller, "audit.verify", "audit", caller.Organization, found.IsIntact ? AuditResult.Ok : AuditResult.Failed, null, ct);
        return TypedResults.Ok(found);
    }

    private static async Task<Results<PushStreamHttpResult, FailureProblem>> ExportAsync(
        [AsParameters] AuditQuery query, [FromQuery(Name = "format"), Description("jsonl, the default, or csv.")] string? format, HttpContext http, AuditReader audit, AuditExport export, AuditTrail trail, CancellationToken ct)
    {
        if (!query.ToFilter().TryGet(out var filter, out var failure) || (failure = QueryCheck.OneOf("format", format, Formats)) is not null)
            return failure.ToProblem();
        var caller = http.GetCaller();
        await trail.AppendAsync(caller, "audit.export", "audit", caller.Organization, AuditResult.Ok, null, ct);
        var entries = audit.ReadAllAsync(caller.Organization, filter, ct);
        return format == Csv
            ? TypedResults.Stream(body => AuditExport.WriteCsvAsync(body, entries, ct), "text/csv; charset=utf-8", "audit.csv")
            : TypedResults.Stream(body => export.WriteJsonLinesAsync(body, caller.Organization, entries, ct), "application/jsonl", "audit.jsonl");
    }
}

/// <summary>One page of the audit trail.</summary>
/// <param name="Items">Its records, newest first; the next page begins after the id of the last.</param>
internal sealed record AuditPage(IReadOnlyList<AuditEntry> Items);
