using IndustryBrain.Sdk;
using IndustryBrain.Storage.Postgres;
using Npgsql;

namespace IndustryBrain.Storage;

/// <summary>Tells a database that is away from one that refuses.</summary>
public static class DatabaseOutage
{
    /// <summary>True when the server cannot be reached, stops, starts, or has no disk, memory or connection left: the same request may succeed later.</summary>
    public static bool IsOutage(Exception? exception) => Cause(exception) is { } cause && (cause is not PostgresException p || p.IsTransient || IsShortage(p));

    /// <summary>True when the server answers, but stops, starts, or has no disk, memory or connection left.</summary>
    public static bool IsShortage(Exception? exception) =>
        Cause(exception) is PostgresException p && (p.SqlState.StartsWith("57", StringComparison.Ordinal) || p.SqlState.StartsWith("53", StringComparison.Ordinal));

    /// <summary>True when a disk is full: that of the database, or the one that the host itself writes to.</summary>
    public static bool IsDiskFull(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is PostgresException { SqlState: PostgresErrorCodes.DiskFull } || (exception is IOException e && DiskSpace.IsFull(e)))
                return true;
        }

        return false;
    }

    /// <summary>What the caller is told of it: a full disk (IB0023), a database that is away (IB0019), or null for everything else.</summary>
    public static Failure? FailureOf(Exception? exception) =>
        IsDiskFull(exception) ? StorageFailures.NoSpaceLeft : IsOutage(exception) ? StorageFailures.DatabaseAway : null;

    /// <summary>What the database said, however the store has wrapped it; null when it was not the database.</summary>
    public static Exception? Cause(Exception? exception)
    {
        while (exception is not (null or NpgsqlException or TimeoutException))
            exception = exception.InnerException;
        return exception;
    }
}
