using System.Threading.Channels;
using IndustryBrain.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IndustryBrain.Runtime.Runs.Recording;

/// <summary>
/// Writes the commits of many runs together: what waits while one transaction is under way goes with the next. A commit is answered when its transaction has committed, and never before;
/// one that the database refuses does not take the others with it.
/// </summary>
internal sealed partial class CommitGroups : IAsyncDisposable
{
    private const int MostBytes = 8 * 1024 * 1024;

    private readonly Database _database;
    private readonly RunOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<CommitGroups> _logger;
    private readonly Channel<Waiting> _waiting;
    private readonly Task _writers;

    public CommitGroups(Database database, IOptions<RunOptions> options, TimeProvider time, ILogger<CommitGroups> logger)
    {
        (_database, _options, _time, _logger) = (database, options.Value, time, logger);
        _waiting = Channel.CreateBounded<Waiting>(_options.MaxWaitingCommits);
        var writers = new Task[_options.CommitWriters];
        for (var i = 0; i < writers.Length; i++)
            writers[i] = Task.Run(WriteAsync);
        _writers = Task.WhenAll(writers);
    }

    /// <summary>True when the database does not keep up: what would begin now should be refused, so that what has begun can end.</summary>
    public bool IsBehind => _waiting.Reader.TryPeek(out var first)
        && (_time.GetElapsedTime(first.Since).TotalMilliseconds > _options.MaxCommitDelayMilliseconds || _waiting.Reader.Count >= _options.MaxWaitingCommits);

    /// <summary>Writes a commit. It cannot be called off: whoever gave up would not know whether it holds.</summary>
    /// <returns>False when another node has recorded in between; then nothing of it was written.</returns>
    public Task<bool> WriteAsync(RunWrite write) => WriteAsync(new Waiting(write, null, _time.GetTimestamp()));

    /// <summary>Tells a run something.</summary>
    /// <returns>The run when it waited and is the asking node's now.</returns>
    public async Task<ClaimedRun?> TellAsync(RunTelling telling)
    {
        var waiting = new Waiting(null, telling, _time.GetTimestamp());
        await WriteAsync(waiting);
        return waiting.Claimed;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        // A database that hangs does not keep the host from ending.
        await _writers.WaitAsync(TimeSpan.FromSeconds(_options.StopSeconds), _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<bool> WriteAsync(Waiting waiting)
    {
        if (!_waiting.Writer.TryWrite(waiting))
            await _waiting.Writer.WriteAsync(waiting);
        return await waiting.Written.Task;
    }

    private async Task WriteAsync()
    {
        List<Waiting> group = [];
        NpgsqlConnection? connection = null;
        while (await _waiting.Reader.WaitToReadAsync())
        {
            for (var bytes = 0; group.Count < _options.MaxCommitsTogether && bytes < MostBytes && _waiting.Reader.TryRead(out var next);)
            {
                group.Add(next);
                bytes += next.Write?.Bytes ?? next.Telling!.Body.Length;
            }

            if (group.Count > 0)
                connection = await WriteAsync(connection, group);
            group.Clear();
        }

        if (connection is not null)
            await connection.DisposeAsync();
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = await _database.DataSource.OpenConnectionAsync(CancellationToken.None);
        try
        {
            // The server plans a prepared statement once, and a table that is small then is cheapest read whole: it would be for long after it has grown.
            await using var set = new NpgsqlCommand("set enable_seqscan = off", connection);
            await set.ExecuteNonQueryAsync(CancellationToken.None);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <returns>The connection as long as it is sound.</returns>
    private async Task<NpgsqlConnection?> WriteAsync(NpgsqlConnection? connection, IReadOnlyList<Waiting> group)
    {
        try
        {
            connection ??= await OpenAsync();
            var written = await RunStatements.WriteAsync(connection, Writes(group), Tellings(group), CancellationToken.None);
            Share(written.Claimed, group);
            foreach (var waiting in group)
                waiting.Written.TrySetResult(waiting.Write is not { } write || written.Won.Contains(write.Record.Id));
            return connection;
        }
        catch (PostgresException e) when (connection is { State: System.Data.ConnectionState.Open } && !DatabaseOutage.IsShortage(e))
        {
            if (group.Count > 1)
                return await WriteEachAsync(connection, group, e.SqlState);
            group[0].Written.TrySetException(e);
            return connection;
        }
#pragma warning disable CA1031 // Whoever waits is told: the edge where the failure belongs is theirs.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return await AnswerAsync(connection, group, e);
        }
    }

    /// <summary>One of them was refused, or two transactions stood in each other's way: each on its own, so that only the guilty one fails.</summary>
    private async Task<NpgsqlConnection?> WriteEachAsync(NpgsqlConnection? connection, IReadOnlyList<Waiting> group, string refused)
    {
        LogApart(_logger, group.Count, refused);
        foreach (var waiting in group)
            connection = await WriteAsync(connection, [waiting]);
        return connection;
    }

    /// <summary>The connection was lost: the commits may hold all the same.</summary>
    private async Task<NpgsqlConnection?> AnswerAsync(NpgsqlConnection? connection, IReadOnlyList<Waiting> group, Exception lost)
    {
        HashSet<Guid> found = [];
        try
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
                await using var another = await _database.DataSource.OpenConnectionAsync(CancellationToken.None);
                found = await RunStatements.FindAsync(another, Writes(group), CancellationToken.None);
            }
        }
#pragma warning disable CA1031 // Away: whoever waits is told why, and what is on record is found when the database is back.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        List<Waiting> open = [];
        foreach (var waiting in group)
        {
            if (waiting.Write is { } write && found.Contains(write.Record.Id))
                waiting.Written.TrySetResult(true);
            else
                open.Add(waiting);
        }

        // Not the database's doing: one of them could not even be sent.
        if (group.Count > 1 && DatabaseOutage.Cause(lost) is null)
            return await WriteEachAsync(null, open, lost.GetType().Name);
        foreach (var waiting in open)
            waiting.Written.TrySetException(lost);
        return null;
    }

    /// <summary>Each claimed run goes to one of those who told it something.</summary>
    private static void Share(IReadOnlyList<ClaimedRun> claimed, IReadOnlyList<Waiting> group)
    {
        foreach (var run in claimed)
        {
            foreach (var waiting in group)
            {
                if (waiting.Telling is not { Node: not null } telling || telling.RunId != run.RunId || telling.Organization != run.Organization)
                    continue;
                waiting.Claimed = run;
                break;
            }
        }
    }

    private static List<RunWrite> Writes(IReadOnlyList<Waiting> group)
    {
        var writes = new List<RunWrite>(group.Count);
        foreach (var waiting in group)
        {
            if (waiting.Write is { } write)
                writes.Add(write);
        }

        return writes;
    }

    private static List<RunTelling> Tellings(IReadOnlyList<Waiting> group)
    {
        List<RunTelling> tellings = [];
        foreach (var waiting in group)
        {
            if (waiting.Telling is { } telling)
                tellings.Add(telling);
        }

        return tellings;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} commits are written one by one, together they were refused: {Reason}")]
    private static partial void LogApart(ILogger logger, int count, string reason);

    /// <summary>A commit, or what a run is told, and whoever waits for it.</summary>
    private sealed record Waiting(RunWrite? Write, RunTelling? Telling, long Since)
    {
        /// <summary>Set before <see cref="Written"/>.</summary>
        public ClaimedRun? Claimed { get; set; }

        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
