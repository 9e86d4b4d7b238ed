using System.ComponentModel.DataAnnotations;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace IndustryBrain.Runtime.Connections.Kinds;

/// <summary>How mail is protected on its way to the server.</summary>
internal enum SmtpSecurity
{
    /// <summary>TLS after a greeting.</summary>
    [Label("STARTTLS", "STARTTLS")] StartTls,

    /// <summary>TLS from the beginning.</summary>
    [Label("TLS", "TLS")] Tls,

    /// <summary>Not at all; a password is not sent then.</summary>
    [Label("无", "None")] None,
}

/// <summary>Settings of a connection to a mail server.</summary>
internal sealed record SmtpConnection(
    [property: Label("主机", "Host"), Example("\"smtp.example.com\""), StringLength(253, MinimumLength = 1)] string Host,
    [property: Label("发件地址", "From"), Example("\"brain@example.com\""), StringLength(254, MinimumLength = 3)] string From,
    [property: Label("端口", "Port", DescriptionZh = "不填为 587（STARTTLS）、465（TLS）或 25", DescriptionEn = "587 for STARTTLS, 465 for TLS, else 25, when left out"), Range(1, 65_535)] int? Port = null,
    [property: Label("加密", "Security")] SmtpSecurity Security = SmtpSecurity.StartTls,
    [property: Label("账号", "User name"), StringLength(200)] string? UserName = null,
    [property: Label("密码机密", "Secret with the password"), StringLength(100)] string? PasswordSecret = null);

/// <summary>Mail servers.</summary>
internal sealed class SmtpKind : ConnectionKind<SmtpConnection>
{
    public override string Id => "smtp";

    public override LocalizedText Name { get; } = new("邮件（SMTP）", "Mail (SMTP)");

    protected override Failure? Judge(SmtpConnection settings) =>
        settings.Security == SmtpSecurity.None && !string.IsNullOrEmpty(settings.PasswordSecret) ? ConnectionFailures.Setting("passwordSecret", new("密码只经 TLS 发送", "it is sent over TLS only"))
        : !MimeKit.MailboxAddress.TryParse(settings.From, out _) ? ConnectionFailures.Setting("from", new("应为邮件地址", "it must be an address of mail"))
        : null;

    protected override IEnumerable<string?> SecretsOf(SmtpConnection settings) => [settings.PasswordSecret];

    protected override async Task<Failure?> TestAsync(SmtpConnection settings, ConnectionReach reach, CancellationToken ct)
    {
        var port = settings.Port ?? settings.Security switch { SmtpSecurity.StartTls => 587, SmtpSecurity.Tls => 465, _ => 25 };
        if (!(await reach.SecretAsync(settings.PasswordSecret, ct)).TryGet(out var password, out var failure) || !(await reach.ConnectAsync(settings.Host, port, ct)).TryGet(out var socket, out failure))
            return failure;
        using var client = new SmtpClient();
        try
        {
            await client.ConnectAsync(socket, settings.Host, port, settings.Security switch { SmtpSecurity.StartTls => SecureSocketOptions.StartTls, SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect, _ => SecureSocketOptions.None }, ct);
            if (!string.IsNullOrEmpty(settings.UserName) && password.Length > 0)
                await client.AuthenticateAsync(settings.UserName, password, ct);
            await client.NoOpAsync(ct);
            await client.DisconnectAsync(quit: true, ct);
            return null;
        }
        catch (AuthenticationException)
        {
            return ConnectionFailures.Refused(settings.Host, "authentication");
        }
        catch (Exception e) when (e is SslHandshakeException or ProtocolException or ServiceNotConnectedException or IOException or NotSupportedException or CommandException)
        {
            return ConnectionFailures.NotReached(settings.Host, e is SslHandshakeException ? "TLS" : e.Message);
        }
    }
}
