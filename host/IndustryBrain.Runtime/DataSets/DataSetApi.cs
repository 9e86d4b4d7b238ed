using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Runtime.Quotas;
using IndustryBrain.Sdk.Capabilities;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.DataSets;

/// <summary><c>/data</c>: the data sets of an organization.</summary>
internal static class DataSetApi
{
    private const int MostBytes = 256 * 1024;

    /// <summary>Body of a description.</summary>
    /// <param name="Description">What is in the data set; null leaves it.</param>
    /// <param name="Roles">Roles whose people see it beside those who manage data sets, empty for whoever may see data sets; null leaves them.</param>
    internal sealed record Described(string? Description, IReadOnlyList<string>? Roles);

    /// <summary>Body of a change of columns.</summary>
    /// <param name="Columns">All columns.</param>
    internal sealed record Columned(IReadOnlyList<DataSetColumn>? Columns);

    public static void Map(RouteGroupBuilder api)
    {
        var data = api.MapGroup("/data").WithTags("Data sets");
        data.MapGet("/", async (HttpContext http, OrganizationDataSets store, CancellationToken ct) => TypedResults.Ok(await store.ListAsync(http.GetCaller(), http.GetPermissions(), ct)))
            .WithName("ListDataSets")
            .WithSummary("Lists the data sets of the organization that the caller may see, by name.")
            .RequirePermission(Permission.ReadData);
        data.MapGet("/{name}", GetAsync)
            .WithName("GetDataSet")
            .WithSummary("One data set: columns, versions, and the plugins that were granted it.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequirePermission(Permission.ReadData);
        data.MapGet("/{name}/rows", RowsAsync)
            .WithName("ReadDataSet")
            .WithSummary("A page of rows of the newest version or of ?version=…; ?cursor= is what the page before gave.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .TakesQuery("version", "cursor")
            .RequirePermission(Permission.ReadData);
        data.MapPost("/{name}/versions", UploadAsync)
            .WithName("UploadDataSet")
            .WithSummary("Makes a version of a file, CSV, XLSX or JSON: the raw body with ?file=…; makes the data set when there is none. ?sheet= names a sheet of a workbook, ?infer=true takes the columns from the file anew.")
            .Accepts<IFormFile>("application/octet-stream", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .TakesQuery("file", "sheet", "infer")
            .RequirePermission(Permission.ManageData)
            .DisableAntiforgery();
        data.MapPut("/{name}", DescribeAsync)
            .WithName("DescribeDataSet")
            .WithSummary("Says what is in a data set, and whose roles see it.")
            .Accepts<Described>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .RequirePermission(Permission.ManageData);
        data.MapPut("/{name}/columns", ColumnsAsync)
            .WithName("ChangeDataSetColumns")
            .WithSummary("Changes the types of columns, what is required, and which columns stay: the rows are converted into a new version.")
            .Accepts<Columned>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .RequirePermission(Permission.ManageData);
        data.MapDelete("/{name}", DeleteAsync)
            .WithName("DeleteDataSet")
            .WithSummary("Deletes a data set with all its versions.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequirePermission(Permission.ManageData);
    }

    private static async Task<Results<Ok<DataSetView>, FailureProblem>> GetAsync(string name, HttpContext http, OrganizationDataSets store, CancellationToken ct) =>
        (await store.GetAsync(http.GetCaller(), http.GetPermissions(), name, ct)).TryGet(out var view, out var failure) ? TypedResults.Ok(view) : failure.ToProblem();

    private static async Task<Results<Ok<DataSetRowsView>, FailureProblem>> RowsAsync(string name, string? version, string? cursor, HttpContext http, OrganizationDataSets store, CancellationToken ct)
    {
        int? number = int.TryParse(version, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var read) ? read : null;
        if (!string.IsNullOrEmpty(version) && number is null)
            return DataSetFailures.Unknown(name).ToProblem();
        return (await store.RowsAsync(http.GetCaller(), http.GetPermissions(), name, number, string.IsNullOrEmpty(cursor) ? null : cursor, ct)).TryGet(out var page, out var failure) ? TypedResults.Ok(page) : failure.ToProblem();
    }

    private static async Task<Results<Created<DataSetView>, FailureProblem>> UploadAsync(string name, string? file, string? sheet, string? infer, HttpContext http, OrganizationDataSets store, UsageMeter quotas, CancellationToken ct)
    {
        if (await quotas.RefuseStoreAsync(http.GetCaller().Organization, ct) is { } full)
            return full.ToProblem();
        // The store counts the bytes itself.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        var upload = new DataSetFile(file ?? "", http.Request.Body, string.IsNullOrEmpty(sheet) ? null : sheet, infer == "true");
        return (await store.UploadAsync(http.GetCaller(), name, upload, ct)).TryGet(out var view, out var failure) ? TypedResults.Created($"/api/v1/data/{Uri.EscapeDataString(view.Name)}", view) : failure.ToProblem();
    }

    private static async Task<Results<Ok<DataSetView>, FailureProblem>> DescribeAsync(string name, HttpContext http, OrganizationDataSets store, CancellationToken ct) =>
        (await RequestBody.ReadAsync<Described>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure) && (await store.DescribeAsync(http.GetCaller(), name, request.Description, request.Roles, ct)).TryGet(out var view, out failure)
            ? TypedResults.Ok(view)
            : failure.ToProblem();

    private static async Task<Results<Ok<DataSetView>, FailureProblem>> ColumnsAsync(string name, HttpContext http, OrganizationDataSets store, CancellationToken ct) =>
        (await RequestBody.ReadAsync<Columned>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure) && (await store.ChangeColumnsAsync(http.GetCaller(), name, request.Columns, ct)).TryGet(out var view, out failure)
            ? TypedResults.Ok(view)
            : failure.ToProblem();

    private static async Task<Results<NoContent, FailureProblem>> DeleteAsync(string name, HttpContext http, OrganizationDataSets store, CancellationToken ct) =>
        await store.DeleteAsync(http.GetCaller(), name, ct) is { } failure ? failure.ToProblem() : TypedResults.NoContent();
}
