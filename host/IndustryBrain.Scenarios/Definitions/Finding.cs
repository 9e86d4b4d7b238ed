using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Definitions;

/// <summary>One finding about a definition.</summary>
/// <param name="Rule">Stable id of the rule, <c>IBS####</c>.</param>
/// <param name="Severity">How severe it is.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
public sealed record Finding(string Rule, FindingSeverity Severity, LocalizedText Message)
{
    /// <summary>The node it concerns; null when it concerns the whole definition.</summary>
    public string? NodeId { get; init; }

    /// <summary>The member it concerns, such as an input's name; null when it concerns the whole node.</summary>
    public string? Where { get; init; }

    /// <summary>What to do about it; null when the message says it.</summary>
    public LocalizedText? Action { get; init; }
}
