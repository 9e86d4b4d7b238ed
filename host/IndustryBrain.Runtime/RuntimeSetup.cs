using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IndustryBrain.Expressions;
using IndustryBrain.Identity.Approvals;
using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.People;
using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.DataSets;
using IndustryBrain.Plugins.Capabilities.Events;
using IndustryBrain.Plugins.Capabilities.Http;
using IndustryBrain.Plugins.Capabilities.Mqtt;
using IndustryBrain.Plugins.Capabilities.Secrets;
using IndustryBrain.Plugins.Expressions;
using IndustryBrain.Plugins.Isolation;
using IndustryBrain.Plugins.Settings;
using IndustryBrain.Runtime.Components;
using IndustryBrain.Runtime.Connections;
using IndustryBrain.Runtime.Connections.Kinds;
using IndustryBrain.Runtime.DataSets;
using IndustryBrain.Runtime.Diagnostics;
using IndustryBrain.Runtime.Files;
using IndustryBrain.Runtime.Http;
using IndustryBrain.Runtime.Inputs;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Plugins;
using IndustryBrain.Runtime.Plugins.Settings;
using IndustryBrain.Runtime.Quotas;
using IndustryBrain.Runtime.Retention;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Runs.Commands;
using IndustryBrain.Runtime.Runs.Control;
using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Runtime.Runs.Nodes;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Runtime.Runs.Telemetry;
using IndustryBrain.Runtime.Secrets;
using IndustryBrain.Runtime.Seeding;
using IndustryBrain.Runtime.Tasks;
using IndustryBrain.Runtime.Triggers;
using IndustryBrain.Runtime.Triggers.Folders;
using IndustryBrain.Runtime.Triggers.Mqtt;
using IndustryBrain.Scenarios;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Scenarios.Expressions;
using IndustryBrain.Storage;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime;

/// <summary>Adds the runtime to a host.</summary>
public static class RuntimeSetup
{
    /// <summary>Adds scenarios, runs, components and their background work. Storage and Identity are added by the host.</summary>
    public static IServiceCollection AddIndustryBrainRuntime(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<RunOptions>().Bind(configuration.GetSection(RunOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LibraryOptions>().Bind(configuration.GetSection(LibraryOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PluginOptions>().Bind(configuration.GetSection(PluginOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<WorkerOptions>().Bind(configuration.GetSection(WorkerOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ExpressionOptions>().Bind(configuration.GetSection(ExpressionOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ExpressionLimits>().Bind(configuration.GetSection(ExpressionLimits.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<CapabilityOptions>().Bind(configuration.GetSection(CapabilityOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<MqttOptions>().Bind(configuration.GetSection(MqttOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SeedOptions>().Bind(configuration.GetSection(SeedOptions.Section)).PostConfigure<IHostEnvironment>((options, environment) => options.Publish ??= environment.IsDevelopment());
        services.TryAddSingleton(TimeProvider.System);

        // Components and plugins.
        services.AddOptions<PluginTrustOptions>().Bind(configuration.GetSection(PluginTrustOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PluginDirectory>();
        services.AddSingleton<IPluginGrants, RecordedGrants>();
        services.AddSingleton<IEventPublisher>(sp => new ComponentEvents(sp.GetRequiredService<IOrganizationSessions>(), new(sp.GetRequiredService<ScenarioTriggers>)));
        services.AddOptions<SecretOptions>().Bind(configuration.GetSection(SecretOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SecretSeal>();
        services.AddSingleton<SecretUsers>();
        services.AddSingleton(sp => new OrganizationSecrets(
            sp.GetRequiredService<IOrganizationSessions>(),
            sp.GetRequiredService<Database>(),
            sp.GetRequiredService<SecretSeal>(),
            sp.GetRequiredService<SecretUsers>(),
            sp.GetRequiredService<IOptions<SecretOptions>>(),
            sp.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ISecretStore>(sp => sp.GetRequiredService<OrganizationSecrets>());
        services.AddOptions<ConnectionOptions>().Bind(configuration.GetSection(ConnectionOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ConnectionKind, HttpKind>();
        services.AddSingleton<ConnectionKind, PostgresKind>();
        services.AddSingleton<ConnectionKind, MySqlKind>();
        services.AddSingleton<ConnectionKind, MqttKind>();
        services.AddSingleton<ConnectionKind, SmtpKind>();
        services.AddSingleton<ConnectionKind, RobotKind>();
        services.AddSingleton<ConnectionUsers>();
        services.AddSingleton(sp => new OrganizationConnections(
            sp.GetRequiredService<IOrganizationSessions>(),
            sp.GetRequiredService<ConnectionUsers>(),
            sp.GetRequiredService<ISecretStore>(),
            sp.GetServices<ConnectionKind>(),
            sp.GetRequiredService<IOptions<ConnectionOptions>>(),
            sp.GetRequiredService<IOptions<MqttOptions>>(),
            sp.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IMqttConnections>(sp => sp.GetRequiredService<OrganizationConnections>());
        services.AddOptions<DataSetOptions>().Bind(configuration.GetSection(DataSetOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<DataSetRowStore>();
        services.AddSingleton<IDataSetStore>(sp => sp.GetRequiredService<DataSetRowStore>());
        services.AddSingleton(sp => new OrganizationDataSets(
            sp.GetRequiredService<IOrganizationSessions>(),
            sp.GetRequiredService<DataSetRowStore>(),
            sp.GetRequiredService<PluginDirectory>(),
            sp.GetRequiredService<IOptions<DataSetOptions>>(),
            sp.GetRequiredService<TimeProvider>()));
        services.AddSingleton(sp => new CapabilityBroker(
            sp.GetRequiredService<IOptions<CapabilityOptions>>().Value,
            new OutboundConnections(sp.GetRequiredService<IOptions<CapabilityOptions>>().Value),
            sp.GetRequiredService<IPluginGrants>(),
            sp.GetRequiredService<ISecretStore>(),
            sp.GetRequiredService<TimeProvider>(),
            sp.GetService<ILogger<CapabilityBroker>>(),
            sp.GetRequiredService<IEventPublisher>(),
            sp.GetRequiredService<IDataSetStore>(),
            sp.GetRequiredService<IOptions<MqttOptions>>().Value,
            sp.GetRequiredService<IMqttConnections>()));
        services.AddSingleton(sp => new PluginHost(
            sp.GetRequiredService<IOptions<PluginOptions>>().Value,
            sp.GetRequiredService<TimeProvider>(),
            sp.GetService<ILogger<PluginHost>>(),
            sp.GetRequiredService<IOptions<WorkerOptions>>().Value,
            sp.GetRequiredService<CapabilityBroker>(),
            sp.GetRequiredService<IPluginSettings>()));
        services.AddSingleton(sp => new PluginSettings(
            sp.GetRequiredService<IOrganizationSessions>(),
            new Lazy<PluginHost>(sp.GetRequiredService<PluginHost>),
            sp.GetRequiredService<PluginDirectory>(),
            sp.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IPluginSettings>(sp => sp.GetRequiredService<PluginSettings>());
        services.AddSingleton<IComponentCatalog>(sp => sp.GetRequiredService<PluginHost>());
        services.AddSingleton<PackageStore>();
        services.AddSingleton<PluginUse>();
        services.AddSingleton<PluginNode>();
        services.AddSingleton<InstallationReader>();
        services.AddSingleton(sp => new PluginRegistry(
            sp.GetRequiredService<IOrganizationSessions>(),
            sp.GetRequiredService<PluginInstaller>(),
            sp.GetRequiredService<PluginHost>(),
            sp.GetRequiredService<PluginDirectory>(),
            sp.GetRequiredService<PluginNode>(),
            sp.GetRequiredService<PluginUse>(),
            sp.GetRequiredService<IOptions<PluginOptions>>(),
            sp.GetRequiredService<IOptions<PluginTrustOptions>>(),
            sp.GetRequiredService<ApprovalDesk>(),
            sp.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IApprovable>(sp => new GrantApproval(sp.GetRequiredService<PluginRegistry>()));
        services.AddSingleton<IApprovable>(sp => new TrustApproval(sp.GetRequiredService<PluginRegistry>()));
        services.AddSingleton(sp => new PluginInstaller(sp.GetRequiredService<IOptions<PluginOptions>>().Value));
        services.AddSingleton(sp => new ComponentDirectory(sp.GetRequiredService<PluginHost>(), sp.GetRequiredService<PluginDirectory>(), sp.GetRequiredService<FileStore>(), sp.GetRequiredService<TimeProvider>()));

        // Scenarios.
        services.AddSingleton(sp => new DefinitionLimits { MaxBytes = sp.GetRequiredService<IOptions<RunOptions>>().Value.DefinitionBytes });
        services.AddSingleton<DefinitionCache>();
        services.AddSingleton<PublishedScenarios>();
        services.AddSingleton<RightsFindings>();
        services.AddSingleton(sp => new ScenarioLibrary(
            sp.GetRequiredService<IOrganizationSessions>(),
            sp.GetRequiredService<PluginHost>(),
            sp.GetRequiredService<PluginNode>(),
            sp.GetRequiredService<DefinitionCache>(),
            sp.GetRequiredService<PublishedScenarios>(),
            sp.GetRequiredService<RightsFindings>(),
            sp.GetRequiredService<DefinitionLimits>(),
            sp.GetRequiredService<IOptions<LibraryOptions>>().Value,
            sp.GetRequiredService<TimeProvider>()));

        // Runs.
        services.AddSingleton<OutageLog>();
        services.AddSingleton<WorkQueue>();
        services.AddSingleton<RunInbox>();
        services.AddSingleton<RunChanges>();
        services.AddSingleton<ChildAdmission>();
        services.AddSingleton<CommitGroups>();
        services.AddSingleton<RunTelemetry>();
        services.AddSingleton<RunEndListeners>();
        services.AddSingleton<RunStore>();
        services.AddSingleton<RepeatedStarts>();
        services.AddSingleton<ValueBlobs>();
        services.AddSingleton<RunInputs>();
        services.AddSingleton(sp => new ExpressionWorkers(
            sp.GetRequiredService<IOptions<ExpressionOptions>>().Value,
            JsonSerializer.SerializeToElement(sp.GetRequiredService<IOptions<ExpressionLimits>>().Value, JsonSerializerOptions.Web),
            sp.GetRequiredService<TimeProvider>(),
            sp.GetService<ILogger<ExpressionWorkers>>(),
            sp.GetRequiredService<IOptions<WorkerOptions>>().Value));
        services.AddSingleton<OrganizationEvaluators>();
        services.AddSingleton(sp => new ExecutionServices(
            sp.GetRequiredService<IComponentCatalog>(),
            NoExpressions.Instance,
            sp.GetRequiredService<TimeProvider>(),
            Limits(sp.GetRequiredService<IOptions<RunOptions>>().Value)));
        services.AddSingleton(sp => new RunServices(
            sp.GetRequiredService<RunStore>(),
            sp.GetRequiredService<RunInbox>(),
            sp.GetRequiredService<RunChanges>(),
            sp.GetRequiredService<ChildAdmission>(),
            sp.GetRequiredService<PluginHost>(),
            sp.GetRequiredService<PluginNode>(),
            sp.GetRequiredService<FileStore>(),
            sp.GetRequiredService<ValueBlobs>(),
            sp.GetRequiredService<SentRequests>(),
            sp.GetRequiredService<SharedThrottles>(),
            sp.GetRequiredService<TaskStore>(),
            sp.GetRequiredService<IOptions<RunOptions>>().Value,
            sp.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SharedThrottles>();
        services.AddSingleton<RunExecutor>();

        // What starts runs by itself.
        services.AddOptions<TriggerOptions>().Bind(configuration.GetSection(TriggerOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TriggerStore>();
        services.AddSingleton<LimitedStarts>();
        services.AddSingleton(sp => new MqttServices(
            sp.GetRequiredService<Database>(),
            sp.GetRequiredService<TriggerStore>(),
            sp.GetRequiredService<ScenarioTriggers>(),
            sp.GetRequiredService<IOrganizationSessions>(),
            sp.GetRequiredService<RunExecutor>(),
            sp.GetRequiredService<ISecretStore>(),
            sp.GetRequiredService<IOptions<MqttOptions>>().Value,
            sp.GetRequiredService<IMqttConnections>(),
            sp.GetRequiredService<IOptions<TriggerOptions>>().Value,
            sp.GetRequiredService<IOptions<RunOptions>>().Value,
            sp.GetRequiredService<OutageLog>(),
            sp.GetRequiredService<TimeProvider>(),
            sp.GetRequiredService<ILogger<MqttSubscriber>>()));
        services.AddSingleton(sp => new ScenarioTriggers(
            sp.GetRequiredService<TriggerStore>(),
            sp.GetRequiredService<ScenarioLibrary>(),
            sp.GetRequiredService<WorkQueue>(),
            sp.GetRequiredService<RunExecutor>(),
            sp.GetRequiredService<LimitedStarts>(),
            sp.GetRequiredService<IOrganizationSessions>(),
            sp.GetRequiredService<ScenarioPauses>(),
            sp.GetRequiredService<UsageMeter>(),
            sp.GetRequiredService<IOptions<RunOptions>>(),
            sp.GetRequiredService<IOptions<TriggerOptions>>(),
            sp.GetRequiredService<TimeProvider>()));

        // Tasks of people.
        services.AddOptions<TaskOptions>().Bind(configuration.GetSection(TaskOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TaskStore>();
        services.AddSingleton(sp => new HumanTasks(
            sp.GetRequiredService<TaskStore>(),
            sp.GetRequiredService<IPersonDirectory>(),
            sp.GetRequiredService<IOrganizationSessions>(),
            sp.GetRequiredService<RunInputs>(),
            sp.GetRequiredService<FileStore>(),
            sp.GetRequiredService<RunExecutor>(),
            sp.GetRequiredService<IOptions<TaskOptions>>(),
            sp.GetRequiredService<TimeProvider>()));
        services.AddSingleton(sp => new RunCoordinator(
            sp.GetRequiredService<ScenarioLibrary>(),
            sp.GetRequiredService<DefinitionCache>(),
            sp.GetRequiredService<RunInputs>(),
            sp.GetRequiredService<RunExecutor>(),
            sp.GetRequiredService<RunServices>(),
            sp.GetRequiredService<WorkQueue>(),
            sp.GetRequiredService<ScenarioPauses>(),
            sp.GetRequiredService<UsageMeter>(),
            sp.GetRequiredService<RunArchives>()));

        // What people hold, what an organization may use, and what becomes of finished runs.
        services.AddOptions<QuotaOptions>().Bind(configuration.GetSection(QuotaOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RetentionOptions>().Bind(configuration.GetSection(RetentionOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IDeletionHold>(sp => new HeldOrganizations(sp.GetRequiredService<LegalHolds>()));
        services.AddSingleton(sp => new OrganizationQuotas(sp.GetRequiredService<Database>(), sp.GetRequiredService<IOrganizationSessions>(), sp.GetRequiredService<IOptionsMonitor<QuotaOptions>>(), sp.GetRequiredService<TimeProvider>()));
        services.AddSingleton(sp => new UsageMeter(sp.GetRequiredService<Database>(), sp.GetRequiredService<OrganizationQuotas>(), sp.GetRequiredService<IOptions<RunOptions>>().Value, sp.GetRequiredService<OrganizationGate>(), sp.GetRequiredService<TimeProvider>()));
        services.AddSingleton(sp => new ScenarioPauses(sp.GetRequiredService<Database>(), sp.GetRequiredService<IOrganizationSessions>(), sp.GetRequiredService<TimeProvider>()));
        services.AddSingleton(sp => new RunArchives(sp.GetRequiredService<Database>()));
        services.AddSingleton(sp => new LegalHolds(sp.GetRequiredService<Database>(), sp.GetRequiredService<IOrganizationSessions>(), sp.GetRequiredService<TimeProvider>()));
        services.AddSingleton(sp => new RunControls(
            sp.GetRequiredService<RunCoordinator>(),
            sp.GetRequiredService<RunExecutor>(),
            sp.GetRequiredService<RunServices>(),
            sp.GetRequiredService<IOrganizationSessions>(),
            sp.GetRequiredService<ScenarioLibrary>(),
            sp.GetRequiredService<ScenarioPauses>()));

        services.AddSingleton(sp => new RunRepairs(
            sp.GetRequiredService<RunCoordinator>(),
            sp.GetRequiredService<ScenarioLibrary>(),
            sp.GetRequiredService<RunExecutor>(),
            sp.GetRequiredService<RunServices>(),
            sp.GetRequiredService<RunInputs>()));

        // Requests that scenarios serve and send.
        services.AddOptions<HttpOptions>().Bind(configuration.GetSection(HttpOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<HttpRoutes>();
        services.AddSingleton<WaitingEndpoints>();
        services.AddSingleton<RepeatedRequests>();
        services.AddSingleton<RequestServer>();
        services.AddSingleton<SentRequests>();
        services.AddStorageModel(Declare);

        // In this order: commands are known before runs send them, and a run is only taken up when its components are there.
        CommandSetup.Add(services);
        services.AddHostedService<BundledPlugins>();
        services.AddHostedService(sp => sp.GetRequiredService<PluginNode>());
        services.AddSingleton<ScenarioOffers>();
        services.AddHostedService<BundledScenarios>();
        services.AddHostedService<RunNode>();
        services.AddHostedService<RunListener>();
        services.AddSingleton<RetentionPass>();
        services.AddHostedService<PauseClock>();
        services.AddHostedService<UsageClock>();
        services.AddHostedService<RetentionClock>();
        services.AddHostedService<TaskReminders>();
        services.AddHostedService<TriggerClock>();
        services.AddHostedService<FolderWatch>();
        services.AddHostedService<MqttSubscriber>();
        services.Configure<FailureStatusOptions>(statuses => statuses
            .Map(StatusCodes.Status404NotFound, "IB3001", "IB3005", "IB3012", "IB3030", "IB3033", "IB3039", "IB3050", "IB3070", "IB3106", "IB3122", "IB3123", "IB3140", "IB3143", "IB3162", "IB5001", "IB5020", "IB5040")
            .Map(StatusCodes.Status403Forbidden, "IB3072", "IB3074")
            .Map(StatusCodes.Status405MethodNotAllowed, "IB3051")
            .Map(StatusCodes.Status409Conflict, "IB3002", "IB3007", "IB3014", "IB3023", "IB1012", "IB1027", "IB1151", "IB3031", "IB3032", "IB3034", "IB3035", "IB3036", "IB3037", "IB3038", "IB3040", "IB3052", "IB3059", "IB3071", "IB3075", "IB3080", "IB3081", "IB3082", "IB3085", "IB3120", "IB3121", "IB3124", "IB3125", "IB3126", "IB3130", "IB3131", "IB3132", "IB3133", "IB3141", "IB3161", "IB3163", "IB5003", "IB5005", "IB5006", "IB5009", "IB5029", "IB5042", "IB5044", "IB5045", "IB5051")
            .Map(StatusCodes.Status400BadRequest, "IB3004", "IB3009", "IB3010", "IB3026", "IB3054", "IB3057", "IB2020", "IB2021", "IB5008", "IB5043")
            .Map(StatusCodes.Status429TooManyRequests, "IB3006", "IB3100", "IB3101", "IB3102", "IB3135", "IB3136", "IB3137")
            .Map(StatusCodes.Status503ServiceUnavailable, "IB3042")
            .Map(StatusCodes.Status413PayloadTooLarge, "IB3008", "IB3055", "IB3138", "IB5023")
            .Map(StatusCodes.Status410Gone, "IB3142")
            .Map(StatusCodes.Status415UnsupportedMediaType, "IB3019", "IB3056")
            .Map(StatusCodes.Status500InternalServerError, "IB3011", "IB3144", HttpFailures.RunFaulted));
        services.ConfigureHttpJsonOptions(o => Configure(o.SerializerOptions));
        return services;
    }

    /// <summary>Lets commands between nodes travel in Marten's transactions; given to <c>AddIndustryBrainStorage</c>.</summary>
    public static void Integrate(MartenServiceCollectionExtensions.MartenConfigurationExpression marten) => CommandSetup.Integrate(marten);

    /// <summary>What this room stores.</summary>
    private static void Declare(StorageModel model) => model
        .AddOrganizationDocument<ScenarioRecord>(d => d.UseOptimisticConcurrency(true))
        .AddOrganizationDocument<ScenarioVersion>()
        .AddOrganizationDocument<SampleFile>()
        .AddOrganizationDocument<PluginSettingsRecord>(d => d.UseOptimisticConcurrency(true))
        .AddOrganizationDocument<ConnectionRecord>(d => d.UseOptimisticConcurrency(true))
        .AddOrganizationDocument<DataKey>()
        .AddOrganizationDocument<DataSetRecord>()
        .AddOrganizationDocument<SecretRecord>(d => d.UseOptimisticConcurrency(true))
        .AddPlatformDocument<PluginInstallation>(d => d.UseOptimisticConcurrency(true))
        .AddMigration("runtime", 1, ReadScript("runtime-0001-runs.sql"))
        .AddMigration("runtime", 2, ReadScript("runtime-0002-tries.sql"))
        .AddMigration("runtime", 3, ReadScript("runtime-0003-commands.sql"))
        .AddMigration("runtime", 4, ReadScript("runtime-0004-purge.sql"))
        .AddMigration("runtime", 5, ReadScript("runtime-0005-plugins.sql"))
        .AddMigration("runtime", 6, ReadScript("runtime-0006-journal.sql"))
        .AddMigration("runtime", 7, ReadScript("runtime-0007-tasks.sql"))
        .AddMigration("runtime", 8, ReadScript("runtime-0008-triggers.sql"))
        .AddMigration("runtime", 9, ReadScript("runtime-0009-http.sql"))
        .AddMigration("runtime", 10, ReadScript("runtime-0010-incidents.sql"))
        .AddMigration("runtime", 11, ReadScript("runtime-0011-starts.sql"))
        .AddMigration("runtime", 12, ReadScript("runtime-0012-environments.sql"))
        .AddMigration("runtime", 13, ReadScript("runtime-0013-keeping.sql"))
        .AddMigration("runtime", 14, ReadScript("runtime-0014-quotas.sql"))
        .AddMigration("runtime", 15, ReadScript("runtime-0015-secrets.sql"))
        .AddMigration("runtime", 16, ReadScript("runtime-0016-data-sets.sql"));

    private static EngineLimits Limits(RunOptions options) => new() { MaxSteps = options.MaxSteps, MaxHeldBytes = options.MaxHeldBytes };

    private static string ReadScript(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static void Configure(JsonSerializerOptions json)
    {
        json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
    }
}
