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
    public static void Map(RouteGroupBuilder api) => api.MapGet("/files/{id}", HandleAsync)
        .WithName("DownloadFile")
        .WithTags("Files")
        .WithSummary("The content of a file, always as an attachment.")
        .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .RequirePermission(Permission.ReadFiles);

    private static async Task<Results<FileStreamHttpResult, FailureProblem>> HandleAsync(string id, HttpContext http, FileStore files, CancellationToken ct)
    {
        var caller = http.GetCaller();
        if (!(await files.FindAsync(caller, id, ct)).TryGet(out var file, out var failure))
            return failure.ToProblem();
        if (!(await files.OpenAsync(caller.Organization, id, ct)).TryGet(out var content, out failure))
            return failure.ToProblem();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.ContentLength = file.Size;
        return TypedResults.Stream(content, "application/octet-stream", file.Name);
    }
}
