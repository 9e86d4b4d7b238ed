using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustryBrain.Plugins.Capabilities.Secrets;
using IndustryBrain.Sdk;
using MQTTnet;
using MQTTnet.Formatter;

namespace IndustryBrain.Plugins.Capabilities.Mqtt;

/// <summary>What a client of an organization tells a broker of itself: address, TLS, name, password, certificate.</summary>
internal static class MqttSettings
{
    /// <summary>Builds them; id of the client and session are the caller's. Refused: a secret is not stored, or what it holds is no certificate.</summary>
    /// <param name="name">Name of the connection.</param>
    /// <param name="organization">The organization.</param>
    /// <param name="wanted">The broker.</param>
    /// <param name="options">Limits.</param>
    /// <param name="secrets">Has the organization's password and certificate.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Result<MqttClientOptionsBuilder>> BuildAsync(string name, string organization, MqttConnection wanted, MqttOptions options, ISecretStore secrets, CancellationToken ct)
    {
        var connection = wanted.Options;
        if (!(wanted.Resolve is null ? new Result<string>(connection.Host) : await wanted.Resolve(ct).ConfigureAwait(false)).TryGet(out var address, out var unreached))
        {
            return unreached;
        }

        var settings = new MqttClientOptionsBuilder()
            .WithTcpServer(address, connection.ActualPort)
            .WithProtocolVersion(connection.Protocol == "5.0" ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311)
            .WithKeepAlivePeriod(options.KeepAlive)
            .WithTimeout(options.ConnectTimeout);
        if (!(await SecretAsync(secrets, organization, connection.PasswordSecret, ct).ConfigureAwait(false)).TryGet(out var password, out var failure)
            || !(await SecretAsync(secrets, organization, connection.CertificateSecret, ct).ConfigureAwait(false)).TryGet(out var certificate, out failure))
        {
            return failure;
        }

        if (connection.UserName.Length > 0)
        {
            settings.WithCredentials(connection.UserName, password);
        }

        if (!connection.Tls)
        {
            return settings;
        }

        try
        {
            X509Certificate2Collection own = certificate.Length == 0 ? [] : [X509Certificate2.CreateFromPem(certificate, certificate)];
            X509Certificate2Collection authorities = [];
            if (connection.AuthorityFile.Length > 0)
            {
                authorities.ImportFromPemFile(connection.AuthorityFile);
            }

            if (connection.Authority.Length > 0)
            {
                authorities.ImportFromPem(connection.Authority);
            }

            return settings.WithTlsOptions(tls => tls.UseTls()
                .WithTargetHost(connection.Host)
                .WithRevocationMode(X509RevocationMode.NoCheck)
                .WithClientCertificates(own)
                .WithCertificateValidationHandler(e => IsTrusted(e, authorities)));
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return CapabilityFailures.BrokerNotReached(name, $"certificate: {MqttLink.Reason(e)}");
        }
    }

    private static async ValueTask<Result<string>> SecretAsync(ISecretStore secrets, string organization, string secret, CancellationToken ct) =>
        secret.Length == 0 ? ""
        : !(await secrets.FindAsync(organization, secret, environment: null, ct).ConfigureAwait(false)).TryGet(out var value, out var failure) ? failure
        : value is null ? CapabilityFailures.SecretNotStored(secret) : value;

    // A certificate for another host is refused in any case.
    private static bool IsTrusted(MqttClientCertificateValidationEventArgs e, X509Certificate2Collection authorities)
    {
        if (e.SslPolicyErrors == SslPolicyErrors.None)
        {
            return authorities.Count == 0 || IsIssued(e, authorities);
        }

        return e.SslPolicyErrors == SslPolicyErrors.RemoteCertificateChainErrors && authorities.Count > 0 && IsIssued(e, authorities);
    }

    private static bool IsIssued(MqttClientCertificateValidationEventArgs e, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var certificate = new X509Certificate2(e.Certificate);
        return chain.Build(certificate);
    }
}
