using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Definitions.Reading;

namespace IndustryBrain.Scenarios.Definitions;

/// <summary>What becomes of a start while as many runs of its key go on as may.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StartPolicy>))]
public enum StartPolicy
{
    /// <summary>It starts: there is no such limit.</summary>
    Allow,

    /// <summary>It waits for its turn.</summary>
    Queue,

    /// <summary>There is no run for it.</summary>
    Drop,

    /// <summary>It takes the place of the runs before it, which are cancelled.</summary>
    CancelPrevious,
}

/// <summary>
/// How many runs a trigger may start at the same time and within a period: <c>customProperties</c> of its activity, <c>concurrency</c> (allow, queue, drop, cancelPrevious), <c>maxConcurrent</c>,
/// <c>concurrencyKey</c>, <c>rateLimit</c> and <c>ratePeriod</c>.
/// </summary>
public sealed record StartLimits
{
    /// <summary>Runs, or passes of a throttle, that may be let through within a period at most.</summary>
    public const int MostInPeriod = 10_000;

    /// <summary>The longest period.</summary>
    public static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(366);

    private const int MostConcurrent = 10_000;
    private const int LongestKey = 200;
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromSeconds(1);

    /// <summary>What becomes of a start that is one too many. Default: allow.</summary>
    public StartPolicy Policy { get; init; }

    /// <summary>Runs of one key that may go on at the same time, unless the policy is allow. Default 1.</summary>
    public int MaxConcurrent { get; init; } = 1;

    /// <summary>Path of the member of what the trigger brings whose value is the key, such as <c>content.orderId</c>; <c>correlationId</c> is the run's. Null, the default: all runs of the scenario have one key.</summary>
    public string? Key { get; init; }

    /// <summary>Runs of one key that may start within <see cref="RatePeriod"/>; null for no such limit.</summary>
    public int? RateLimit { get; init; }

    /// <summary>The period; null without <see cref="RateLimit"/>.</summary>
    public TimeSpan? RatePeriod { get; init; }

    /// <summary>The key of a start: a text of at most 200 characters, empty where what is brought has no such member.</summary>
    /// <param name="brought">What the trigger brings, or null.</param>
    /// <param name="correlationId">The run's correlation id, or null.</param>
    public string KeyOf(JsonElement? brought, string? correlationId)
    {
        if (Key is null)
            return "";
        var found = brought is { } payload ? Find(payload, Key) : null;
        var text = found ?? (Key == "correlationId" ? correlationId : null) ?? "";
        return text.Length <= LongestKey ? text : text[..(LongestKey - 64)] + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The text of a member by its path; null when there is none.</summary>
    /// <param name="value">Where to look.</param>
    /// <param name="path">Names of members, with points between.</param>
    public static string? Find(JsonElement value, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        foreach (var name in path.Split('.'))
        {
            if (!ReadingContext.TryMember(value, name, out value))
                return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            _ => value.GetRawText(),
        };
    }

    /// <summary>The limits of an activity; null when it has none.</summary>
    internal static StartLimits? Read(ActivityNode node)
    {
        ReadingContext.TryMember(node.Json, "customProperties", out var custom);
        var limits = new StartLimits
        {
            Policy = PolicyOf(custom) ?? StartPolicy.Allow,
            MaxConcurrent = NumberOf(custom, "maxConcurrent") is >= 1 and <= MostConcurrent and var most ? (int)most : 1,
            Key = ReadingContext.Text(custom, "concurrencyKey") is { Length: > 0 } key ? key : null,
            RateLimit = NumberOf(custom, "rateLimit") is >= 1 and <= MostInPeriod and var rate && PeriodOf(custom) is not null ? (int)rate : null,
            RatePeriod = NumberOf(custom, "rateLimit") is >= 1 and <= MostInPeriod ? PeriodOf(custom) : null,
        };
        return limits.Policy == StartPolicy.Allow && limits.RateLimit is null ? null : limits;
    }

    /// <summary>What cannot be meant: IBS0095 and IBS0096.</summary>
    internal static IEnumerable<Finding> Judge(ActivityNode node)
    {
        if (!node.CanStartWorkflow || !ReadingContext.TryMember(node.Json, "customProperties", out var custom))
            yield break;
        if (Has(custom, "concurrency") && PolicyOf(custom) is null)
            yield return Concurrency(node, "concurrency", new("应为 allow、queue、drop 或 cancelPrevious", "it is allow, queue, drop or cancelPrevious"));
        if (Has(custom, "maxConcurrent") && NumberOf(custom, "maxConcurrent") is not (>= 1 and <= MostConcurrent))
            yield return Concurrency(node, "maxConcurrent", new($"应为 1 至 {MostConcurrent} 的整数", $"it is a whole number from 1 to {MostConcurrent}"));
        if (Has(custom, "concurrencyKey") && (ReadingContext.Text(custom, "concurrencyKey") is not { Length: > 0 and <= LongestKey } key || key.Split('.').Any(string.IsNullOrWhiteSpace)))
            yield return Concurrency(node, "concurrencyKey", new("应为成员的路径，例如 content.orderId", "it is the path of a member, such as content.orderId"));
        if (Has(custom, "rateLimit") && NumberOf(custom, "rateLimit") is not (>= 1 and <= MostInPeriod))
            yield return Rate(node, "rateLimit", new($"应为 1 至 {MostInPeriod} 的整数", $"it is a whole number from 1 to {MostInPeriod}"));
        if (Has(custom, "ratePeriod") ? PeriodOf(custom) is null : Has(custom, "rateLimit"))
            yield return Rate(node, "ratePeriod", new("应为至少一秒、至多 366 天的时长，例如 00:01:00", "it is a time of at least a second and at most 366 days, such as 00:01:00"));
        else if (Has(custom, "ratePeriod") && !Has(custom, "rateLimit"))
            yield return Rate(node, "rateLimit", new("有周期而没有次数", "there is a period and no number"));
    }

    private static bool Has(JsonElement custom, string name) => ReadingContext.TryMember(custom, name, out var value) && value.ValueKind != JsonValueKind.Null;

    private static StartPolicy? PolicyOf(JsonElement custom) =>
        Enum.TryParse<StartPolicy>(ReadingContext.Text(custom, "concurrency"), ignoreCase: true, out var policy) && Enum.IsDefined(policy) && !char.IsAsciiDigit(ReadingContext.Text(custom, "concurrency")![0]) ? policy : null;

    private static long? NumberOf(JsonElement custom, string name) => !ReadingContext.TryMember(custom, name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number
        : value.ValueKind == JsonValueKind.String && long.TryParse(value.GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out number) ? number
        : null;

    private static TimeSpan? PeriodOf(JsonElement custom) =>
        TimeSpan.TryParse(ReadingContext.Text(custom, "ratePeriod"), CultureInfo.InvariantCulture, out var period) && period >= ShortestPeriod && period <= LongestPeriod ? period : null;

    private static Finding Concurrency(ActivityNode node, string where, Sdk.LocalizedText why) =>
        new("IBS0095", FindingSeverity.Error, new($"触发活动的并发限制「{where}」无效：{why.Zh}。", $"“{where}” of the trigger's limit of concurrent runs is not valid: {why.En}."))
        { NodeId = node.NodeId, Where = where, Action = new("请改正 customProperties 中的值，或去掉它。", "Correct the value in customProperties, or leave it out.") };

    private static Finding Rate(ActivityNode node, string where, Sdk.LocalizedText why) =>
        new("IBS0096", FindingSeverity.Error, new($"触发活动的频率限制「{where}」无效：{why.Zh}。", $"“{where}” of the trigger's rate limit is not valid: {why.En}."))
        { NodeId = node.NodeId, Where = where, Action = new("请同时给出 rateLimit 与 ratePeriod，例如 10 与 00:01:00。", "Give both rateLimit and ratePeriod, such as 10 and 00:01:00.") };
}
