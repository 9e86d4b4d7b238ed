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
    public Task TellAsync(RunTelling telling) => WriteAsync(new Waiting(null, telling, _time.GetTimestamp()));

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writers;
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

    /// <returns>The connection as long as it is sound.</returns>
    private async Task<NpgsqlConnection?> WriteAsync(NpgsqlConnection? connection, IReadOnlyList<Waiting> group)
    {
        try
        {
            connection ??= await _database.DataSource.OpenConnectionAsync(CancellationToken.None);
            var won = await RunStatements.WriteAsync(connection, Writes(group), Tellings(group), CancellationToken.None);
            foreach (var waiting in group)
                waiting.Written.TrySetResult(waiting.Write is not { } write || won.Contains(write.Record.Id));
            return connection;
        }
        catch (PostgresException e) when (connection is { State: System.Data.ConnectionState.Open } && !DatabaseOutage.IsShortage(e))
        {
            if (group.Count > 1)
                return await WriteEachAsync(connection, group, e);
            group[0].Written.TrySetException(e);
            return connection;
        }
#pragma warning disable CA1031 // Whoever waits is told: the edge where the failure belongs is theirs.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await AnswerAsync(connection, group, e);
            return null;
        }
    }

    /// <summary>One of them was refused, or two transactions stood in each other's way: each on its own, so that only the guilty one fails.</summary>
    private async Task<NpgsqlConnection?> WriteEachAsync(NpgsqlConnection connection, IReadOnlyList<Waiting> group, PostgresException refused)
    {
        LogApart(_logger, group.Count, refused.SqlState);
        NpgsqlConnection? current = connection;
        foreach (var waiting in group)
            current = await WriteAsync(current, [waiting]);
        return current;
    }

    /// <summary>The connection was lost: the commits may hold all the same.</summary>
    private async Task AnswerAsync(NpgsqlConnection? connection, IReadOnlyList<Waiting> group, Exception lost)
    {
        HashSet<Guid> found = [];
        if (connection is not null)
        {
            await connection.DisposeAsync();
            try
            {
                await using var another = await _database.DataSource.OpenConnectionAsync(CancellationToken.None);
                found = await RunStatements.FindAsync(another, Writes(group), CancellationToken.None);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                // Away: whoever waits is told so, and what is on record is found when the database is back.
            }
        }

        foreach (var waiting in group)
        {
            if (waiting.Write is { } write && found.Contains(write.Record.Id))
                waiting.Written.TrySetResult(true);
            else
                waiting.Written.TrySetException(lost);
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

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} commits are written one by one, the database refused them together: {SqlState}")]
    private static partial void LogApart(ILogger logger, int count, string sqlState);

    /// <summary>A commit, or what a run is told, and whoever waits for it.</summary>
    private sealed record Waiting(RunWrite? Write, RunTelling? Telling, long Since)
    {
        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
