using System.Globalization;

namespace IndustryBrain.Storage.Postgres;

/// <summary>The server's settings. They are the program's, not the cluster's: each start writes them anew.</summary>
internal static class ServerSettings
{
    internal static string Write(StorageOptions options, string? socketFolder, int port)
    {
        var lines = new List<string>
        {
            "# Written by IndustryBrain at each start; changes are lost.",
            $"port = {port.ToString(CultureInfo.InvariantCulture)}",
            socketFolder is null ? "listen_addresses = '127.0.0.1'" : "listen_addresses = ''",
            $"unix_socket_directories = '{Quote(socketFolder ?? "")}'",
            "unix_socket_permissions = 0700",
            "password_encryption = 'scram-sha-256'",
            $"max_connections = {options.MaxConnections.ToString(CultureInfo.InvariantCulture)}",
            $"shared_buffers = {options.SharedBuffersMegabytes.ToString(CultureInfo.InvariantCulture)}MB",
            // Each of these would keep processes or memory that a host of a few hundred megabytes has no use for.
            "io_method = 'sync'",
            "max_worker_processes = 4",
            "max_parallel_workers = 2",
            "max_logical_replication_workers = 0",
            "jit = off",
            "huge_pages = off",
            "min_wal_size = 32MB",
            "max_wal_size = 512MB",
            "idle_in_transaction_session_timeout = '5min'",
            "timezone = 'UTC'",
            "log_timezone = 'UTC'",
            "log_destination = 'stderr'",
            "logging_collector = off",
            "log_line_prefix = '%m [%p] '",
            "lc_messages = 'C'",
            "cluster_name = 'IndustryBrain'",
        };
        if (!options.Durable)
        {
            lines.AddRange(["fsync = off", "synchronous_commit = off", "full_page_writes = off"]);
        }

        return string.Join('\n', lines) + "\n";
    }

    private static string Quote(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal);
}
