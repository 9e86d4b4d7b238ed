using System.Globalization;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Diagnostics;
using IndustryBrain.Storage;

namespace IndustryBrain.Host.Diagnostics;

/// <summary><c>GET /api/v1/diagnostics</c>, and the log that it has the last warnings of.</summary>
internal static class DiagnosticsSetup
{
    /// <summary>Keeps warnings from now on; a program that only does something for an operator keeps none.</summary>
    internal static void AddWarningLog(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<ILoggerProvider>(_ => new WarningLog(DiagnosticsBundle.FolderIn(DataFolder(builder.Configuration)), TimeProvider.System));

    internal static string DataFolder(IConfiguration configuration) => new StorageOptions { Folder = configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.Folder)}"] }.FolderOrDefault();

    internal static void MapDiagnostics(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/diagnostics", WriteAsync)
            .WithName("GetDiagnostics")
            .WithTags("Administration")
            .WithSummary("A zip with what helps to find out what is wrong: versions, options without texts, nodes, queues, plugins, the last warnings without their values. No secrets, no personal data. The request is recorded.")
            .Produces(StatusCodes.Status200OK, contentType: "application/zip")
            .RequirePermission(Permission.ReadDiagnostics);

    private static async Task<IResult> WriteAsync(HttpContext http, IConfiguration configuration, InstallationReader reader, AuditTrail trail, TimeProvider time, CancellationToken ct)
    {
        using var zip = new MemoryStream();
        await DiagnosticsBundle.WriteAsync(zip, configuration, DataFolder(configuration), reader, null, time, ct);
        await trail.AppendAsync(http.GetCaller(), "diagnostics.read", "diagnostics", "bundle", AuditResult.Ok, null, ct);
        return Results.File(zip.ToArray(), "application/zip", string.Create(CultureInfo.InvariantCulture, $"industrybrain-diagnostics-{time.GetUtcNow():yyyyMMdd'T'HHmmss}.zip"));
    }
}
