using System.Globalization;
using System.Text.Json;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>
/// A Throttle with a key, which all runs of an organization share, reaches the shell as a <see cref="ComponentCall"/> to <see cref="ComponentId"/>. Its input:
/// <c>{"key","limit","interval"}</c>, interval as a .NET time span. Its answer: <c>{"at"}</c>, the moment from which it may pass.
/// </summary>
public static class ThrottleCall
{
    /// <summary>What a call names in place of a component; no component can be called so.</summary>
    public const string ComponentId = "throttle";

    /// <summary>Reads the input of a call.</summary>
    public static (string Key, int Limit, TimeSpan Interval) Read(JsonElement input) =>
        (input.GetProperty("key").GetString()!, input.GetProperty("limit").GetInt32(), TimeSpan.ParseExact(input.GetProperty("interval").GetString()!, "c", CultureInfo.InvariantCulture));

    /// <summary>The answer to a call.</summary>
    public static JsonElement Answer(DateTimeOffset at) => ValueJson.Object([new("at", at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture))]);

    /// <summary>The moment that an answer names; null for none.</summary>
    internal static DateTimeOffset? At(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("at", out var at) && at.ValueKind == JsonValueKind.String && at.TryGetDateTimeOffset(out var moment) ? moment : null;

    /// <summary>The moment from which the next may pass; it is added to those before it.</summary>
    /// <param name="passes">When the last ones passed, or will, the oldest first; what counts no more is removed.</param>
    /// <param name="limit">How many may pass within an interval.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="now">The time.</param>
    public static DateTimeOffset Pass(Queue<DateTimeOffset> passes, int limit, TimeSpan interval, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(passes);
        while (passes.Count > limit || (passes.Count > 0 && passes.Peek() <= now - interval))
            passes.Dequeue();
        var at = passes.Count < limit ? now : passes.Dequeue() + interval;
        passes.Enqueue(at);
        return at;
    }
}
