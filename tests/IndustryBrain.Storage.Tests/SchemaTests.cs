using IndustryBrain.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IndustryBrain.Storage.Tests;

public sealed class SchemaTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_FourHostsAtOnceOnAnEmptyDatabase_AllComeUp()
    {
        var connection = await postgres.CreateDatabaseAsync(Ct);

        var storages = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => await TestStorage.StartAsync(await PostgresFixture.OpenAsync(connection, Ct), Ct)));

        foreach (var storage in storages)
        {
            await using var session = storage.Sessions.Open("org-a");
            session.Store(new Note(Guid.NewGuid(), "x"));
            session.Events.StartStream(Guid.NewGuid(), new NoteTaken("x"));
            await session.SaveChangesAsync(Ct);
            await storage.DisposeAsync();
        }
    }

    [Fact]
    public async Task Start_OnADatabaseThatIsUpToDate_ChangesNothing()
    {
        var connection = await postgres.CreateDatabaseAsync(Ct);
        await (await TestStorage.StartAsync(await PostgresFixture.OpenAsync(connection, Ct), Ct)).DisposeAsync();

        await using var again = await TestStorage.StartAsync(await PostgresFixture.OpenAsync(connection, Ct), Ct);
        await using var command = again.Database.DataSource.CreateCommand("select count(*) from storage_migration");

        Assert.Equal(4L, await command.ExecuteScalarAsync(Ct));
        await again.Get<IDocumentStore>().Storage.Database.AssertDatabaseMatchesConfigurationAsync(Ct);
    }

    [Fact]
    public async Task Start_OnANewerSchema_IsRefused()
    {
        var connection = await postgres.CreateDatabaseAsync(Ct);
        await using var storage = await TestStorage.StartAsync(await PostgresFixture.OpenAsync(connection, Ct), Ct);
        await using var command = storage.Database.DataSource.CreateCommand("insert into storage_migration (room, number, at) values ('storage', 99, now())");
        await command.ExecuteNonQueryAsync(Ct);
        await using var database = await PostgresFixture.OpenAsync(connection, Ct);

        using var host = TestStorage.Build(database);
        var refused = await Assert.ThrowsAsync<StorageStartException>(() => host.StartAsync(Ct));

        Assert.Equal("IB0014", refused.Failure.Code);
    }

    [Fact]
    public async Task StorageModel_EveryDocumentOfTheStore_IsDeclared()
    {
        await using var storage = await TestStorage.StartAsync(await postgres.OpenAsync(Ct), Ct);
        var model = storage.Get<StorageModel>();

        var undeclared = storage.Get<IDocumentStore>().Options.AllKnownDocumentTypes().Select(d => d.DocumentType)
            .Where(t => t.Namespace?.StartsWith("IndustryBrain", StringComparison.Ordinal) == true && !model.OrganizationTypes.Contains(t) && !model.PlatformTypes.Contains(t));

        Assert.Empty(undeclared);
    }
}
