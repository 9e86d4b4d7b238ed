using IndustryBrain.Identity.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace IndustryBrain.Identity.Providers;

/// <summary>Registers the providers of the configuration: authorization code with PKCE, each with a return address of its own.</summary>
internal static class ProviderSetup
{
    internal const string SignInPath = PageRequest.SignInPage + "/with/";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    internal static void AddProviders(this IServiceCollection services, IConfiguration configuration)
    {
        var registry = ProviderRegistry.Read(configuration);
        services.AddSingleton(registry);
        services.AddSingleton<ExternalLogins>();
        services.AddSingleton<ProvidedMemberships>();
        services.AddSingleton<ProviderChallenge>();
        services.AddScoped<ProviderReturn>();
        var authentication = new AuthenticationBuilder(services);
        foreach (var (id, provider) in registry.All) authentication.AddOpenIdConnect(ProviderRegistry.SchemeOf(id), options => Set(options, id, provider));
    }

    private static void Set(OpenIdConnectOptions options, string id, ProviderOptions provider)
    {
        options.Authority = provider.Authority;
        options.RequireHttpsMetadata = new Uri(provider.Authority).Scheme == Uri.UriSchemeHttps;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecretFile is { } file ? File.ReadAllText(file).Trim() : null;
        options.CallbackPath = $"{SignInPath}{id}/return";
        // Nothing signs in by this scheme: a session of ours begins where the answer is taken.
        options.SignInScheme = SchemeNames.Session;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // A return by GET, so that cookies that other sites' posts do not get come with it.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.Scope.Clear();
        foreach (var scope in provider.Scopes.Append("openid").Concat(provider.Scopes is [] ? ["profile"] : []).Distinct()) options.Scope.Add(scope);
        options.MapInboundClaims = false;
        options.ClaimActions.Clear();
        options.SaveTokens = false;
        options.BackchannelTimeout = Patience;
        options.BackchannelHttpHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = Patience };
        options.TokenValidationParameters.ValidateIssuer = true;
        options.TokenValidationParameters.ClockSkew = TimeSpan.FromMinutes(1);
        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie }) (cookie.SameSite, cookie.SecurePolicy, cookie.HttpOnly) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest, true);
        options.Events = new OpenIdConnectEvents
        {
            OnTicketReceived = async context =>
            {
                context.HandleResponse();
                context.Response.Redirect(await context.HttpContext.RequestServices.GetRequiredService<ProviderReturn>().ReceiveAsync(context.HttpContext, id, context.Principal!, context.Properties!, context.HttpContext.RequestAborted));
            },
            OnRemoteFailure = context =>
            {
                context.HandleResponse();
                var (purpose, back) = PurposeOf(context.Properties);
                ProviderChallenge.LogRefused(context.HttpContext.RequestServices.GetRequiredService<ILogger<ProviderChallenge>>(), id, context.Failure?.Message.ReplaceLineEndings(" ") ?? "");
                context.Response.Redirect(ProviderReturn.PageOf(purpose, IsOutage(context.Failure) ? ProviderFailures.Unreachable : ProviderFailures.AnswerRefused, back));
                return Task.CompletedTask;
            },
        };
    }

    private static (ProviderPurpose Purpose, string? Back) PurposeOf(AuthenticationProperties? properties) =>
        properties is not null && properties.Items.TryGetValue(ProviderReturn.PurposeItem, out var purpose) && properties.Items.TryGetValue(ProviderReturn.ReturnItem, out var back)
            ? (Enum.Parse<ProviderPurpose>(purpose!), back)
            : (ProviderPurpose.SignIn, null);

    private static bool IsOutage(Exception? failure) => failure is HttpRequestException or TaskCanceledException or IOException || (failure?.InnerException is { } inner && IsOutage(inner));
}
