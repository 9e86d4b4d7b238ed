using System.Reflection;
using Marten;

namespace IndustryBrain.Storage;

/// <summary>What is stored, declared by the room that owns it: which documents belong to an organization, which to none, and tables of its own.</summary>
public sealed class StorageModel
{
    private readonly List<Action<StoreOptions>> _configure = [];
    private readonly HashSet<Type> _organization = [];
    private readonly HashSet<Type> _platform = [];
    private readonly List<SchemaMigration> _migrations = [];

    /// <summary>The one list of documents that belong to no organization, by full type name. Everything else is kept apart for each organization.</summary>
    public static IReadOnlyList<string> PlatformDocuments { get; } =
    [
        "IndustryBrain.Identity.Accounts.Account",
        "IndustryBrain.Identity.Keys.ApiKey",
        "IndustryBrain.Identity.Keys.ApiKeyUse",
        "IndustryBrain.Identity.Keys.ServiceAccount",
        "IndustryBrain.Identity.Organizations.Invitation",
        "IndustryBrain.Identity.Organizations.Membership",
        "IndustryBrain.Identity.Passkeys.Passkey",
        "IndustryBrain.Identity.Organizations.Organization",
        "IndustryBrain.Runtime.Plugins.PluginInstallation",
    ];

    internal StorageModel()
    {
        AddMigration("storage", 1, ReadScript("0001-audit.sql"));
        AddMigration("storage", 2, ReadScript("0002-files.sql"));
        AddMigration("storage", 3, ReadScript("0003-audit-chain.sql"));
        AddMigration("storage", 4, ReadScript("0004-audit-archive.sql"));
    }

    internal IReadOnlyCollection<Type> OrganizationTypes => _organization;

    internal IReadOnlyCollection<Type> PlatformTypes => _platform;

    internal IReadOnlyList<SchemaMigration> Migrations => _migrations;

    /// <summary>Declares a document that belongs to an organization.</summary>
    public StorageModel AddOrganizationDocument<T>(Action<MartenRegistry.DocumentMappingExpression<T>>? configure = null)
        where T : notnull
    {
        _organization.Add(typeof(T));
        _configure.Add(options =>
        {
            var mapping = options.Schema.For<T>().MultiTenanted();
            configure?.Invoke(mapping);
        });
        return this;
    }

    /// <summary>Declares a document that belongs to no organization; its type stands in <see cref="PlatformDocuments"/>.</summary>
    /// <exception cref="InvalidOperationException">The type is not on the list.</exception>
    public StorageModel AddPlatformDocument<T>(Action<MartenRegistry.DocumentMappingExpression<T>>? configure = null)
        where T : notnull
    {
        if (!PlatformDocuments.Contains(typeof(T).FullName))
        {
            throw new InvalidOperationException($"{typeof(T).FullName} is not on the list of documents that belong to no organization.");
        }

        _platform.Add(typeof(T));
        _configure.Add(options =>
        {
            var mapping = options.Schema.For<T>().SingleTenanted();
            configure?.Invoke(mapping);
        });
        return this;
    }

    /// <summary>Declares an event type; the tables of the event store exist once one is declared.</summary>
    public StorageModel AddEvent<T>()
        where T : class
    {
        _configure.Add(options => options.Events.AddEventType<T>());
        return this;
    }

    /// <summary>Adds projections and the like.</summary>
    public StorageModel Configure(Action<StoreOptions> configure)
    {
        _configure.Add(configure);
        return this;
    }

    /// <summary>Adds one step to the tables that a room keeps beside Marten's. Steps run once, in order; a step that was released is never changed.</summary>
    /// <param name="room">The room, such as <c>runtime</c>.</param>
    /// <param name="number">1, 2, 3 … within the room.</param>
    /// <param name="sql">The statements; they run in one transaction.</param>
    public StorageModel AddMigration(string room, int number, string sql)
    {
        var expected = _migrations.Count(m => m.Room == room) + 1;
        if (number != expected)
        {
            throw new InvalidOperationException($"Migration {number} of {room} is out of order; {expected} comes next.");
        }

        _migrations.Add(new(room, number, sql));
        return this;
    }

    internal void Apply(StoreOptions options)
    {
        foreach (var configure in _configure)
        {
            configure(options);
        }
    }

    private static string ReadScript(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    internal sealed record SchemaMigration(string Room, int Number, string Sql);
}
