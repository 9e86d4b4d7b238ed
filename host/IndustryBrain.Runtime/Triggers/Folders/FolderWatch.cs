using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Runtime.Runs.Nodes;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Storage;
using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IndustryBrain.Runtime.Triggers.Folders;

/// <summary>Looks into the folders that triggers of published scenarios name, and takes each complete file once: its claim, its runs and their acceptance are one transaction, on any number of nodes.</summary>
internal sealed partial class FolderWatch(
    TriggerStore store, ScenarioTriggers triggers, IOrganizationSessions sessions, FileStore files, RunExecutor executor, OutageLog outage, IOptions<TriggerOptions> options, TimeProvider time, ILogger<FolderWatch> logger) : BackgroundService
{
    private readonly Dictionary<string, Sighting> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Organization, string Folder), string> _said = [];

    private readonly HashSet<(string Organization, string Path, long Size, DateTime Modified)> _left = [];

    private sealed record Sighting(long Size, DateTime Modified, long Since);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException || DatabaseOutage.Cause(e) is not null)
            {
                outage.Failed(e);
            }

            await Task.Delay(TimeSpan.FromSeconds(options.Value.FolderSeconds), time, stoppingToken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        HashSet<string> there = new(StringComparer.Ordinal);
        foreach (var organization in await store.SaidAsync(TriggerKind.File, ct))
        {
            foreach (var folder in organization.GroupBy(said => said[..said.IndexOf(' ', StringComparison.Ordinal)]))
                await LookAsync(organization.Key, folder.Key, [.. folder], there, ct);
        }

        _left.RemoveWhere(file => !there.Contains(file.Path));
        foreach (var gone in _seen.Keys.Where(path => !there.Contains(path)).ToArray())
            _seen.Remove(gone);
    }

    private async Task LookAsync(string organization, string name, IReadOnlyList<string> said, HashSet<string> there, CancellationToken ct)
    {
        if (!options.Value.Folders.TryGetValue(name, out var folder) || !folder.Serves(organization))
        {
            await SayAsync(organization, name, StartRefusals.NoSource(name).Message.En, ct);
            return;
        }

        try
        {
            foreach (var file in new DirectoryInfo(folder.Path).EnumerateFiles().OrderBy(f => f.LastWriteTimeUtc).ThenBy(f => f.Name, StringComparer.Ordinal).ToArray())
            {
                string[] matching = [.. said.Where(s => FileArrival.Takes(s, name, file.Name))];
                // A link would lead out of the folder; what is empty may be a pipe.
                if (matching.Length == 0 || file.Name.StartsWith('.') || file.LinkTarget is not null || file.Length == 0)
                    continue;
                there.Add(file.FullName);
                if (!_left.Contains((organization, file.FullName, file.Length, file.LastWriteTimeUtc)) && IsComplete(file) && !await TakeAsync(organization, name, folder, file, matching, ct))
                    return;
            }

            await SayAsync(organization, name, null, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !DatabaseOutage.IsDiskFull(e))
        {
            LogFailed(logger, e, name, organization);
            await SayAsync(organization, name, e.Message.ReplaceLineEndings(" "), ct);
        }
    }

    /// <summary>True once a file has not changed for long enough.</summary>
    private bool IsComplete(FileInfo file)
    {
        if (!_seen.TryGetValue(file.FullName, out var seen) || (seen.Size, seen.Modified) != (file.Length, file.LastWriteTimeUtc))
            _seen[file.FullName] = seen = new(file.Length, file.LastWriteTimeUtc, time.GetTimestamp());
        return time.GetElapsedTime(seen.Since) >= TimeSpan.FromSeconds(options.Value.SettleSeconds);
    }

    /// <returns>False when the platform takes no run now.</returns>
    private async Task<bool> TakeAsync(string organization, string name, TriggerFolderOptions folder, FileInfo file, IReadOnlyList<string> said, CancellationToken ct)
    {
        await using var session = sessions.Open(organization);
        await session.BeginTransactionAsync(ct);
        var claim = await ClaimAsync(session, name, file, ct);
        if (claim == Claim.Others)
            return true;
        if (claim == Claim.Ours)
        {
            await using var content = file.OpenRead();
            var stored = await files.StoreAsync(Caller.ForSystem(organization), file.Name, content, ct);
            if (!stored.TryGet(out var kept, out var failure))
            {
                foreach (var trigger in await TriggerStore.OfAsync(session.Connection!, organization, null, TriggerKind.File, said, ct))
                    TriggerStore.Fired(session, trigger, null, null, failure.Code);
                await session.SaveChangesAsync(ct);
                return true;
            }

            var (size, modified) = (file.Length, file.LastWriteTimeUtc);
            file.Refresh();
            // Somebody goes on writing it.
            var isChanging = !file.Exists || (size, modified) != (file.Length, file.LastWriteTimeUtc) || kept.Size != size;
            if (isChanging || !await triggers.ArriveAsync(session, FileArrival.Of(said, name, kept, modified), ct))
            {
                await files.DeleteAsync(Caller.ForSystem(organization), kept, ct);
                return isChanging;
            }

            session.QueueSqlCommand("select 1");
            await session.SaveChangesAsync(ct);
            executor.Wake.Pulse();
        }

        await PutAwayAsync(organization, name, folder, file, ct);
        return true;
    }

    private enum Claim
    {
        Ours,
        Taken,
        Others,
    }

    /// <summary>Claims a file in the session's transaction: it is ours, has been taken, or another node has it in hand.</summary>
    private static async Task<Claim> ClaimAsync(IDocumentSession session, string folder, FileInfo file, CancellationToken ct)
    {
        await using (var own = new NpgsqlCommand("select pg_try_advisory_xact_lock(hashtextextended($1, 3305))", session.Connection) { Parameters = { new() { Value = $"{session.TenantId}\n{folder}\n{file.Name}" } } })
        {
            if (!(bool)(await own.ExecuteScalarAsync(ct))!)
                return Claim.Others;
        }

        await using var claim = new NpgsqlCommand("insert into arrived_file (organization, folder, name, size, modified) values ($1, $2, $3, $4, $5) on conflict do nothing", session.Connection);
        Describe(claim, session.TenantId, folder, file);
        return await claim.ExecuteNonQueryAsync(ct) == 1 ? Claim.Ours : Claim.Taken;
    }

    /// <summary>Does with a taken file as its folder says; when that was interrupted, the next look does it.</summary>
    private async Task PutAwayAsync(string organization, string name, TriggerFolderOptions folder, FileInfo file, CancellationToken ct)
    {
        if (folder.Then == "leave")
        {
            _left.Add((organization, file.FullName, file.Length, file.LastWriteTimeUtc));
            return;
        }

        var path = file.FullName;
        if (folder.Then == "delete")
        {
            File.Delete(path);
        }
        else
        {
            var taken = Directory.CreateDirectory(Path.Combine(folder.Path, folder.MoveTo));
            var to = Path.Combine(taken.FullName, file.Name);
            if (File.Exists(to))
                to = Path.Combine(taken.FullName, $"{time.GetUtcNow():yyyyMMddHHmmssfff}-{file.Name}");
            if (File.Exists(path))
                File.Move(path, to);
        }

        // From here on a file of this name is another one.
        await using var session = sessions.Open(organization);
        session.QueueSqlCommand("delete from arrived_file where organization = ? and folder = ? and name = ? and size = ? and modified = ?", organization, name, file.Name, file.Length, new DateTimeOffset(file.LastWriteTimeUtc));
        await session.SaveChangesAsync(ct);
    }

    private static void Describe(NpgsqlCommand command, string organization, string folder, FileInfo file)
    {
        foreach (var value in new object[] { organization, folder, file.Name, file.Length, file.LastWriteTimeUtc })
            command.Parameters.Add(new() { Value = value });
    }

    private async Task SayAsync(string organization, string name, string? problem, CancellationToken ct)
    {
        if (_said.GetValueOrDefault((organization, name)) == (problem ?? ""))
            return;
        await store.SourceAsync(organization, TriggerKind.File, name, problem is null, problem, time.GetUtcNow(), ct);
        _said[(organization, name)] = problem ?? "";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Folder {Folder} of organization {Organization} cannot be looked into")]
    private static partial void LogFailed(ILogger logger, Exception exception, string folder, string organization);
}
