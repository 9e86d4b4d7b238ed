using System.Globalization;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Capabilities;

/// <summary>Ids of what a step publishes or writes: the same in each attempt, so that it has its effect once.</summary>
internal static class StepId
{
    private const int MaxLength = 200;

    /// <summary>The id of something in the step with this key: the component's own, or its order in the call.</summary>
    public static string Of(string key, string? own, ref int last) => $"{key}/{own ?? Interlocked.Increment(ref last).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>IB1137 when a component's own id cannot be taken.</summary>
    public static Failure? Refuse(string? own) => own is null || (own.Length is > 0 and <= MaxLength && !own.Any(char.IsControl)) ? null
        : CapabilityFailures.RequestInvalid("id", new($"应为 1 到 {MaxLength} 个字符，不含控制字符", $"it must have 1 to {MaxLength} characters and none of control"));
}
