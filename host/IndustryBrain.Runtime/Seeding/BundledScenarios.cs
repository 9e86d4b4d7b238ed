using System.Security.Cryptography;
using System.Text.Json;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Seeding;

/// <summary>Imports and publishes the scenarios that come with the program, with their sample files, into the demo organization: those it does not have, and those that changed.</summary>
internal sealed partial class BundledScenarios(ScenarioLibrary library, FileStore files, IOrganizationSessions sessions, IOptions<SeedOptions> options, ILogger<BundledScenarios> logger) : IHostedService
{
    // Each round at least one of the nodes that start at once gets further: import, then publish.
    private const int Rounds = 10;

    private static readonly Caller Seeder = Caller.ForSystem(DemoOrganization.Id);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(options.Value.Scenarios))
            return;
        foreach (var folder in Directory.EnumerateDirectories(options.Value.Scenarios).Order(StringComparer.Ordinal))
        {
            var path = Path.Combine(folder, "definition.json");
            if (File.Exists(path))
                await SeedAsync(folder, await File.ReadAllBytesAsync(path, cancellationToken), cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task SeedAsync(string folder, byte[] document, CancellationToken ct)
    {
        if (ScenarioDefinition.Read(document).Definition is not { } definition)
        {
            LogRefused(logger, folder, "IB3003", "not a workflow definition");
            return;
        }

        foreach (var sample in definition.Profile.Samples)
            await StoreFilesAsync(folder, definition.DefinitionId, sample.Input, ct);
        for (var round = 1; await FindAsync(definition.DefinitionId, document, ct) is not Standing.Published and var standing; round++)
        {
            var imported = standing == Standing.Draft ? null : await library.ImportAsync(Seeder, document, ct);
            var published = imported is { Failure: not null } ? imported : await library.PublishAsync(Seeder, definition.DefinitionId, ct);
            if (published.TryGet(out var scenario, out var failure))
            {
                LogPublished(logger, scenario.DefinitionId, scenario.Version);
                return;
            }

            // Another node that starts on this database was faster: look again what is left to do.
            if (failure.Code == RuntimeFailures.ChangedMeanwhile("").Code && round < Rounds)
                continue;
            LogRefused(logger, definition.DefinitionId, failure.Code, failure.Message.En);
            return;
        }
    }

    private enum Standing
    {
        Absent,
        Draft,
        Published,
    }

    /// <summary>Published when somebody has this document already, or has made a version of their own of it since.</summary>
    private async Task<Standing> FindAsync(string definitionId, byte[] document, CancellationToken ct)
    {
        await using var session = sessions.Query(DemoOrganization.Id);
        if (await session.LoadAsync<ScenarioRecord>(definitionId, ct) is not { } record)
            return Standing.Absent;
        for (var version = record.Frozen; version > 0; version--)
        {
            if (await IsAsync(version))
                return Standing.Published;
        }

        return record.HasDraft && await IsAsync(record.Version) ? Standing.Draft : Standing.Absent;

        async Task<bool> IsAsync(int version) =>
            await session.LoadAsync<ScenarioVersion>(ScenarioVersion.IdOf(definitionId, version), ct) is { } stored && stored.Document.AsSpan().SequenceEqual(document);
    }

    private async Task StoreFilesAsync(string folder, string definitionId, JsonElement input, CancellationToken ct)
    {
        if (input.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in input.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Object && member.Value.TryGetProperty("path", out var path) && path.ValueKind == JsonValueKind.String)
                await StoreFileAsync(folder, definitionId, path.GetString()!, ct);
            else
                await StoreFilesAsync(folder, definitionId, member.Value, ct);
        }
    }

    private async Task StoreFileAsync(string folder, string definitionId, string path, CancellationToken ct)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var full = Path.GetFullPath(Path.Combine(folder, path));
        if (!full.StartsWith(root, StringComparison.Ordinal) || !File.Exists(full))
        {
            LogRefused(logger, definitionId, "IB3017", path);
            return;
        }

        var content = await File.ReadAllBytesAsync(full, ct);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        await using var session = sessions.Open(DemoOrganization.Id);
        if (await session.LoadAsync<SampleFile>(SampleFile.IdOf(definitionId, path), ct) is { } known && known.Sha256 == sha256)
            return;
        using var stream = new MemoryStream(content, writable: false);
        if (!(await files.StoreAsync(Seeder, Path.GetFileName(full), stream, ct)).TryGet(out var stored, out var failure))
        {
            LogRefused(logger, definitionId, failure.Code, path);
            return;
        }

        session.Store(new SampleFile { Id = SampleFile.IdOf(definitionId, path), FileId = stored.Id, Name = stored.Name, Sha256 = sha256 });
        await session.SaveChangesAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Bundled scenario {Scenario} is not used: {Code} {Reason}")]
    private static partial void LogRefused(ILogger logger, string scenario, string code, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Bundled scenario {Scenario} published as version {Version}")]
    private static partial void LogPublished(ILogger logger, string scenario, int version);
}
