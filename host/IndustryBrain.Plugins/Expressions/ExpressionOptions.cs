using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Plugins.Expressions;

/// <summary>Where the expressions of organizations are evaluated.</summary>
public sealed class ExpressionOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Expressions";

    /// <summary>True to evaluate in the host's process, where a hostile expression can end it or fill its memory: only where all who write scenarios may do that anyway. Default false: each organization has a worker of its own.</summary>
    public bool InProcess { get; set; }

    /// <summary>Time for all expressions of one step in the worker, once it has started, after which it is ended; each language ends an expression before that. Default 20 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StepTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Workers at a time; beyond it the one that was idle longest ends. Default 32.</summary>
    [Range(1, 1_000)]
    public int MaxWorkers { get; set; } = 32;

    /// <summary>Workers that are kept ready for the next organization, beside those. Default 1, 0 for none.</summary>
    [Range(0, 16)]
    public int WarmWorkers { get; set; } = 1;

    /// <summary>Time without an expression after which a worker ends. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Memory of one worker in bytes, managed and native. Default 512 MB.</summary>
    [Range(256L << 20, 64L << 30)]
    public long MemoryBytes { get; set; } = 512L << 20;
}
