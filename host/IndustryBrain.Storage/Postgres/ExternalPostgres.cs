using System.Net.Sockets;
using IndustryBrain.Sdk;
using Npgsql;

namespace IndustryBrain.Storage.Postgres;

/// <summary>What can be wrong with a PostgreSQL that somebody else runs, each with its own code.</summary>
internal static class ExternalPostgres
{
    internal const int OldestMajorVersion = 15;

    internal static string Describe(NpgsqlConnectionStringBuilder connection) => $"{connection.Host}:{connection.Port}/{connection.Database}";

    /// <summary>The failure of opening a connection; null for an exception that means something else.</summary>
    internal static Failure? FailureOf(Exception exception, NpgsqlConnectionStringBuilder connection) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } e =>
            StorageFailures.ExternalRefusesLogin(Describe(connection), connection.Username ?? "", e.MessageText),
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => StorageFailures.ExternalDatabaseMissing(Describe(connection), connection.Database ?? connection.Username ?? ""),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } e => StorageFailures.NotEnoughRights(e.MessageText),
        PostgresException e => StorageFailures.ExternalUnreachable(Describe(connection), e.MessageText),
        // The outer message only says that it failed.
        NpgsqlException { InnerException: { } inner } => StorageFailures.ExternalUnreachable(Describe(connection), inner.Message),
        NpgsqlException or SocketException or TimeoutException => StorageFailures.ExternalUnreachable(Describe(connection), exception.Message),
        ArgumentException => StorageFailures.ConnectionStringInvalid(exception.Message),
        _ => null,
    };

    /// <summary>IB0010 for a version that is too old.</summary>
    internal static Failure? CheckVersion(Version version, string server) => version.Major < OldestMajorVersion ? StorageFailures.ExternalTooOld(server, version.ToString()) : null;
}
