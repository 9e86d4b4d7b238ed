using Microsoft.Extensions.Logging;
using Npgsql;

namespace IndustryBrain.Runtime.Tests;

/// <summary>A host that dies as by kill -9, seen from the database: its connections break off in the middle of what they do, and it never comes back.</summary>
internal sealed class DoomedNode(RuntimeHost host, string database, string role) : IAsyncDisposable
{
    public RuntimeHost Host => host;

    public static async Task<DoomedNode> StartAsync(string database, ProbePackage plugins, CancellationToken ct, params (string Key, string Value)[] settings)
    {
        var role = "doomed_" + Guid.NewGuid().ToString("N");
        await ExecuteAsync(database, $"create role {role} superuser login password '{role}'", ct);
        var own = new NpgsqlConnectionStringBuilder(database) { Username = role, Password = role };
        return new(await RuntimeHost.StartAsync(own.ConnectionString, plugins, static b => b.Logging.ClearProviders(), ct, settings), database, role);
    }

    public Task KillAsync(CancellationToken ct) => ExecuteAsync(database, $"alter role {role} nologin; select pg_terminate_backend(pid) from pg_stat_activity where usename = '{role}'", ct);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static async Task ExecuteAsync(string database, string sql, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }
}
