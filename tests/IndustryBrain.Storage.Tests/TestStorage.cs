using IndustryBrain.Storage;
using IndustryBrain.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace IndustryBrain.Storage.Tests;

/// <summary>A started storage on a database of its own.</summary>
internal sealed class TestStorage : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly Database _database;

    private TestStorage(IHost host, Database database) => (_host, _database) = (host, database);

    internal Database Database => _database;

    internal IOrganizationSessions Sessions => Get<IOrganizationSessions>();

    internal static Caller Caller(string organization) => new(organization, new Actor(ActorKind.Person, "p-1", "测试 Tester"), "127.0.0.1");

    internal T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    internal static async Task<TestStorage> StartAsync(Database database, CancellationToken ct, params (string Key, string Value)[] settings)
    {
        var host = Build(database, settings);
        await host.StartAsync(ct);
        return new(host, database);
    }

    internal static IHost Build(Database database, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Services.AddLogging();
        builder.Services.AddIndustryBrainStorage(builder.Configuration, database);
        builder.Services.AddStorageModel(model => model.AddOrganizationDocument<Note>().AddEvent<NoteTaken>());
        return builder.Build();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _database.DisposeAsync();
    }
}

/// <summary>A document that belongs to an organization.</summary>
public sealed record Note(Guid Id, string Text);

/// <summary>An event of a stream.</summary>
public sealed record NoteTaken(string Text);
