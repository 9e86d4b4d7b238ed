using IndustryBrain.Runtime.Plugins;
using IndustryBrain.Storage;
using Marten;
using Npgsql;

namespace IndustryBrain.Runtime.Diagnostics;

/// <summary>Reads how the installation does from its database.</summary>
public sealed class InstallationReader(Database database, IOrganizationSessions sessions, TimeProvider time)
{
    private const string Connections = "select count(*) from pg_stat_activity where datname = current_database()";
    private const string Nodes = "select n.node_id, n.started_at, n.seen_at, (select count(*) from run_work w where w.node_id = n.node_id and w.state = 'executing') from run_node n order by n.started_at";
    private const string Queue = "select state, count(*), min(accepted_at) from run_work group by state order by state";

    /// <summary>Reads it now.</summary>
    /// <exception cref="NpgsqlException">The database does not answer, or has another layout than this program's.</exception>
    public async Task<InstallationFigures> ReadAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        var connections = await NumberAsync(connection, Connections, cancellationToken);
        var milliseconds = time.GetElapsedTime(began).TotalMilliseconds;
        var nodes = await ListAsync(connection, Nodes, r => new NodeFigures(r.GetGuid(0), r.GetFieldValue<DateTimeOffset>(1), r.GetFieldValue<DateTimeOffset>(2), r.GetInt64(3)), cancellationToken);
        var queue = await ListAsync(connection, Queue, r => new QueueFigures(r.GetString(0), r.GetInt64(1), r.IsDBNull(2) ? null : r.GetFieldValue<DateTimeOffset>(2)), cancellationToken);
        var schema = await ListAsync(connection, "select room, max(number) from storage_migration group by room order by room", r => (Room: r.GetString(0), Number: r.GetInt32(1)), cancellationToken);
        await using var session = sessions.OpenPlatform();
        var plugins = await session.Query<PluginInstallation>().OrderBy(p => p.Id).ToListAsync(cancellationToken);
        return new(
            connection.PostgreSqlVersion.ToString(),
            Math.Round(milliseconds, 1),
            await NumberAsync(connection, "select pg_database_size(current_database())", cancellationToken),
            connections,
            schema.ToDictionary(s => s.Room, s => s.Number, StringComparer.Ordinal),
            nodes,
            queue,
            await NumberAsync(connection, "select count(*) from run_inbox", cancellationToken),
            await NumberAsync(connection, "select count(*) from messaging.wolverine_dead_letters", cancellationToken),
            [.. plugins.Select(p => new PluginFigures(p.PluginId, p.ActiveVersion, p.Active?.Tier.ToString(), p.Versions.Count, p.IsDisabled, p.RemovedAt is not null))]);
    }

    private static async Task<long> NumberAsync(NpgsqlConnection connection, string sql, CancellationToken ct) => (await ListAsync(connection, sql, r => r.GetInt64(0), ct))[0];

    private static async Task<List<T>> ListAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
#pragma warning disable CA2100 // The statements of this class.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<T> list = [];
        while (await reader.ReadAsync(ct))
            list.Add(read(reader));
        return list;
    }
}
