using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Runtime.Connections.Kinds;

/// <summary>How requests are signed in.</summary>
internal enum HttpAuthentication
{
    /// <summary>Not at all.</summary>
    [Label("无", "None")] None,

    /// <summary>User name and password.</summary>
    [Label("账号与密码", "User name and password")] Basic,

    /// <summary>A token behind <c>Bearer</c>.</summary>
    [Label("Bearer 令牌", "Bearer token")] Bearer,

    /// <summary>A key in a header of its own.</summary>
    [Label("API 密钥标头", "Header with an API key")] ApiKey,
}

/// <summary>Settings of a connection to a service over HTTP.</summary>
internal sealed record HttpConnection(
    [property: Label("地址", "Base address"), Example("\"https://erp.example.com/api/\""), StringLength(500)] string BaseAddress,
    [property: Label("认证", "Authentication")] HttpAuthentication Authentication = HttpAuthentication.None,
    [property: Label("账号", "User name"), StringLength(200)] string? UserName = null,
    [property: Label("标头名", "Header"), Example("\"X-Api-Key\""), StringLength(100)] string? Header = null,
    [property: Label("机密", "Secret", DescriptionZh = "密码、令牌或密钥的机密名称", DescriptionEn = "Name of the secret with the password, token or key"), StringLength(100)] string? Secret = null);

/// <summary>Services over HTTP.</summary>
internal sealed class HttpKind : ConnectionKind<HttpConnection>
{
    public override string Id => "http";

    public override LocalizedText Name { get; } = new("HTTP 服务", "HTTP service");

    protected override Failure? Judge(HttpConnection settings) =>
        !Uri.TryCreate(settings.BaseAddress, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0
            ? ConnectionFailures.Setting("baseAddress", new("应为 http 或 https 网址，不含账号", "it must be a URL of http or https without an account"))
        : settings.Authentication != HttpAuthentication.None && string.IsNullOrEmpty(settings.Secret) ? ConnectionFailures.Setting("secret", new("这种认证需要机密", "this authentication needs a secret"))
        : settings.Authentication == HttpAuthentication.Basic && (string.IsNullOrEmpty(settings.UserName) || settings.UserName.Contains(':', StringComparison.Ordinal)) ? ConnectionFailures.Setting("userName", new("需要账号，不含冒号", "there must be one, without a colon"))
        : settings.Authentication == HttpAuthentication.ApiKey && (string.IsNullOrEmpty(settings.Header) || !settings.Header.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) ? ConnectionFailures.Setting("header", new("应为标头的名称", "it must be the name of a header"))
        : null;

    protected override IEnumerable<string?> SecretsOf(HttpConnection settings) => [settings.Secret];

    protected override async Task<Failure?> TestAsync(HttpConnection settings, ConnectionReach reach, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, settings.BaseAddress);
        if (settings.Authentication != HttpAuthentication.None)
        {
            if (!(await reach.SecretAsync(settings.Secret, ct)).TryGet(out var secret, out var failure))
                return failure;
            if (secret.Any(char.IsControl))
                return ConnectionFailures.Setting("secret", new("机密含有控制字符", "the secret has control characters"));
            if (settings.Authentication == HttpAuthentication.ApiKey)
                request.Headers.TryAddWithoutValidation(settings.Header!, secret);
            else
                request.Headers.Authorization = settings.Authentication == HttpAuthentication.Bearer ? new AuthenticationHeaderValue("Bearer", secret) : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.UserName}:{secret}")));
        }

        if (!(await reach.SendAsync(request, ct)).TryGet(out var response, out var unreached))
            return unreached;
        using (response)
            return response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired || (int)response.StatusCode >= 500 ? ConnectionFailures.Refused(request.RequestUri!.Host, $"{(int)response.StatusCode}") : null;
    }
}
