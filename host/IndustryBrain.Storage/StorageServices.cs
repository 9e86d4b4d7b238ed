using IndustryBrain.Storage.Backups;
using IndustryBrain.Storage.Schema;
using IndustryBrain.Storage.Sessions;
using JasperFx;
using JasperFx.Events;
using JasperFx.MultiTenancy;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Weasel.Core;

namespace IndustryBrain.Storage;

/// <summary>Registers the storage.</summary>
public static class StorageServices
{
    /// <summary>Registers the Marten store, sessions, files and audit trail on an open database. Call it before every other room: its schema is created first, and it stops last.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">Section <c>Files</c> is read.</param>
    /// <param name="database">The open database; whoever opened it disposes it after the host.</param>
    /// <param name="marten">What another room adds to Marten's own registration, such as Wolverine's integration.</param>
    public static IServiceCollection AddIndustryBrainStorage(
        this IServiceCollection services,
        IConfiguration configuration,
        Database database,
        Action<MartenServiceCollectionExtensions.MartenConfigurationExpression>? marten = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(database);
        services.TryAddSingleton(TimeProvider.System);
        // Given as an instance: the container does not dispose it, since it must outlive every hosted service.
        services.AddSingleton(database);
        services.AddSingleton(provider =>
        {
            var model = new StorageModel();
            foreach (var contribution in provider.GetServices<StorageContribution>())
            {
                contribution.Apply(model);
            }

            return model;
        });
        services.AddOptions<FileStoreOptions>().Bind(configuration.GetSection(FileStoreOptions.Section)).Validate(o => o.MaxBytes >= 1, "Files:MaxBytes must be at least 1.").ValidateOnStart();
        services.AddSingleton<IOrganizationSessions, OrganizationSessions>();
        services.AddSingleton<FileStore>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<OrganizationData>();
        services.AddOptions<BackupOptions>().Bind(configuration.GetSection(BackupOptions.Section));
        services.TryAddSingleton<IReadOnlyCollection<KeptFolder>>([]);
        services.AddSingleton<Backup>();
        services.AddSingleton<IHostedService, SchemaStart>();

        var expression = services.AddMarten(provider => Build(provider, database));
        marten?.Invoke(expression);
        return services;
    }

    /// <summary>Declares what a room stores.</summary>
    public static IServiceCollection AddStorageModel(this IServiceCollection services, Action<StorageModel> declare) =>
        services.AddSingleton(new StorageContribution(declare));

    private static StoreOptions Build(IServiceProvider provider, Database database)
    {
        var options = new StoreOptions();
        options.Connection(database.DataSource);
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
        // The schema is applied once, at start, under a lock; afterwards nothing looks at the catalog again.
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.Advanced.Migrator.UseSchemaFingerprinting = true;
        options.Policies.AllDocumentsAreMultiTenanted();
        options.Events.TenancyStyle = TenancyStyle.Conjoined;
        options.Events.AppendMode = EventAppendMode.Quick;
        options.Events.TimeProvider = provider.GetRequiredService<TimeProvider>();
        options.Advanced.DefaultTenantUsageEnabled = false;
        options.DisableNpgsqlLogging = true;

        var model = provider.GetRequiredService<StorageModel>();
        model.Apply(options);
        options.Listeners.Add(new PlatformGuard(model));
        return options;
    }

    internal sealed record StorageContribution(Action<StorageModel> Apply);
}
