using System.Globalization;
using System.Text.Json;
using IndustryBrain.Cli.Repairing;
using IndustryBrain.Cli.Testing;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Controlling;

/// <summary>What a run waits for, in words: a line for each step that does, and for why it is held.</summary>
internal static class WaitWords
{
    private static readonly LocalizedText Paused = new("由 {0} 暂停", "Paused by {0}");
    private static readonly LocalizedText PausedUntil = new("由 {0} 暂停，到 {1}", "Paused by {0} until {1}");
    private static readonly LocalizedText Turn = new("排队等待：触发活动同时进行的运行已达上限", "Waits for its turn: as many runs of the trigger go on as may");
    private static readonly LocalizedText TurnAt = new("排队等待：触发活动限制了启动的频率，最早 {0}", "Waits for its turn: the trigger limits how often runs start, {0} at the earliest");
    private static readonly LocalizedText Throttle = new("限速中，{0} 起继续", "Held by a throttle until {0}");
    private static readonly LocalizedText Time = new("等到 {0}", "Waits until {0}");
    private static readonly LocalizedText Event = new("等待事件「{0}」", "Waits for the event “{0}”");
    private static readonly LocalizedText Message = new("等待连接「{0}」上「{1}」的 MQTT 消息", "Waits for an MQTT message on “{1}” of the connection “{0}”");
    private static readonly LocalizedText File = new("等待文件夹「{0}」中的文件「{1}」", "Waits for a file “{1}” in the folder “{0}”");
    private static readonly LocalizedText RunEnd = new("等待应用场景「{0}」的一次运行结束", "Waits for the end of a run of the scenario “{0}”");
    private static readonly LocalizedText Person = new("等待人员的决定", "Waits for the decision of people");
    private static readonly LocalizedText PersonUntil = new("等待人员的决定，到 {0}", "Waits for the decision of people, until {0}");
    private static readonly LocalizedText Request = new("等待 HTTP 请求", "Waits for an HTTP request");
    private static readonly LocalizedText Child = new("等待运行 {0}", "Waits for the run {0}");
    private static readonly LocalizedText Children = new("等待它启动的运行", "Waits for the runs that it started");
    private static readonly LocalizedText Task = new("等待外部任务", "Waits for a task outside");
    private static readonly LocalizedText Input = new("等待一行输入", "Waits for a line of input");
    private static readonly LocalizedText Other = new("等待 {0}", "Waits for {0}");

    /// <summary>The lines for a run as a host describes it.</summary>
    public static IEnumerable<string> Of(JsonElement run)
    {
        if (Member(run, "pause") is { } pause)
        {
            var by = Member(pause, "by") is { } actor ? RunsCommand.Text(actor, "name") : "";
            yield return RunsCommand.Text(pause, "until") is { Length: > 0 } until ? Fill(PausedUntil, by, Moment(until)) : Fill(Paused, by);
        }

        if (Member(run, "held") is { } held)
        {
            yield return RunsCommand.Text(held, "notBefore") is { Length: > 0 } at ? Fill(TurnAt, Moment(at)) : Turn.ToString();
        }

        if (!run.TryGetProperty("steps", out var steps) || steps.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var step in steps.EnumerateArray().Where(s => RunsCommand.Text(s, "waitsFor").Length > 0))
        {
            yield return $"{NodeNames.ActivityId(RunsCommand.Text(step, "nodeId"))}  {Of(RunsCommand.Text(step, "waitsFor"), step)}";
        }
    }

    private static string Of(string waits, JsonElement step)
    {
        var (kind, said) = waits.Split(':', 2) is [var name, var rest] ? (name, rest) : (waits, "");
        // From where, a blank, and what of it: a name of the first has no blank.
        var (from, what) = said.Split(' ', 2) is [var first, var second] ? (first, second) : (said, "");
        var due = RunsCommand.Text(step, "due") is { Length: > 0 } at ? Moment(at) : null;
        return kind switch
        {
            "IndustryBrain.Throttle" when due is not null => Fill(Throttle, due),
            "IndustryBrain.HumanTask" => due is null ? Person.ToString() : Fill(PersonUntil, due),
            _ when due is not null => Fill(Time, due),
            "Elsa.Event" => Fill(Event, said),
            "Elsa.HttpEndpoint" => Request.ToString(),
            "Elsa.RunTask" => Task.ToString(),
            "Elsa.ReadLine" => Input.ToString(),
            "Elsa.BulkDispatchWorkflows" => Children.ToString(),
            "Elsa.ExecuteWorkflow" or "Elsa.DispatchWorkflow" or "IndustryBrain.SubScenario" => RunsCommand.Text(step, "childRunId") is { Length: > 0 } child ? Fill(Child, child) : Children.ToString(),
            "IndustryBrain.MqttMessage" => Fill(Message, from, what),
            "IndustryBrain.FileArrived" => Fill(File, from, what),
            "IndustryBrain.RunEnded" => Fill(RunEnd, from),
            _ => Fill(Other, RunsCommand.Text(step, "type")),
        };
    }

    private static JsonElement? Member(JsonElement json, string name) => json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Object ? member : null;

    private static string Fill(LocalizedText text, params object[] values) => string.Format(CultureInfo.InvariantCulture, text.ToString(), values);

    private static string Moment(string at) => DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, out var moment) ? moment.ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture) : at;
}
