using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Auditing;
using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.Keys;
using IndustryBrain.Identity.Limits;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.People;
using IndustryBrain.Identity.Permissions;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Storage;
using IndustryBrain.Storage.Auditing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity;

/// <summary>Registers who may ask for what.</summary>
public static class IdentityServices
{
    /// <summary>Registers the schemes, the permissions and the answers to refusals. Call it after the storage.</summary>
    public static IServiceCollection AddIndustryBrainIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpContextAccessor();
        services.AddStorageModel(model => model
            .AddPlatformDocument<ApiKey>()
            .AddPlatformDocument<Account>()
            .AddPlatformDocument<Organization>()
            .AddPlatformDocument<Membership>(m => m.Index(x => x.PersonId)));
        services.AddSingleton<MembershipStore>();
        services.AddAuditChain(configuration);
        services.AddSingleton<ApiKeyStore>();
        services.AddHostedService(provider => new BootstrapKey(configuration, provider.GetRequiredService<ApiKeyStore>()));
        services.AddScoped<ICallerAccessor, CallerAccessor>();
        services.AddOptions<DirectoryOptions>().Bind(configuration.GetSection(DirectoryOptions.Section));
        services.TryAddSingleton<IPersonDirectory>(provider =>
            provider.GetRequiredService<IOptions<DirectoryOptions>>().Value.File is { Length: > 0 } file ? DirectoryFile.Read(file) : new OpenDirectory());
        services.AddOptions<FailureStatusOptions>();
        services.AddExceptionHandler<UnexpectedFailure>();
        services.AddProblemDetails();
        services.AddRateLimits(configuration);

        services.AddAuthentication(SchemeNames.Any)
            .AddPolicyScheme(SchemeNames.Any, null, options => options.ForwardDefaultSelector = context => ApiKeyHandler.IsPresent(context.Request) ? SchemeNames.ApiKey : SchemeNames.Local)
            .AddScheme<AuthenticationSchemeOptions, LocalHandler>(SchemeNames.Local, null)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(SchemeNames.ApiKey, null);
        services.AddSingleton<IAuthorizationHandler, PermissionCheck>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalAnswer>();
        services.AddAuthorization(options =>
        {
            options.FallbackPolicy = options.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new PermissionRequirement(null)).Build();
            foreach (var permission in Permission.All)
            {
                options.AddPolicy(permission, policy => policy.RequireAuthenticatedUser().AddRequirements(new PermissionRequirement(permission)));
            }
        });
        return services;
    }

    private static void AddAuditChain(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuditOptions>().Bind(configuration.GetSection(AuditOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(AuditStart.Open);
        services.AddSingleton<AuditAnchor>();
        services.AddSingleton<AuditReader>();
        services.AddSingleton<AuditExport>();
        services.AddHostedService<AuditArchive>();
        services.AddSingleton(provider => new AuditVerifier(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<AuditKey>(), provider.GetRequiredService<AuditAnchor>(), provider.GetRequiredService<IOptions<AuditOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<AuditStart>();
        services.AddHostedService<AuditSealer>();
    }

    /// <summary>Puts the checks in front of the endpoints; after the exception handler is in place nothing of a fault reaches an answer.</summary>
    public static IApplicationBuilder UseIndustryBrainIdentity(this IApplicationBuilder app)
    {
        app.UseExceptionHandler();
        app.UseMiddleware<FaultRecord>();
        app.UseMiddleware<RequestOrigin>();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        return app;
    }

    /// <summary>The caller of a request that passed its permission.</summary>
    /// <exception cref="InvalidOperationException">Nobody has been identified.</exception>
    public static Caller GetCaller(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return CallerClaims.Read(context.User) ?? throw new InvalidOperationException("Nobody has been identified.");
    }

    /// <summary>The endpoints that neither name a permission nor are open to everybody: a program has none.</summary>
    public static IReadOnlyList<string> FindUnguarded(this EndpointDataSource endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return [.. endpoints.Endpoints.Where(e => e.Metadata.GetMetadata<RequiredPermission>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null).Select(e => e.DisplayName ?? e.ToString()!)];
    }
}
