using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Runtime.Quotas;

/// <summary>What each organization may use; section <c>Quotas</c> of the configuration, read again when it changes. 0 stands for no limit of this kind.</summary>
public sealed class QuotaOptions : IValidatableObject
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Quotas";

    /// <summary>Runs that all hosts together execute at the same time, in equal parts and at least one a host; more wait for their turn. Default 0: <c>Runs:MaxExecuting</c> a host.</summary>
    [Range(0, 1_000_000)]
    public int ConcurrentRuns { get; set; }

    /// <summary>Runs that have not ended, waiting and paused ones among them (IB3135). Default 0.</summary>
    [Range(0, 1_000_000_000)]
    public long OpenRuns { get; set; }

    /// <summary>Steps of all runs on one day (UTC), each attempt counted; then no run starts until the next (IB3136). Default 0.</summary>
    [Range(0, 1_000_000_000_000)]
    public long StepsPerDay { get; set; }

    /// <summary>Steps of one run, where that is less than <c>Runs:MaxSteps</c>. Default 0.</summary>
    [Range(0, 10_000_000)]
    public int StepsPerRun { get; set; }

    /// <summary>Bytes of the input of one run, where that is less than <c>Runs:InlineBytes</c> (IB3138). Default 0.</summary>
    [Range(0, 100 * 1024 * 1024)]
    public int PayloadBytes { get; set; }

    /// <summary>Bytes of files, journals of runs and archived runs (IB3137). Default 0.</summary>
    [Range(0, long.MaxValue)]
    public long StoredBytes { get; set; }

    /// <summary>Seconds between two counts of what is in use; in between a host counts what it starts itself. Default 10.</summary>
    [Range(1, 3600)]
    public int LookSeconds { get; set; } = 10;

    /// <summary>What differs for an organization, by its id; default none.</summary>
    public IDictionary<string, OrganizationQuota> Organizations { get; } = new Dictionary<string, OrganizationQuota>(StringComparer.Ordinal);

    /// <summary>True when what is in use limits nobody.</summary>
    internal bool IsOpen => Of("").IsOpen && Organizations.Keys.All(o => Of(o).IsOpen);

    /// <summary>What an organization may use.</summary>
    internal QuotaLimits Of(string organization)
    {
        var own = Organizations.TryGetValue(organization, out var found) ? found : null;
        return new(own?.ConcurrentRuns ?? ConcurrentRuns, own?.OpenRuns ?? OpenRuns, own?.StepsPerDay ?? StepsPerDay, own?.StepsPerRun ?? StepsPerRun, own?.PayloadBytes ?? PayloadBytes, own?.StoredBytes ?? StoredBytes);
    }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, quota) in Organizations)
        {
            List<ValidationResult> found = [];
            Validator.TryValidateObject(quota, new(quota), found, validateAllProperties: true);
            foreach (var wrong in found)
                yield return new($"{nameof(Organizations)}:{name}: {wrong.ErrorMessage}", [nameof(Organizations)]);
        }
    }
}

/// <summary>What differs for one organization; null for what holds for all.</summary>
public sealed class OrganizationQuota
{
    /// <summary>As <see cref="QuotaOptions.ConcurrentRuns"/>.</summary>
    [Range(0, 1_000_000)]
    public int? ConcurrentRuns { get; set; }

    /// <summary>As <see cref="QuotaOptions.OpenRuns"/>.</summary>
    [Range(0, 1_000_000_000)]
    public long? OpenRuns { get; set; }

    /// <summary>As <see cref="QuotaOptions.StepsPerDay"/>.</summary>
    [Range(0, 1_000_000_000_000)]
    public long? StepsPerDay { get; set; }

    /// <summary>As <see cref="QuotaOptions.StepsPerRun"/>.</summary>
    [Range(0, 10_000_000)]
    public int? StepsPerRun { get; set; }

    /// <summary>As <see cref="QuotaOptions.PayloadBytes"/>.</summary>
    [Range(0, 100 * 1024 * 1024)]
    public int? PayloadBytes { get; set; }

    /// <summary>As <see cref="QuotaOptions.StoredBytes"/>.</summary>
    [Range(0, long.MaxValue)]
    public long? StoredBytes { get; set; }
}
