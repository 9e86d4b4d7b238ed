using System.Globalization;
using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;

namespace IndustryBrain.Scenarios.Definitions.Reading;

/// <summary>Reads <c>retry</c> and <c>timeout</c> in <c>customProperties.industryBrain</c> of an activity.</summary>
internal static class PolicyReader
{
    private static readonly string[] Known = ["attempts", "firstDelay", "factor", "maxDelay", "jitter", "errors"];

    /// <summary>The policy as far as it can be read; null for none.</summary>
    public static StepPolicy? Policy(JsonElement ours) => Read(ours, out _);

    /// <summary>The longest time of an attempt; null for none, or one that cannot be read.</summary>
    public static TimeSpan? Timeout(JsonElement ours) => Span(ours, "timeout") is { } span && span > TimeSpan.Zero && span <= StepPolicy.LongestDelay ? span : null;

    /// <summary>What is wrong with them: IBS0090 and IBS0091.</summary>
    public static IEnumerable<Finding> Judge(ActivityNode node)
    {
        if (!ReadingContext.TryMember(node.Json, "customProperties", out var custom) || !ReadingContext.TryMember(custom, "industryBrain", out var ours) || ours.ValueKind != JsonValueKind.Object)
            yield break;
        Read(ours, out var wrong);
        if (wrong is { } member)
            yield return DefinitionFindings.PolicyImpossible(member, node.NodeId);
        if (ReadingContext.TryMember(ours, "timeout", out var given) && given.ValueKind != JsonValueKind.Null && Timeout(ours) is null)
            yield return DefinitionFindings.TimeoutImpossible(node.NodeId);
    }

    private static StepPolicy? Read(JsonElement ours, out string? wrong)
    {
        wrong = null;
        if (!ReadingContext.TryMember(ours, "retry", out var retry) || retry.ValueKind == JsonValueKind.Null)
            return null;
        if (retry.ValueKind != JsonValueKind.Object)
        {
            wrong = "retry";
            return null;
        }

        var defaults = new StepPolicy();
        var policy = new StepPolicy
        {
            Attempts = Number(retry, "attempts", 1, StepPolicy.MostAttempts, defaults.Attempts, ref wrong) is var attempts && attempts == Math.Floor(attempts) ? (int)attempts : 1,
            FirstDelay = Delay(retry, "firstDelay", defaults.FirstDelay, ref wrong),
            Factor = Number(retry, "factor", 1, StepPolicy.MostFactor, defaults.Factor, ref wrong),
            MaxDelay = Delay(retry, "maxDelay", defaults.MaxDelay, ref wrong),
            Jitter = Number(retry, "jitter", 0, 1, defaults.Jitter, ref wrong),
            TakesAll = ReadingContext.Text(retry, "errors") == "all",
            Codes = Codes(retry, ref wrong),
        };
        if (attempts != Math.Floor(attempts))
            wrong ??= "attempts";
        if (policy.FirstDelay > policy.MaxDelay && ReadingContext.TryMember(retry, "firstDelay", out _))
            wrong ??= "maxDelay";
        wrong ??= retry.EnumerateObject().Select(m => m.Name).FirstOrDefault(n => !Known.Contains(n, StringComparer.OrdinalIgnoreCase));
        return policy;
    }

    private static double Number(JsonElement json, string name, double least, double most, double otherwise, ref string? wrong)
    {
        if (!ReadingContext.TryMember(json, name, out var value) || value.ValueKind == JsonValueKind.Null)
            return otherwise;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most)
            return number;
        wrong ??= name;
        return otherwise;
    }

    private static TimeSpan Delay(JsonElement json, string name, TimeSpan otherwise, ref string? wrong)
    {
        if (!ReadingContext.TryMember(json, name, out var value) || value.ValueKind == JsonValueKind.Null)
            return otherwise;
        if (Span(json, name) is { } span && span >= TimeSpan.Zero && span <= StepPolicy.LongestDelay)
            return span;
        wrong ??= name;
        return otherwise;
    }

    private static string[]? Codes(JsonElement json, ref string? wrong)
    {
        if (!ReadingContext.TryMember(json, "errors", out var errors) || errors.ValueKind == JsonValueKind.Null)
            return null;
        if (errors.ValueKind == JsonValueKind.String && errors.GetString() is "transient" or "all")
            return null;
        if (errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0 && errors.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String))
            return [.. errors.EnumerateArray().Select(e => e.GetString()!)];
        wrong ??= "errors";
        return null;
    }

    private static TimeSpan? Span(JsonElement json, string name) =>
        TimeSpan.TryParse(ReadingContext.Text(json, name), CultureInfo.InvariantCulture, out var span) ? span : null;
}
