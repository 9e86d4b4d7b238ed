using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Approvals;
using IndustryBrain.Identity.Auditing;
using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.Keys;
using IndustryBrain.Identity.Limits;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Passkeys;
using IndustryBrain.Identity.People;
using IndustryBrain.Identity.Permissions;
using IndustryBrain.Identity.Providers;
using IndustryBrain.Identity.Sessions;
using IndustryBrain.Identity.SetUp;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Storage;
using IndustryBrain.Storage.Auditing;
using Marten.Schema;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SignInOptions = IndustryBrain.Identity.SignIn.SignInOptions;

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
            .AddPlatformDocument<Account>(m => m.UniqueIndex(UniqueIndexType.Computed, x => x.FoldedName))
            .AddPlatformDocument<Passkey>(m => m.Index(x => x.Person))
            .AddPlatformDocument<ApiKeyUse>()
            .AddPlatformDocument<ServiceAccount>()
            .AddPlatformDocument<Organization>()
            .AddPlatformDocument<Invitation>()
            .AddOrganizationDocument<Approval>()
            .AddPlatformDocument<Membership>(m => m.Index(x => x.PersonId)));
        services.AddOrganizations(configuration);
        services.AddAuditChain(configuration);
        services.AddSignIn(configuration);
        services.AddHostedService(provider => new BootstrapKey(configuration, provider.GetRequiredService<ApiKeyStore>()));
        services.AddScoped<ICallerAccessor, CallerAccessor>();
        services.AddOptions<DirectoryOptions>().Bind(configuration.GetSection(DirectoryOptions.Section));
        services.TryAddSingleton<IPersonDirectory>(provider =>
            provider.GetRequiredService<IOptions<DirectoryOptions>>().Value.File is { Length: > 0 } file ? DirectoryFile.Read(file) : new MemberDirectory(provider.GetRequiredService<IOrganizationSessions>()));
        services.AddOptions<FailureStatusOptions>();
        services.AddExceptionHandler<UnexpectedFailure>();
        services.AddProblemDetails();
        services.AddRateLimits(configuration);

        services.AddAuthentication(SchemeNames.Any)
            .AddPolicyScheme(SchemeNames.Any, null, options => options.ForwardDefaultSelector = context => SchemeOf(context))
            .AddScheme<AuthenticationSchemeOptions, LocalHandler>(SchemeNames.Local, null)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SchemeNames.Session, null)
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

    // A request shows one thing by which its caller is known. Who has signed in or out in this browser is not the person at this machine.
    private static string SchemeOf(HttpContext context) => ApiKeyHandler.IsPresent(context.Request) ? SchemeNames.ApiKey
        : SessionCookies.IsPresent(context.Request) || context.RequestServices.GetRequiredService<IOptions<SignInOptions>>().Value.Local != true ? SchemeNames.Session
        : SchemeNames.Local;

    private static void AddSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SignInOptions>().Bind(configuration.GetSection(SignInOptions.Section))
            .PostConfigure<IHostEnvironment>((options, environment) => options.Local ??= environment.IsDevelopment()).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PasswordPolicy>().Bind(configuration.GetSection(PasswordPolicy.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.Configure<FailureStatusOptions>(statuses => statuses
            .Map(400, "IB4043").Map(401, "IB4020", "IB4023", "IB4024").Map(403, "IB4025", "IB4040", "IB4042").Map(404, "IB4039", "IB4041").Map(409, "IB4029", "IB4044").Map(429, "IB4021", "IB4022").Map(503, "IB4026")
            .Map(401, "IB4101", "IB4109", "IB4110", "IB4111").Map(403, "IB4102", "IB4103", "IB4107").Map(404, "IB4108", "IB4114").Map(409, "IB4104", "IB4105", "IB4106", "IB4112", "IB4113").Map(503, "IB4100")
            .Map(403, "IB4120").Map(404, "IB4121", "IB4122").Map(409, "IB4123", "IB4124", "IB4125", "IB4127", "IB4128"));
        services.AddStorageModel(model => model.AddMigration("identity", 1, Script("sign-in.sql")).AddMigration("identity", 2, Script("set-up.sql")).AddMigration("identity", 3, Script("providers.sql")).AddMigration("identity", 4, Script("passkeys.sql")).AddMigration("identity", 5, Script("accounts.sql")));

        // Before Identity's own, which give way.
        services.AddScoped<PasswordCheck>();
        services.AddScoped<IPasswordValidator<Account>>(provider => provider.GetRequiredService<PasswordCheck>());
        services.AddScoped<IUserValidator<Account>, UserNames.Validator>();
        services.AddScoped<ILookupNormalizer, UserNames.Normalizer>();
        services.AddIdentityCore<Account>().AddUserStore<AccountStore>();
        services.AddOptions<PasswordHasherOptions>().Configure<IOptions<PasswordPolicy>>((hasher, policy) => hasher.IterationCount = policy.Value.Iterations);
        services.AddScoped(provider => new AccountRegister(
            provider.GetRequiredService<IOrganizationSessions>(), provider.GetRequiredService<UserManager<Account>>(), provider.GetRequiredService<PasswordCheck>(), provider.GetRequiredService<IOptions<PasswordPolicy>>(), provider.GetRequiredService<TimeProvider>()));

        services.AddProviders(configuration);
        services.AddPasskeys();
        services.AddSingleton<PasswordLinks>();
        services.AddSingleton<AccountUses>();
        services.AddSingleton(provider => new AccountDesk(
            provider.GetRequiredService<IOrganizationSessions>(), provider.GetRequiredService<PasswordLinks>(), provider.GetRequiredService<AccountUses>(), provider.GetRequiredService<SecondFactors>(), provider.GetRequiredService<PasskeyStore>(),
            provider.GetRequiredService<ApprovalDesk>(), provider.GetRequiredService<AuditTrail>(), provider.GetRequiredService<SessionReader>(), provider.GetRequiredService<TimeProvider>()));
        foreach (var action in new[] { AccountDesk.ResetPassword, AccountDesk.ResetFactor, AccountDesk.Enable })
        {
            services.AddSingleton<IApprovable>(provider => new AccountApproval(action, provider.GetRequiredService<AccountDesk>));
        }

        services.AddSingleton<UnusedAccounts>();
        services.AddHostedService(provider => provider.GetRequiredService<UnusedAccounts>());
        services.AddSingleton<NobodysPassword>();
        services.AddSingleton<AttemptCounter>();
        services.AddSingleton<FactorKey>();
        services.AddSingleton<SecondFactors>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<SessionReader>();
        services.AddSingleton<PersonSessions>();
        services.AddScoped<PersonSignIn>();
        services.AddScoped<OwnAccount>();
        services.AddHostedService<SessionSweep>();
        services.AddSingleton<SetUpState>();
        services.AddSingleton<SetUpLinks>();
        services.AddScoped<FirstAdministrators>();
        services.AddSingleton<DemoPeople>();
    }

    /// <summary>Lets pages that stay open follow their session. Call it after the pages' own services.</summary>
    public static IServiceCollection AddCircuitSessions(this IServiceCollection services)
    {
        services.AddScoped<CircuitSession>();
        services.AddScoped(provider => new RecentPerson(
            provider.GetRequiredService<CircuitSession>(), provider.GetRequiredService<SessionReader>(), provider.GetRequiredService<IOptions<SignInOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<CircuitHandler, CircuitWatch>();
        services.AddScoped<AuthenticationStateProvider, CircuitUser>();
        return services;
    }

    private static string Script(string name)
    {
        using var reader = new StreamReader(typeof(IdentityServices).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static void AddOrganizations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ApiKeyOptions>().Bind(configuration.GetSection(ApiKeyOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<OrganizationOptions>().Bind(configuration.GetSection(OrganizationOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ApiKeyUses>();
        services.AddHostedService(provider => provider.GetRequiredService<ApiKeyUses>());
        services.AddSingleton(provider => new ApiKeyStore(
            provider.GetRequiredService<IOrganizationSessions>(), provider.GetRequiredService<ApiKeyUses>(), provider.GetRequiredService<IOptions<ApiKeyOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ServiceAccountStore>();
        services.AddSingleton<MembershipStore>();
        services.AddSingleton<InvitationStore>();
        services.AddSingleton<OrganizationStore>();
        services.AddSingleton<OrganizationGate>();
        services.AddSingleton<OrganizationDepartures>();
        services.AddHostedService(provider => provider.GetRequiredService<OrganizationDepartures>());
        services.AddOptions<DutyOptions>().Bind(configuration.GetSection(DutyOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ApprovalDesk>();
        services.AddSingleton<OrganizationDeletion>();
        services.AddSingleton<IApprovable>(provider => provider.GetRequiredService<OrganizationDeletion>());
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
        app.Use((context, next) => RecentSignIn.CheckAsync(context, next, context.RequestServices.GetRequiredService<IOptions<SignInOptions>>(), context.RequestServices.GetRequiredService<TimeProvider>()));
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
