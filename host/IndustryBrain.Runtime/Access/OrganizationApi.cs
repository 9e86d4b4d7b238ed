using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Access;

/// <summary><c>/organization</c>: one's own; <c>/organizations</c>: those of the platform, for its administrators.</summary>
internal static class OrganizationApi
{
    private const int MostBytes = 16_384;

    /// <summary>Body of a new organization.</summary>
    /// <param name="Id">Lower-case letters, digits and hyphens.</param>
    /// <param name="Name">Name for people.</param>
    /// <param name="Kind">enterprise, vendor, operator or government.</param>
    /// <param name="Owner">The user name that alone can accept the invitation of the first owner; left out for whoever has the code.</param>
    internal sealed record New(string? Id, string? Name, string? Kind, string? Owner = null);

    /// <summary>Body of another name.</summary>
    /// <param name="Name">The name.</param>
    internal sealed record NewName(string? Name);

    /// <summary>Body of a transfer.</summary>
    /// <param name="To">Id of the member who becomes owner.</param>
    internal sealed record Transfer(string? To);

    /// <summary>Body of a suspension.</summary>
    /// <param name="Reason">Why.</param>
    internal sealed record Suspension(string? Reason);

    public static void Map(RouteGroupBuilder api)
    {
        var own = api.MapGroup("/organization").WithTags("Organizations");
        own.MapGet("/", (HttpContext http, OrganizationStore store, CancellationToken ct) => AnswerAsync(store.GetAsync(http.GetCaller().Organization, ct)))
            .WithName("GetOrganization")
            .WithSummary("Shows the organization.")
            .RequirePermission(Permission.UsePages);
        own.MapPut("/name", RenameAsync)
            .WithName("RenameOrganization")
            .WithSummary("Gives the organization another name; its id stays.")
            .Accepts<NewName>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequirePermission(Permission.ManageOrganization);
        own.MapPost("/transfer", TransferAsync)
            .WithName("TransferOrganization")
            .WithSummary("Makes another member owner in place of the person who asks, who stays as builder.")
            .Accepts<Transfer>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequirePermission(Permission.ManageOrganization);
        own.MapPost("/keep", (HttpContext http, OrganizationStore store, CancellationToken ct) => AnswerAsync(store.KeepAsync(http.GetCaller(), ct)))
            .WithName("KeepOrganization")
            .WithSummary("Takes the deletion of the organization back, as long as its cooling-off lasts.")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequirePermission(Permission.ManageOrganization);
        own.MapDelete("/", (HttpContext http, OrganizationDeletion deletion, CancellationToken ct) => AnswerAsync(deletion.RequestAsync(http.GetCaller(), ct)))
            .WithName("DeleteOrganization")
            .WithSummary("Lets the organization be deleted when its cooling-off is over; where it has two owners, a second one has to approve it (IB4090).")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequirePermission(Permission.ManageOrganization);

        var all = api.MapGroup("/organizations").WithTags("Organizations");
        all.MapGet("/", async (OrganizationStore store, CancellationToken ct) => TypedResults.Ok(await store.ListAsync(ct)))
            .WithName("ListOrganizations")
            .WithSummary("Lists the organizations of the platform; deleted ones are among them, since their ids are never given again.")
            .RequirePermission(Permission.AdministerOrganizations);
        all.MapPost("/", CreateAsync)
            .WithName("CreateOrganization")
            .WithSummary("Makes an organization, and an invitation for its first owner whose code is answered this once.")
            .Accepts<New>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequirePermission(Permission.AdministerOrganizations);
        all.MapPost("/{id}/suspend", SuspendAsync)
            .WithName("SuspendOrganization")
            .WithSummary("Stops an organization: nobody gets in and nothing starts until it is resumed.")
            .Accepts<Suspension>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequirePermission(Permission.AdministerOrganizations);
        all.MapPost("/{id}/resume", (string id, HttpContext http, OrganizationStore store, CancellationToken ct) => AnswerAsync(store.ResumeAsync(http.GetCaller(), id, ct)))
            .WithName("ResumeOrganization")
            .WithSummary("Lets a suspended organization be used again.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequirePermission(Permission.AdministerOrganizations);
    }

    private static async Task<Results<Ok<Organization>, FailureProblem>> RenameAsync(HttpContext http, OrganizationStore store, CancellationToken ct) =>
        (await RequestBody.ReadAsync<NewName>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure)
            ? await AnswerAsync(store.RenameAsync(http.GetCaller(), request.Name, ct))
            : failure.ToProblem();

    private static async Task<Results<Ok<MemberView>, FailureProblem>> TransferAsync(HttpContext http, MembershipStore store, CancellationToken ct) =>
        (await RequestBody.ReadAsync<Transfer>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure)
        && (await store.TransferAsync(http.GetCaller(), request.To ?? "", ct)).TryGet(out var owner, out failure)
            ? TypedResults.Ok(owner)
            : failure.ToProblem();

    private static async Task<Results<Created<NewOrganization>, FailureProblem>> CreateAsync(HttpContext http, OrganizationStore store, CancellationToken ct)
    {
        if (!(await RequestBody.ReadAsync<New>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure))
            return failure.ToProblem();

        // What is no kind is none of those that can be made.
        var kind = Enum.GetValues<OrganizationKind>().FirstOrDefault(k => k.ToString().Equals(request.Kind ?? nameof(OrganizationKind.Enterprise), StringComparison.OrdinalIgnoreCase), OrganizationKind.Platform);
        return (await store.CreateAsync(http.GetCaller(), request.Id, request.Name, kind, request.Owner, ct)).TryGet(out var made, out failure)
            ? TypedResults.Created("/api/v1/organizations", made)
            : failure.ToProblem();
    }

    private static async Task<Results<Ok<Organization>, FailureProblem>> SuspendAsync(string id, HttpContext http, OrganizationStore store, CancellationToken ct) =>
        (await RequestBody.ReadAsync<Suspension>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure)
            ? await AnswerAsync(store.SuspendAsync(http.GetCaller(), id, request.Reason, ct))
            : failure.ToProblem();

    private static async Task<Results<Ok<Organization>, FailureProblem>> AnswerAsync(Task<Result<Organization>> asked) =>
        (await asked).TryGet(out var organization, out var failure) ? TypedResults.Ok(organization) : failure.ToProblem();
}
