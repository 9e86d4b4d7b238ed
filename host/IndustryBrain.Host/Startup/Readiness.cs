using IndustryBrain.Runtime.Components;
using IndustryBrain.Storage;
using Npgsql;

namespace IndustryBrain.Host.Startup;

/// <summary>Whether requests can be served: schema, plugins and scenarios came before the start ended; the database must answer now.</summary>
internal sealed class Readiness(Database database, ComponentDirectory components)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private volatile bool _started;

    internal void SetStarted() => _started = true;

    internal async Task<bool> IsReadyAsync(CancellationToken ct)
    {
        if (!_started || components.List().Count == 0) return false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            await using var command = database.DataSource.CreateCommand("select 1");
            await command.ExecuteScalarAsync(limit.Token);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
        {
            return false;
        }
    }
}
