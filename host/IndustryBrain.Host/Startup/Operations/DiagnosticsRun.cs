using IndustryBrain.Host.Diagnostics;
using IndustryBrain.Runtime.Diagnostics;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Host.Startup.Operations;

/// <summary>Writes the diagnostics bundle into a file, whether or not a host runs, and also where its database cannot be opened.</summary>
internal static class DiagnosticsRun
{
    internal static async Task<Failure?> WriteAsync(WebApplicationBuilder builder, IReadOnlyList<string> addresses, string file, CancellationToken ct)
    {
        FileStream output;
        try
        {
            output = new FileStream(file, FileMode.CreateNew, FileAccess.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return HostFailures.BundleUnwritable(Path.GetFullPath(file), e.Message);
        }

        await using (output)
        {
            await WriteAsync(builder, addresses, output, ct);
        }

        await Console.Out.WriteLineAsync(new LocalizedText($"诊断包：{file}", $"Diagnostics bundle: {file}").ToString());
        return null;
    }

    private static async Task WriteAsync(WebApplicationBuilder builder, IReadOnlyList<string> addresses, Stream output, CancellationToken ct)
    {
        var folder = DiagnosticsSetup.DataFolder(builder.Configuration);
        if (!(await Database.OpenBesideAsync(builder.Configuration, ct)).TryGet(out var database, out var failure))
        {
            await DiagnosticsBundle.WriteAsync(output, builder.Configuration, folder, null, failure, TimeProvider.System, ct);
            return;
        }

        await using (database)
        {
            builder.AddIndustryBrain(addresses, database);
            await using var app = builder.Build();
            await DiagnosticsBundle.WriteAsync(output, builder.Configuration, folder, app.Services.GetRequiredService<InstallationReader>(), null, TimeProvider.System, ct);
        }
    }
}
