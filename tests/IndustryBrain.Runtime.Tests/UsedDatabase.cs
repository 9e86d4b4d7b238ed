using IndustryBrain.Testing;

namespace IndustryBrain.Runtime.Tests;

/// <summary>Databases that a host has started on before, which is where most hosts start: what the first start makes is made once for all tests.</summary>
internal static class UsedDatabase
{
    public static Task<string> CreateDatabaseAsync(this PostgresFixture postgres, ProbePackage plugins, CancellationToken ct) =>
        postgres.CreateDatabaseAsync(
            async (empty, token) => await (await RuntimeHost.StartAsync(empty, plugins, token)).DisposeAsync(), ct);
}
