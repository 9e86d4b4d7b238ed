namespace IndustryBrain.Scenarios.Definitions.Model;

/// <summary>An activity that something from outside starts or resumes: it comes as an event whose name says from where and what.</summary>
/// <param name="Kind">The trigger.</param>
/// <param name="Activity">The activity.</param>
/// <param name="From">The input that says from where.</param>
/// <param name="What">The input that says what of it is meant.</param>
internal sealed record Arrival(TriggerKind Kind, ActivityKind Activity, string From, string What)
{
    public static Arrival Mqtt { get; } = new(TriggerKind.Mqtt, ActivityKind.MqttMessage, "connection", "topic");

    public static Arrival File { get; } = new(TriggerKind.File, ActivityKind.FileArrived, "folder", "pattern");

    public static Arrival Run { get; } = new(TriggerKind.Run, ActivityKind.RunEnded, "scenarioId", "outcome");

    public static Arrival? Of(ActivityKind kind) => kind switch
    {
        ActivityKind.MqttMessage => Mqtt,
        ActivityKind.FileArrived => File,
        ActivityKind.RunEnded => Run,
        _ => null,
    };

    /// <summary>From where and what, as triggers are found by it.</summary>
    public string Said(string from, string what) => $"{from} {(what.Length > 0 ? Activity == ActivityKind.RunEnded ? what.ToLowerInvariant() : what : Default)}";

    /// <summary>The name of the event.</summary>
    public string EventName(string from, string what) => EventName(Said(from, what));

    public string EventName(string said) => $"IndustryBrain.{Activity}:{said}";

    private string Default => Activity switch
    {
        ActivityKind.FileArrived => "*",
        ActivityKind.RunEnded => "any",
        _ => "",
    };
}
