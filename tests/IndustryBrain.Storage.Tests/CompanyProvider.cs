using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace IndustryBrain.Storage.Tests;

/// <summary>Who has signed in at the company's provider.</summary>
internal sealed record CompanyPerson(string Subject, string UserName, string[] Groups, string[] Methods)
{
    /// <summary>When they last gave their password there.</summary>
    public DateTimeOffset SignedInAt { get; init; } = TimeProvider.System.GetUtcNow();
}

/// <summary>An OpenID Connect server on loopback, as a company has one: everybody has signed in there already.</summary>
internal sealed class CompanyProvider : IAsyncDisposable
{
    internal const string Client = "industrybrain";
    internal const string Secret = "a-secret-of-this-host-and-the-company";

    private readonly WebApplication _app;

    private CompanyProvider(WebApplication app) => _app = app;

    internal string Address => _app.Urls.Single();

    /// <summary>Who sits in front of the browser.</summary>
    internal CompanyPerson Person { get; set; } = new("nobody", "nobody", [], []);

    /// <summary>True answers browsers, but not the hosts that ask for what a code stands for.</summary>
    internal bool IsDownForPrograms { get; set; }

    /// <summary>What happens to a token on its way.</summary>
    internal Func<string, string>? Tamper { get; set; }

    internal static async Task<CompanyProvider> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore().AddLogging();
        CompanyProvider? self = null;
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().RegisterScopes(Scopes.Profile);
            server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            // Its one client stands here instead of in a database.
            server.EnableDegradedMode();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Client || context.RedirectUri?.Contains("/sign-in/with/", StringComparison.Ordinal) != true) context.Reject(Errors.InvalidClient);
                return default;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Client || context.ClientSecret != Secret) context.Reject(Errors.InvalidClient);
                return default;
            }));
            server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                context.SignIn(self!.Principal());
                return default;
            }));
        });
        var app = builder.Build();
        self = new(app);
        app.Use(self.InterfereAsync);
        app.UseAuthentication();
        await app.StartAsync();
        // The first answer makes its keys, which takes a busy machine longer than a host waits.
        using var client = new HttpClient();
        foreach (var path in new[] { ".well-known/openid-configuration", ".well-known/jwks" }) await client.GetStringAsync(new Uri(new Uri(self.Address), path));
        return self;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private ClaimsPrincipal Principal()
    {
        var identity = new ClaimsIdentity("company", Claims.PreferredUsername, Claims.Role);
        identity.SetClaim(Claims.Subject, Person.Subject).SetClaim(Claims.PreferredUsername, Person.UserName).SetClaim(Claims.Name, "同名 " + Person.UserName).SetClaim(Claims.Email, Person.UserName + "@company.example")
            .SetClaims("groups", [.. Person.Groups]).SetClaims(Claims.AuthenticationMethodReference, [.. Person.Methods]).SetClaim(Claims.AuthenticationTime, Person.SignedInAt.ToUnixTimeSeconds());
        identity.SetScopes(Scopes.OpenId, Scopes.Profile);
        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        return new(identity);
    }

    private async Task InterfereAsync(HttpContext context, RequestDelegate next)
    {
        if (IsDownForPrograms && context.Request.Path.StartsWithSegments("/connect/token"))
        {
            context.Abort();
            return;
        }

        if (Tamper is not { } tamper || !context.Request.Path.StartsWithSegments("/connect/token"))
        {
            await next(context);
            return;
        }

        var body = context.Response.Body;
        using var written = new MemoryStream();
        context.Response.Body = written;
        await next(context);
        context.Response.Body = body;
        var answer = JsonNode.Parse(written.ToArray())!;
        answer["id_token"] = tamper((string)answer["id_token"]!);
        var bytes = Encoding.UTF8.GetBytes(answer.ToJsonString());
        context.Response.ContentLength = bytes.Length;
        await body.WriteAsync(bytes, context.RequestAborted);
    }
}
