using System.Text.Json;

namespace IndustryBrain.Runtime.Runs;

/// <summary>What is done about a run that broke.</summary>
public sealed record RunRepair
{
    /// <summary>retry, skip or move.</summary>
    public required string Kind { get; init; }

    /// <summary>The steps that broke, each by its id or by the id of its activity or node; none for all.</summary>
    public IReadOnlyList<string> Steps { get; init => field = value ?? []; } = [];

    /// <summary>skip: the outputs of the step, an object; none for no outputs.</summary>
    public JsonElement? Outputs { get; init; }

    /// <summary>skip: the outcomes by which the run goes on; none for the plain Done.</summary>
    public IReadOnlyList<string> Outcomes { get; init => field = value ?? []; } = [];

    /// <summary>move: the published version in which the run goes on.</summary>
    public int? Version { get; init; }

    /// <summary>move: activities that have another id there, old to new.</summary>
    public IReadOnlyDictionary<string, string> Nodes { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>What the person says to it, or null.</summary>
    public string? Comment { get; init; }
}

/// <summary>The kinds of a repair.</summary>
public static class RepairKinds
{
    /// <summary>What broke is tried again.</summary>
    public const string Retry = "retry";

    /// <summary>The step ends with the outputs that somebody gives.</summary>
    public const string Skip = "skip";

    /// <summary>The run goes on in another version, where what broke is tried again.</summary>
    public const string Move = "move";

    internal static readonly string[] All = [Retry, Skip, Move];
}
