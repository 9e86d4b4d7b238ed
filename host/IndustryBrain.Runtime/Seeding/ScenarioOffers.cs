using System.Security.Cryptography;
using System.Text.Json;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Seeding;

/// <summary>A scenario that came with the program.</summary>
/// <param name="DefinitionId">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Summary">What it is for, when it says so.</param>
public sealed record ScenarioOffer(string DefinitionId, LocalizedText Name, LocalizedText? Summary);

/// <summary>The scenarios that come with the program, each a folder with its definition and sample files: offered to organizations, which take what they want.</summary>
public sealed partial class ScenarioOffers(ScenarioLibrary library, FileStore files, IOrganizationSessions sessions, IOptions<SeedOptions> options, ILogger<ScenarioOffers> logger)
{
    // Each round at least one of the nodes that start at once gets further: import, then publish.
    private const int Rounds = 10;

    /// <summary>Those that the organization has not: a scenario it took and made its own, or retracted, is not offered again.</summary>
    public async Task<IReadOnlyList<ScenarioOffer>> ListAsync(string organization, CancellationToken cancellationToken)
    {
        var all = await ReadAsync(cancellationToken);
        await using var session = sessions.Query(organization);
        var ids = all.Select(o => o.Definition.DefinitionId).ToArray();
        var taken = (await session.LoadManyAsync<ScenarioRecord>(cancellationToken, ids)).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        return [.. all.Where(o => !taken.Contains(o.Definition.DefinitionId)).Select(o => new ScenarioOffer(o.Definition.DefinitionId, o.Definition.Profile.Name, o.Definition.Profile.Summary))];
    }

    /// <summary>Imports and publishes one into the caller's organization, with its sample files; nothing to do where it is as it came.</summary>
    /// <returns>Null, IB3001 when no such scenario came with the program, or why it cannot be imported or published.</returns>
    public async Task<Failure?> TakeAsync(Caller caller, string definitionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return (await ReadAsync(cancellationToken)).FirstOrDefault(o => o.Definition.DefinitionId == definitionId) is { Definition: not null } offer
            ? await TakeAsync(caller, offer, cancellationToken)
            : RuntimeFailures.ScenarioUnknown(definitionId);
    }

    /// <summary>Takes all of them; what cannot be taken is in the log.</summary>
    internal async Task TakeAllAsync(Caller caller, CancellationToken ct)
    {
        foreach (var offer in await ReadAsync(ct))
        {
            if (await TakeAsync(caller, offer, ct) is { } failure) LogRefused(logger, offer.Definition.DefinitionId, failure.Code, failure.Message.En);
        }
    }

    private async Task<List<(string Folder, byte[] Document, ScenarioDefinition Definition)>> ReadAsync(CancellationToken ct)
    {
        var offers = new List<(string, byte[], ScenarioDefinition)>();
        if (!Directory.Exists(options.Value.Scenarios)) return offers;
        foreach (var folder in Directory.EnumerateDirectories(options.Value.Scenarios).Order(StringComparer.Ordinal))
        {
            var path = Path.Combine(folder, "definition.json");
            if (!File.Exists(path)) continue;
            var document = await File.ReadAllBytesAsync(path, ct);
            if (ScenarioDefinition.Read(document).Definition is { } definition) offers.Add((folder, document, definition));
            else LogRefused(logger, folder, "IB3003", "not a workflow definition");
        }

        return offers;
    }

    private async Task<Failure?> TakeAsync(Caller caller, (string Folder, byte[] Document, ScenarioDefinition Definition) offer, CancellationToken ct)
    {
        var id = offer.Definition.DefinitionId;
        foreach (var sample in offer.Definition.Profile.Samples)
            await StoreFilesAsync(caller, offer.Folder, id, sample.Input, ct);
        for (var round = 1; await FindAsync(caller.Organization, id, offer.Document, ct) is not Standing.Published and var standing; round++)
        {
            var imported = standing == Standing.Draft ? null : await library.ImportAsync(caller, offer.Document, ct);
            var published = imported is { Failure: not null } ? imported : await library.PublishAsync(caller, id, ct);
            if (published.TryGet(out var scenario, out var failure))
            {
                LogPublished(logger, scenario.DefinitionId, scenario.Version);
                return null;
            }

            // Another node that starts on this database was faster: look again what is left to do.
            if (failure.Code != RuntimeFailures.ChangedMeanwhile("").Code || round >= Rounds)
                return failure;
        }

        return null;
    }

    private enum Standing
    {
        Absent,
        Draft,
        Published,
    }

    /// <summary>Published when somebody has this document already, or has made a version of their own of it since.</summary>
    private async Task<Standing> FindAsync(string organization, string definitionId, byte[] document, CancellationToken ct)
    {
        await using var session = sessions.Query(organization);
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

    private async Task StoreFilesAsync(Caller caller, string folder, string definitionId, JsonElement input, CancellationToken ct)
    {
        if (input.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in input.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Object && member.Value.TryGetProperty("path", out var path) && path.ValueKind == JsonValueKind.String)
                await StoreFileAsync(caller, folder, definitionId, path.GetString()!, ct);
            else
                await StoreFilesAsync(caller, folder, definitionId, member.Value, ct);
        }
    }

    private async Task StoreFileAsync(Caller caller, string folder, string definitionId, string path, CancellationToken ct)
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
        await using var session = sessions.Open(caller.Organization);
        if (await session.LoadAsync<SampleFile>(SampleFile.IdOf(definitionId, path), ct) is { } known && known.Sha256 == sha256)
            return;
        using var stream = new MemoryStream(content, writable: false);
        if (!(await files.StoreAsync(caller, Path.GetFileName(full), stream, ct)).TryGet(out var stored, out var failure))
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
