using System.Xml.Linq;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace IndustryBrain.Host.Startup;

/// <summary>The keys that protect what pages send back, kept in the database: every host on it understands what another one handed out.</summary>
internal sealed class SharedKeys(Database database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = database.DataSource.OpenConnection();
        using var command = new NpgsqlCommand("select content from page_key order by at", connection);
        using var reader = command.ExecuteReader();
        var elements = new List<XElement>();
        while (reader.Read()) elements.Add(XElement.Parse(reader.GetString(0)));
        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = database.DataSource.OpenConnection();
        using var command = new NpgsqlCommand("insert into page_key (name, content, at) values ($1, $2, now()) on conflict (name) do nothing", connection);
        command.Parameters.Add(new() { Value = friendlyName });
        command.Parameters.Add(new() { Value = element.ToString(SaveOptions.DisableFormatting) });
        command.ExecuteNonQuery();
    }
}

/// <summary>Makes the first key, or reads what is there, under a lock of the database: hosts that start at once must not make one each.</summary>
internal sealed class FirstKey(Database database, IKeyManager keys, IDataProtectionProvider protection) : IHostedService
{
    // "IBpagkey" in ASCII.
    private const long LockKey = 0x4942_7061_676B_6579;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var wait = new NpgsqlCommand($"select pg_advisory_xact_lock({LockKey})", connection);
        await wait.ExecuteNonQueryAsync(cancellationToken);
        if (keys.GetAllKeys().Count == 0) protection.CreateProtector(nameof(FirstKey)).Protect([]);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Registers the keys.</summary>
internal static class SharedKeysSetup
{
    private const string Table = "create table page_key (name text primary key, content text not null, at timestamptz not null)";

    /// <summary>Call it after the storage: the table is there when the first key is made.</summary>
    internal static void AddSharedKeys(this IServiceCollection services)
    {
        services.AddStorageModel(model => model.AddMigration("host", 1, Table));
        services.AddHostedService<FirstKey>();
        services.AddDataProtection().SetApplicationName("IndustryBrain");
        services.AddSingleton<SharedKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<SharedKeys>((options, repository) => options.XmlRepository = repository);
    }
}
