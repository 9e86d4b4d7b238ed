using IndustryBrain.Host.Texts;
using IndustryBrain.Runtime.Runs;

namespace IndustryBrain.Host.Pages.Runs;

/// <summary>What a run waits for, in words.</summary>
internal static class WaitText
{
    /// <summary>What a suspended step waits for.</summary>
    internal static string Of(StepView step, TimeProvider time)
    {
        var waits = step.WaitsFor ?? "";
        var end = waits.IndexOf(':', StringComparison.Ordinal);
        var (kind, said) = end < 0 ? (waits, "") : (waits[..end], waits[(end + 1)..]);
        return (kind, step.Due) switch
        {
            ("IndustryBrain.Throttle", { } due) => PageText.WaitsForThrottle.Fill(TimeText.Absolute(due, time)),
            (_, { } due) => PageText.WaitsForTime.Fill(TimeText.Absolute(due, time)),
            ("Elsa.Event", _) => PageText.WaitsForEvent.Fill(said),
            ("IndustryBrain.MqttMessage", _) => PageText.WaitsForMessage.Fill(From(said), What(said)),
            ("IndustryBrain.FileArrived", _) => PageText.WaitsForFile.Fill(From(said), What(said)),
            ("IndustryBrain.RunEnded", _) => PageText.WaitsForRunEnd.Fill(From(said)),
            _ => PageText.WaitsFor.Fill(ActivityText.NameOf(step.Name, step.Type)),
        };
    }

    /// <summary>Why a run has not begun.</summary>
    internal static string Of(HeldStart held, TimeProvider time) =>
        held.NotBefore is { } at ? PageText.HeldUntil.Fill(TimeText.Absolute(at, time)) : PageText.HeldForTurn.ToString();

    // From where, a blank, and what of it: a name of the first has no blank.
    private static string From(string said) => said.Split(' ', 2)[0];

    private static string What(string said) => said.Split(' ', 2) is [_, var what] ? what : "";
}
