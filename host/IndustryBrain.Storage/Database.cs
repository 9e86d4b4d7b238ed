using System.ComponentModel.DataAnnotations;
using IndustryBrain.Sdk;
using IndustryBrain.Storage.Postgres;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace IndustryBrain.Storage;

/// <summary>The platform's PostgreSQL: the one named in <c>ConnectionStrings:IndustryBrain</c>, or one that it runs itself. Opened before the host is built, disposed after it has stopped.</summary>
public sealed class Database : IAsyncDisposable
{
    private const string Name = "industrybrain";
    private const int ConnectionsBeside = 4;
    private readonly EmbeddedPostgres? _server;

    private Database(string connectionString, EmbeddedPostgres? server)
    {
        ConnectionString = connectionString;
        _server = server;
        DataSource = NpgsqlDataSource.Create(connectionString);
    }

    /// <summary>Connection string of the platform's database, password included: never log it.</summary>
    public string ConnectionString { get; }

    /// <summary>Source of connections; it lives as long as the database.</summary>
    public NpgsqlDataSource DataSource { get; }

    /// <summary>True when the platform runs the server itself.</summary>
    public bool IsEmbedded => _server is not null;

    /// <summary>True when the embedded server of a host that was killed still ran and serves on.</summary>
    public bool WasAdopted => _server?.WasAdopted == true;

    /// <summary>Process id of the embedded server; null for an external one.</summary>
    public int? ServerProcessId => _server?.ProcessId;

    /// <summary>Opens the external database, or starts the embedded one.</summary>
    /// <returns>The database, or one of IB0001 to IB0017: the folder is in use, not writable, of a newer version, full …; its data is then untouched.</returns>
    public static async Task<Result<Database>> OpenAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration.GetConnectionString("IndustryBrain") is { Length: > 0 } external)
        {
            return await OpenExternalAsync(external, cancellationToken);
        }

        var options = new StorageOptions();
        try
        {
            configuration.GetSection(StorageOptions.Section).Bind(options);
            Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        }
        catch (Exception e) when (e is ValidationException or InvalidOperationException)
        {
            return StorageFailures.OptionInvalid(e.Message);
        }

        return await OpenEmbeddedAsync(options, cancellationToken);
    }

    /// <summary>Opens the database for a moment, beside a host that may be using it; where none does, as <see cref="OpenAsync"/>.</summary>
    public static async Task<Result<Database>> OpenBesideAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(configuration, cancellationToken);
        if (opened.Failure?.Code != StorageFailures.FolderInUse("").Code)
        {
            return opened;
        }

        var options = configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        return await EmbeddedPostgres.FindRunningAsync(options, cancellationToken) is { } server
            ? new Database(new NpgsqlConnectionStringBuilder(server) { Database = Name, MaxPoolSize = ConnectionsBeside, ApplicationName = "IndustryBrain" }.ConnectionString, null)
            : opened;
    }

    /// <summary>Starts the embedded database in its folder.</summary>
    public static async Task<Result<Database>> OpenEmbeddedAsync(StorageOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!(await EmbeddedPostgres.StartAsync(options, cancellationToken)).TryGet(out var server, out var failure))
        {
            return failure;
        }

        try
        {
            var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = Name, MaxPoolSize = Math.Max(10, options.MaxConnections - 10), ApplicationName = "IndustryBrain" };
            await CreateIfMissingAsync(server.ConnectionString, connection.ConnectionString, cancellationToken);
            return new Database(connection.ConnectionString, server);
        }
        catch (Exception e)
        {
            await server.DisposeAsync();
            if (e is NpgsqlException)
            {
                return e is PostgresException { SqlState: PostgresErrorCodes.DiskFull } ? StorageFailures.DiskFull(options.FolderOrDefault(), null) : StorageFailures.ServerDidNotStart(options.FolderOrDefault(), e.Message);
            }

            throw;
        }
    }

    private static async Task CreateIfMissingAsync(string maintenance, string wanted, CancellationToken ct)
    {
        try
        {
            // The connection stays in the pool of nobody: the usual case costs one connection and no query.
            await using var probe = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(wanted) { Pooling = false }.ConnectionString);
            await probe.OpenAsync(ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(maintenance) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(ct);
            await using var create = new NpgsqlCommand($"create database {Name}", connection);
            await create.ExecuteNonQueryAsync(ct);
        }
    }

    private static async Task<Result<Database>> OpenExternalAsync(string connectionString, CancellationToken ct)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException e)
        {
            return StorageFailures.ConnectionStringInvalid(e.Message);
        }

        builder.ApplicationName ??= "IndustryBrain";
        Database? database = null;
        try
        {
            database = new Database(builder.ConnectionString, null);
            await using var connection = await database.DataSource.OpenConnectionAsync(ct);
            if (ExternalPostgres.CheckVersion(connection.PostgreSqlVersion, ExternalPostgres.Describe(builder)) is not { } tooOld)
            {
                return database;
            }

            await database.DisposeAsync();
            return tooOld;
        }
        catch (Exception e)
        {
            if (database is not null)
            {
                await database.DisposeAsync();
            }

            if (ExternalPostgres.FailureOf(e, builder) is { } failure)
            {
                return failure;
            }

            throw;
        }
    }

    /// <summary>Closes the connections and stops the embedded server.</summary>
    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
