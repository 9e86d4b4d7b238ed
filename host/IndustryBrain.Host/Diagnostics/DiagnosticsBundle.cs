using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using IndustryBrain.Host.Startup;
using IndustryBrain.Runtime.Diagnostics;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Host.Diagnostics;

/// <summary>What helps to find out what is wrong with an installation, as a zip that may be handed on: no secret, no person, no organization and nothing of what runs work on is in it.</summary>
internal static class DiagnosticsBundle
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Folder of what is kept for it, in the data folder.</summary>
    internal static string FolderIn(string dataFolder) => Path.Combine(dataFolder, "diagnostics");

    /// <summary>The program and the machine under it.</summary>
    internal static object About(TimeProvider time) => new
    {
        Program = HostProgram.Version,
        Runtime = RuntimeInformation.FrameworkDescription,
        System = RuntimeInformation.OSDescription,
        Platform = RuntimeInformation.RuntimeIdentifier,
        Processors = Environment.ProcessorCount,
        MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        ProcessBytes = Environment.WorkingSet,
        StartedAt = System.Diagnostics.Process.GetCurrentProcess().StartTime.ToUniversalTime(),
        At = time.GetUtcNow(),
    };

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="configuration">The options.</param>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="reader">Reads the database; null where it cannot be opened.</param>
    /// <param name="failure">Why it cannot; only its code is told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ct">Gives up.</param>
    internal static async Task WriteAsync(Stream output, IConfiguration configuration, string dataFolder, InstallationReader? reader, Failure? failure, TimeProvider time, CancellationToken ct)
    {
        await using var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        await AddAsync(zip, "about.json", About(time), ct);
        await AddAsync(zip, "options.json", OptionSheet.Read(configuration), ct);
        await AddAsync(zip, "disk.json", Disk(dataFolder), ct);
        InstallationFigures? figures = null;
        var code = failure?.Code;
        try
        {
            figures = reader is null ? null : await reader.ReadAsync(ct);
        }
        catch (Npgsql.NpgsqlException e)
        {
            code = (e as Npgsql.PostgresException)?.SqlState ?? StorageFailures.DatabaseAway.Code;
        }

        await AddAsync(zip, "installation.json", figures is null ? new { Code = code } : figures, ct);
        foreach (var file in new[] { WarningLog.FileIn(FolderIn(dataFolder)) + ".1", WarningLog.FileIn(FolderIn(dataFolder)) }.Where(File.Exists))
        {
            await using var entry = await zip.CreateEntry(Path.GetFileName(file)).OpenAsync(ct);
            await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await content.CopyToAsync(entry, ct);
        }
    }

    private static object? Disk(string folder)
    {
        try
        {
            var drive = new DriveInfo(folder);
            return new { FreeBytes = drive.AvailableFreeSpace, TotalBytes = drive.TotalSize, Format = drive.DriveFormat };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static async Task AddAsync(ZipArchive zip, string name, object? content, CancellationToken ct)
    {
        await using var entry = await zip.CreateEntry(name).OpenAsync(ct);
        await JsonSerializer.SerializeAsync(entry, content, content?.GetType() ?? typeof(object), Readable, ct);
    }
}
