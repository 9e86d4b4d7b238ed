using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Testing;
using Npgsql;

namespace IndustryBrain.Runtime.Tests.Commands;

public sealed class PurgeTests(PostgresFixture postgres, ProbePackage plugins)
{
    [Theory]
    [InlineData(WorkQueue.PurgeEvents, "run_event_at")]
    [InlineData(WorkQueue.PurgeCommands, "run_command_at")]
    public async Task Purge_TableWithManyYoungRows_FindsTheOldOnesThroughTheIndexOnTheirTime(string statement, string index)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.ExecuteAsync("""
            insert into run_event (organization, event, body, at) select 'demo', 'Unheard', '{}', now() - n * interval '1 minute' from generate_series(1, 10000) n;
            insert into run_command (id, at) select gen_random_uuid(), now() - n * interval '1 minute' from generate_series(1, 10000) n;
            analyze run_event, run_command;
            """, ct);

        await using var explain = host.Database.DataSource.CreateCommand("explain " + statement);
        explain.Parameters.Add(new NpgsqlParameter { Value = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-6) });
        var plan = new List<string>();
        await using (var reader = await explain.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                plan.Add(reader.GetString(0));
        }

        Assert.Contains(plan, line => line.Contains(index, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
    }
}
