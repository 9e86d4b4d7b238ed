using Cronos;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Definitions.Reading;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Definitions;

/// <summary>What lets a trigger start a run.</summary>
public enum TriggerKind
{
    /// <summary>Every so often.</summary>
    Timer,

    /// <summary>By a calendar.</summary>
    Cron,

    /// <summary>Once.</summary>
    StartAt,

    /// <summary>When an event is published.</summary>
    Event,

    /// <summary>When an HTTP request comes.</summary>
    Http,

    /// <summary>When a message comes from a broker.</summary>
    Mqtt,

    /// <summary>When a file arrives in a folder.</summary>
    File,

    /// <summary>When a run of another scenario ends.</summary>
    Run,
}

/// <summary>What becomes of firings that nobody could see to in time.</summary>
public enum MissedFirings
{
    /// <summary>One run for all of them.</summary>
    Once,

    /// <summary>None.</summary>
    Skip,

    /// <summary>A run for each.</summary>
    All,
}

/// <summary>An activity that starts runs by itself, or waits for what arrives from outside: what can be told of it without a run.</summary>
/// <param name="NodeId">Its node.</param>
/// <param name="Id">Its id: that of the trigger.</param>
/// <param name="Kind">What lets it start a run.</param>
public sealed record TriggerNode(string NodeId, string Id, TriggerKind Kind)
{
    /// <summary>Time between two firings of a timer.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Calendar of six fields, the first of them seconds.</summary>
    public string? Cron { get; init; }

    /// <summary>The one moment.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>False when runs only wait in it for what arrives.</summary>
    public bool CanStart { get; init; } = true;

    /// <summary>From where something arrives: the connection, folder or scenario.</summary>
    public string? From { get; init; }

    /// <summary>What of it is meant: the filter of topics, the pattern of names or the outcome.</summary>
    public string? What { get; init; }

    /// <summary>Path of the member of what the trigger brings by which the same is recognised when it comes again: <c>customProperties.repeatKey</c>; null for none.</summary>
    public string? RepeatKey { get; init; }

    /// <summary>Methods and path of requests.</summary>
    public string? Route { get; init; }

    /// <summary>Name of the event.</summary>
    public string? EventName { get; init; }

    /// <summary>IANA id of the time zone that the calendar is meant in: <c>customProperties.timeZone</c> of the activity. Default: UTC, as in Elsa.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>What becomes of missed firings: <c>customProperties.missed</c> of the activity, <c>once</c>, <c>skip</c> or <c>all</c>. Default: once.</summary>
    public MissedFirings Missed { get; init; }

    /// <summary>How many runs it may start at the same time and within a period; null for as many as come.</summary>
    public StartLimits? Limits { get; init; }

    /// <summary>The time or event as it is compared and shown; null when an expression gives it, or nothing does.</summary>
    public string? Said => Kind switch
    {
        TriggerKind.Timer => Interval?.ToString("c"),
        TriggerKind.Cron => Cron,
        TriggerKind.StartAt => At?.ToString("O"),
        TriggerKind.Http => Route,
        TriggerKind.Mqtt or TriggerKind.File or TriggerKind.Run => From is { Length: > 0 } from && What is { Length: > 0 } what ? ArrivalOf(Kind).Said(from, what) : null,
        _ => EventName,
    };

    /// <summary>The name of the event as which runs that wait hear of what arrives.</summary>
    /// <param name="kind">Mqtt, File or Run.</param>
    /// <param name="said"><see cref="Said"/> of the trigger.</param>
    public static string EventNameOf(TriggerKind kind, string said) => ArrivalOf(kind).EventName(said);

    private static Arrival ArrivalOf(TriggerKind kind) => kind == TriggerKind.Mqtt ? Arrival.Mqtt : kind == TriggerKind.File ? Arrival.File : Arrival.Run;

    /// <summary>The triggers of a definition, in document order: activities with <c>canStartWorkflow</c>, and those in which runs wait for what arrives from outside.</summary>
    public static IReadOnlyList<TriggerNode> Of(ScenarioDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return [.. definition.Activities.Where(n => n.CanStartWorkflow && n.Kind is (ActivityKind.Timer or ActivityKind.Cron or ActivityKind.StartAt or ActivityKind.Event) || Arrival.Of(n.Kind) is not null).Select(Read)];
    }

    /// <summary>The trigger that an HTTP endpoint is.</summary>
    public static TriggerNode Of(HttpEndpointNode endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new(endpoint.NodeId, endpoint.Id, TriggerKind.Http) { Route = $"{string.Join(',', endpoint.Methods)} {endpoint.Path}", Limits = endpoint.Limits };
    }

    /// <summary>What keeps the triggers of a definition from ever starting a run: IBS0075 to IBS0077, and what their limits cannot mean: IBS0095 and IBS0096.</summary>
    public static IEnumerable<Finding> Judge(ScenarioDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        foreach (var finding in definition.Activities.SelectMany(StartLimits.Judge))
            yield return finding;
        foreach (var trigger in Of(definition))
        {
            if (trigger.Kind is TriggerKind.Mqtt or TriggerKind.File or TriggerKind.Run)
            {
                if (ArrivalProblem(trigger, definition.DefinitionId) is { } wrong)
                    yield return wrong;
                continue;
            }

            if (trigger.Said is not { Length: > 0 } said || (trigger.Interval is { } interval && interval < ShortestInterval))
                yield return new Finding("IBS0075", FindingSeverity.Error, new("触发活动没有可以预先得知的时间或事件。", "The trigger has no time or event that can be told before a run."))
                {
                    NodeId = trigger.NodeId,
                    Where = trigger.NodeId,
                    Action = new("请填写固定值；间隔至少一秒。", "Give a fixed value; an interval is at least a second."),
                };
            else if (trigger.Kind == TriggerKind.Cron && CronTimes.Problem(said) is { } problem)
                yield return new Finding("IBS0076", FindingSeverity.Error, new($"Cron 表达式「{said}」无效：{problem}", $"The cron expression “{said}” is not valid: {problem}"))
                {
                    NodeId = trigger.NodeId,
                    Where = trigger.NodeId,
                    Action = new("请写六段，第一段是秒，例如 0 0 8 * * 1-5。", "Write six fields, the first of them seconds, such as 0 0 8 * * 1-5."),
                };
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(trigger.TimeZone, out _))
                yield return new Finding("IBS0077", FindingSeverity.Error, new($"没有时区「{trigger.TimeZone}」。", $"There is no time zone “{trigger.TimeZone}”."))
                {
                    NodeId = trigger.NodeId,
                    Where = trigger.NodeId,
                    Action = new("请使用 IANA 时区名，例如 Asia/Shanghai。", "Use an IANA name, such as Asia/Shanghai."),
                };
        }
    }

    /// <summary>The first firing after a moment; null when there is none, or the trigger does not go by time.</summary>
    /// <param name="kind">Timer, Cron or StartAt.</param>
    /// <param name="said"><see cref="Said"/> of a sound trigger.</param>
    /// <param name="timeZone">Its time zone.</param>
    /// <param name="after">The moment; of a timer the firing before.</param>
    public static DateTimeOffset? Next(TriggerKind kind, string said, string timeZone, DateTimeOffset after) => kind switch
    {
        TriggerKind.Timer => TimeSpan.Parse(said, System.Globalization.CultureInfo.InvariantCulture) is var interval && interval <= DateTimeOffset.MaxValue - after ? after + interval : null,
        TriggerKind.Cron => CronExpression.Parse(said, CronFormat.IncludeSeconds).GetNextOccurrence(after, TimeZoneInfo.FindSystemTimeZoneById(timeZone)),
        TriggerKind.StartAt => DateTimeOffset.Parse(said, System.Globalization.CultureInfo.InvariantCulture) is var at && at > after ? at : null,
        _ => null,
    };

    private static Finding? ArrivalProblem(TriggerNode trigger, string definitionId)
    {
        var arrival = ArrivalOf(trigger.Kind);
        if (trigger.From is not { Length: > 0 and <= LongestFrom } from || from.Any(char.IsControl) || (trigger.Kind != TriggerKind.Run && from.Contains(' ', StringComparison.Ordinal)))
            return NotArriving(trigger, arrival.From, new("须为固定的名称", "it is a fixed name"));
        if (trigger.What is not { Length: > 0 and <= LongestWhat } what || what.Any(char.IsControl))
            return NotArriving(trigger, arrival.What, new("须为固定的值", "it is a fixed value"));
        if (trigger.Kind == TriggerKind.Mqtt && !IsTopicFilter(what))
            return NotArriving(trigger, arrival.What, new("应为主题过滤器，+ 代表一级，末尾的 # 代表其余", "it is a topic filter, in which + stands for one level and # at the end for the rest"));
        if (trigger.Kind == TriggerKind.File && what.AsSpan().ContainsAny('/', '\\'))
            return NotArriving(trigger, arrival.What, new("应为文件名的模式，不含路径", "it is a pattern of names, without a path"));
        if (trigger.Kind == TriggerKind.Run && what.ToLowerInvariant() is not ("any" or "finished" or "faulted" or "cancelled"))
            return NotArriving(trigger, arrival.What, new("应为 any、finished、faulted 或 cancelled", "it is any, finished, faulted or cancelled"));
        return trigger.Kind == TriggerKind.Run && trigger.CanStart && from == definitionId
            ? new Finding("IBS0098", FindingSeverity.Error, new("运行结束会再次启动同一应用场景，没有尽头。", "The end of each run starts the same scenario again, without an end."))
            { NodeId = trigger.NodeId, Where = arrival.From, Action = new("请选择另一个应用场景。", "Choose another scenario.") }
            : null;
    }

    // Each level is +, a text without wildcards, or a # at the end.
    private static bool IsTopicFilter(string filter)
    {
        var levels = filter.Split('/');
        return levels.Index().All(l => l.Item == "+" || (l.Item == "#" && l.Index == levels.Length - 1) || !l.Item.AsSpan().ContainsAny('+', '#'));
    }

    private static Finding NotArriving(TriggerNode trigger, string where, Sdk.LocalizedText why) =>
        new("IBS0097", FindingSeverity.Error, new($"触发活动的「{where}」无效：{why.Zh}。", $"“{where}” of the trigger is not valid: {why.En}."))
        { NodeId = trigger.NodeId, Where = where, Action = new("请填写固定值：到来时还没有运行可以求值。", "Give a fixed value: when something arrives there is no run yet that could evaluate it.") };

    private const int LongestFrom = 200;
    private const int LongestWhat = 500;

    private static TimeSpan ShortestInterval { get; } = TimeSpan.FromSeconds(1);

    private static TriggerNode Read(ActivityNode node)
    {
        var inputs = new FixedInputs(node);
        ReadingContext.TryMember(node.Json, "customProperties", out var custom);
        var arrival = Arrival.Of(node.Kind);
        return new TriggerNode(node.NodeId, node.Id, arrival?.Kind ?? Enum.Parse<TriggerKind>(node.Kind.ToString()))
        {
            CanStart = node.CanStartWorkflow,
            From = arrival is null ? null : inputs.Find(arrival.From, TypeRef.String) as string,
            What = arrival is null ? null : inputs.Find(arrival.What, TypeRef.String) as string ?? (inputs.Open.Contains(arrival.What) ? null : arrival.What switch { "pattern" => "*", "outcome" => "any", _ => null }),
            RepeatKey = ReadingContext.Text(custom, "repeatKey") is { Length: > 0 } repeat ? repeat : null,
            Interval = node.Kind == ActivityKind.Timer ? inputs.Find("interval", TypeRef.TimeSpan) as TimeSpan? ?? (inputs.Open.Count == 0 ? TimeSpan.FromMinutes(1) : null) : null,
            Cron = node.Kind == ActivityKind.Cron ? inputs.Find("cronExpression", TypeRef.String) as string : null,
            At = node.Kind == ActivityKind.StartAt ? (inputs.Find("dateTime", new(ValueKind.DateTimeOffset)) as DateTimeOffset?)?.ToUniversalTime() : null,
            EventName = node.Kind == ActivityKind.Event ? inputs.Find("eventName", TypeRef.String) as string : null,
            TimeZone = ReadingContext.Text(custom, "timeZone") is { Length: > 0 } zone ? zone : "UTC",
            Missed = Enum.TryParse<MissedFirings>(ReadingContext.Text(custom, "missed"), ignoreCase: true, out var missed) && Enum.IsDefined(missed) ? missed : MissedFirings.Once,
            Limits = StartLimits.Read(node),
        };
    }
}
