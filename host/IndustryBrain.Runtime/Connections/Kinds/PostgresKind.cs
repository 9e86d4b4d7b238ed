using System.ComponentModel.DataAnnotations;
using System.Net.Security;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using Npgsql;

namespace IndustryBrain.Runtime.Connections.Kinds;

/// <summary>Settings of a connection to a database that is only read.</summary>
internal sealed record DatabaseConnection(
    [property: Label("主机", "Host"), Example("\"db.example.com\""), StringLength(253, MinimumLength = 1)] string Host,
    [property: Label("数据库", "Database"), StringLength(100, MinimumLength = 1)] string Database,
    [property: Label("账号", "User name"), StringLength(100, MinimumLength = 1)] string UserName,
    [property: Label("密码机密", "Secret with the password"), StringLength(100)] string? PasswordSecret = null,
    [property: Label("端口", "Port", DescriptionZh = "不填为 5432（PostgreSQL）或 3306（MySQL）", DescriptionEn = "5432 (PostgreSQL) or 3306 (MySQL) when left out"), Range(1, 65_535)] int? Port = null,
    [property: Label("TLS", "TLS")] bool Tls = true);

/// <summary>PostgreSQL, only read.</summary>
internal sealed class PostgresKind : ConnectionKind<DatabaseConnection>
{
    private const int UsualPort = 5432;

    public override string Id => "postgresql";

    public override LocalizedText Name { get; } = new("PostgreSQL（只读）", "PostgreSQL (read only)");

    protected override Failure? Judge(DatabaseConnection settings) => null;

    protected override IEnumerable<string?> SecretsOf(DatabaseConnection settings) => [settings.PasswordSecret];

    protected override async Task<Failure?> TestAsync(DatabaseConnection settings, ConnectionReach reach, CancellationToken ct)
    {
        var port = settings.Port ?? UsualPort;
        if (!(await reach.SecretAsync(settings.PasswordSecret, ct)).TryGet(out var password, out var failure) || !(await reach.ResolveAsync(settings.Host, port, ct)).TryGet(out var addresses, out failure))
            return failure;
        var text = new NpgsqlConnectionStringBuilder
        {
            // The address that was judged: nothing that a name server says later counts.
            Host = addresses[0].ToString(),
            Port = port,
            Database = settings.Database,
            Username = settings.UserName,
            Password = password,
            SslMode = settings.Tls ? SslMode.Require : SslMode.Disable,
            Pooling = false,
            Options = "-c default_transaction_read_only=on",
        };
        var builder = new NpgsqlDataSourceBuilder(text.ConnectionString);
        builder.UseSslClientAuthenticationOptionsCallback(tls =>
        {
            tls.TargetHost = settings.Host;
            tls.RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None;
        });
        try
        {
            await using var source = builder.Build();
            await using var command = source.CreateCommand("select 1");
            await command.ExecuteScalarAsync(ct);
            return null;
        }
        catch (PostgresException e)
        {
            return ConnectionFailures.Refused(settings.Host, e.SqlState);
        }
        catch (NpgsqlException e)
        {
            return ConnectionFailures.NotReached(settings.Host, e.GetBaseException().Message);
        }
    }
}
