using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Runtime.Tasks;

/// <summary>Limits and intervals of the tasks of people; section <c>Tasks</c> of the configuration.</summary>
public sealed class TaskOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Tasks";

    /// <summary>Seconds between two looks for tasks of which somebody has to be reminded. Default 10.</summary>
    [Range(1, 3600)]
    public int LookSeconds { get; set; } = 10;

    /// <summary>Characters of a comment. Default 4 000.</summary>
    [Range(1, 100_000)]
    public int MaxCommentLength { get; set; } = 4_000;

    /// <summary>Files of one comment or decision. Default 20.</summary>
    [Range(0, 1_000)]
    public int MaxFiles { get; set; } = 20;

    /// <summary>Votes, comments and delegations of one task. Default 500.</summary>
    [Range(1, 100_000)]
    public int MaxEntries { get; set; } = 500;

    /// <summary>Bytes of the data that a decision carries. Default 262 144.</summary>
    [Range(1024, 16_777_216)]
    public int MaxDataBytes { get; set; } = 262_144;

    /// <summary>Bytes of the body of a request about a task.</summary>
    internal int BodyBytes => MaxDataBytes + (MaxCommentLength * 6) + (MaxFiles * 64) + 4096;
}
