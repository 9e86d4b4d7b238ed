using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using IndustryBrain.Sdk;
using MySqlConnector;

namespace IndustryBrain.Runtime.Connections.Kinds;

/// <summary>MySQL and MariaDB, only read.</summary>
internal sealed class MySqlKind : ConnectionKind<DatabaseConnection>
{
    private const int UsualPort = 3306;

    public override string Id => "mysql";

    public override LocalizedText Name { get; } = new("MySQL（只读）", "MySQL (read only)");

    protected override Failure? Judge(DatabaseConnection settings) => null;

    protected override IEnumerable<string?> SecretsOf(DatabaseConnection settings) => [settings.PasswordSecret];

    protected override async Task<Failure?> TestAsync(DatabaseConnection settings, ConnectionReach reach, CancellationToken ct)
    {
        var port = settings.Port ?? UsualPort;
        if (!(await reach.SecretAsync(settings.PasswordSecret, ct)).TryGet(out var password, out var failure) || !(await reach.ResolveAsync(settings.Host, port, ct)).TryGet(out var addresses, out failure))
            return failure;
        var text = new MySqlConnectionStringBuilder
        {
            // The address that was judged: nothing that a name server says later counts.
            Server = addresses[0].ToString(),
            Port = (uint)port,
            Database = settings.Database,
            UserID = settings.UserName,
            Password = password,
            SslMode = settings.Tls ? MySqlSslMode.Required : MySqlSslMode.Disabled,
            Pooling = false,
            ConnectionTimeout = (uint)reach.Options.TestSeconds,
        };
        try
        {
            await using var connection = new MySqlConnection(text.ConnectionString);
            if (settings.Tls)
                connection.RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsOf(settings.Host, certificate, errors);
            await connection.OpenAsync(ct);
            await using var command = new MySqlCommand("set session transaction read only", connection);
            await command.ExecuteNonQueryAsync(ct);
            command.CommandText = "select 1";
            await command.ExecuteScalarAsync(ct);
            return null;
        }
        catch (MySqlException e)
        {
            return e.ErrorCode is MySqlErrorCode.UnableToConnectToHost ? ConnectionFailures.NotReached(settings.Host, e.GetBaseException().Message) : ConnectionFailures.Refused(settings.Host, ((int)e.ErrorCode).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    // It was connected to by its address, so the name is compared here.
    private static bool IsOf(string host, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if ((errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) != SslPolicyErrors.None || certificate is null)
            return false;
        using var shown = new X509Certificate2(certificate);
        return shown.MatchesHostname(host);
    }
}
