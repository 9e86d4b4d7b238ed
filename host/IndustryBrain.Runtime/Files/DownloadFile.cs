using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Files;

/// <summary><c>GET /files/{id}</c>.</summary>
internal static class DownloadFile
{
    private const string AnyContent = "application/octet-stream";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/files/{id}", HandleAsync)
            .WithName("DownloadFile")
            .WithTags("Files")
            .WithSummary("The content of a file, always as an attachment; its ETag is the SHA-256. Range asks for a part, If-None-Match spares what is known, HEAD asks for size and ETag alone.")
            .Produces<Stream>(StatusCodes.Status200OK, AnyContent)
            .Produces<Stream>(StatusCodes.Status206PartialContent, AnyContent)
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Produces(StatusCodes.Status416RangeNotSatisfiable)
            .RequirePermission(Permission.ReadFiles);
        api.MapMethods("/files/{id}", [HttpMethods.Head], HandleAsync).ExcludeFromDescription().RequirePermission(Permission.ReadFiles);
    }

    private static async Task<Results<FileStreamHttpResult, FailureProblem>> HandleAsync(string id, HttpContext http, FileStore files, CancellationToken ct)
    {
        var caller = http.GetCaller();
        if (!(await files.FindAsync(caller, id, ct)).TryGet(out var file, out var failure))
            return failure.ToProblem();
        if (!(await files.OpenAsync(caller.Organization, id, ct)).TryGet(out var content, out failure))
            return failure.ToProblem();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Stream(content, AnyContent, file.Name, entityTag: new($"\"{file.Sha256}\""), enableRangeProcessing: true);
    }
}
