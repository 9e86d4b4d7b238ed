using System.Reflection;
using IndustryBrain.Expressions;
using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Approvals;
using IndustryBrain.Identity.Auditing;
using IndustryBrain.Identity.Keys;
using IndustryBrain.Identity.Limits;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.People;
using IndustryBrain.Identity.Providers;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Mqtt;
using IndustryBrain.Plugins.Expressions;
using IndustryBrain.Plugins.Isolation;
using IndustryBrain.Runtime;
using IndustryBrain.Runtime.Connections;
using IndustryBrain.Runtime.DataSets;
using IndustryBrain.Runtime.Http;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Quotas;
using IndustryBrain.Runtime.Retention;
using IndustryBrain.Runtime.Secrets;
using IndustryBrain.Runtime.Seeding;
using IndustryBrain.Runtime.Tasks;
using IndustryBrain.Runtime.Triggers;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using IndustryBrain.Storage.Backups;

namespace IndustryBrain.Host.Startup;

/// <summary>The names that options may have. A name that is none would be passed over in silence, and the default would hold.</summary>
internal static class OptionNames
{
    // Their keys are not ours to list.
    private static readonly string[] Open = ["Logging:", "Kestrel:", "ConnectionStrings:", ProviderRegistry.Section + ":"];
    private static readonly string[] Short = ["data", "urls", "environment", "help", "version"];

    private static readonly Dictionary<string, Type> Sections = new(StringComparer.OrdinalIgnoreCase)
    {
        [StorageOptions.Section] = typeof(StorageOptions),
        [FileStoreOptions.Section] = typeof(FileStoreOptions),
        [BackupOptions.Section] = typeof(BackupOptions),
        [ProxyOptions.Section] = typeof(ProxyOptions),
        [AuditOptions.Section] = typeof(AuditOptions),
        [SignInOptions.Section] = typeof(SignInOptions),
        [PasswordPolicy.Section] = typeof(PasswordPolicy),
        [RateOptions.Section] = typeof(RateOptions),
        [RunOptions.Section] = typeof(RunOptions),
        [QuotaOptions.Section] = typeof(QuotaOptions),
        [RetentionOptions.Section] = typeof(RetentionOptions),
        [TriggerOptions.Section] = typeof(TriggerOptions),
        [TaskOptions.Section] = typeof(TaskOptions),
        [ApiKeyOptions.Section] = typeof(ApiKeyOptions),
        [OrganizationOptions.Section] = typeof(OrganizationOptions),
        [DutyOptions.Section] = typeof(DutyOptions),
        [DirectoryOptions.Section] = typeof(DirectoryOptions),
        [HttpOptions.Section] = typeof(HttpOptions),
        [LibraryOptions.Section] = typeof(LibraryOptions),
        [PluginOptions.Section] = typeof(PluginOptions),
        [WorkerOptions.Section] = typeof(WorkerOptions),
        [ExpressionOptions.Section] = typeof(ExpressionOptions),
        [ExpressionLimits.Section] = typeof(ExpressionLimits),
        [CapabilityOptions.Section] = typeof(CapabilityOptions),
        [MqttOptions.Section] = typeof(MqttOptions),
        [SecretOptions.Section] = typeof(SecretOptions),
        [ConnectionOptions.Section] = typeof(ConnectionOptions),
        [DataSetOptions.Section] = typeof(DataSetOptions),
        [SeedOptions.Section] = typeof(SeedOptions),
    };

    /// <summary>Each option of ours with the type of its value.</summary>
    internal static IEnumerable<(string Name, Type Type)> Known => Sections.SelectMany(s => s.Value.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => ($"{s.Key}:{p.Name}", p.PropertyType)));

    private static readonly HashSet<string> Ours = new(Known.Select(k => k.Name).Append(ProviderRegistry.Section), StringComparer.OrdinalIgnoreCase);

    internal static bool IsKnown(string name) => Short.Contains(name, StringComparer.OrdinalIgnoreCase) || Ours.Contains(name) || Ours.Contains(ListOf(name))
        || Open.Any(section => name.Length > section.Length && name.StartsWith(section, StringComparison.OrdinalIgnoreCase));

    // A list has its items under numbers: Http:AllowedHosts:0.
    private static string ListOf(string name) => name.LastIndexOf(':') is > 0 and var colon && int.TryParse(name.AsSpan(colon + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _) ? name[..colon] : name;

    /// <summary>The known option whose name is nearest to a mistyped one; null when none is near.</summary>
    internal static string? Nearest(string name)
    {
        var wanted = name.TrimStart('-', '/').Replace("__", ":", StringComparison.Ordinal).ToUpperInvariant();
        var (nearest, distance) = Short.Concat(Ours).Append("ConnectionStrings:IndustryBrain")
            .Select(known => (known, Distance(wanted, known.ToUpperInvariant())))
            .MinBy(found => found.Item2);
        return distance <= Math.Max(2, wanted.Length / 3) ? "--" + nearest : null;
    }

    /// <summary>IB0911 when a section of ours has a key that is no option, whoever set it: environment, file or command line.</summary>
    internal static Failure? FindUnknown(IConfiguration configuration) => Sections.Keys
        .SelectMany(section => configuration.GetSection(section).GetChildren())
        .Where(key => !Ours.Contains(key.Path))
        .Select(key => HostFailures.OptionUnknown(key.Path, Nearest(key.Path)))
        .FirstOrDefault();

    // Levenshtein's: insertions, deletions and replacements between two names.
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var (diagonal, left) = (row[0], i);
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                left = Math.Min(Math.Min(left, row[j]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], left);
            }
        }

        return row[to.Length];
    }
}
