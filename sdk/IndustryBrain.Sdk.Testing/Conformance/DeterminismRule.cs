using System.Globalization;
using System.Text.Json;

namespace IndustryBrain.Sdk.Testing.Conformance;

/// <summary>Equal input gives equal output, where that is declared.</summary>
internal static class DeterminismRule
{
    // Cultures that write numbers, letters and days otherwise, and a clock that shows another time.
    private static readonly (CultureInfo Culture, TimeSpan Later)[] Circumstances =
        [(CultureInfo.InvariantCulture, TimeSpan.Zero), (Culture("de-DE"), TimeSpan.Zero), (Culture("tr-TR"), TimeSpan.FromDays(400.3)), (Culture("zh-CN"), TimeSpan.FromDays(-4000))];

    public static async Task CheckAsync(Subject subject, CancellationToken ct)
    {
        if (!subject.Declared.IsDeterministic)
        {
            return;
        }

        foreach (var input in subject.Inputs)
        {
            var first = await subject.CallAsync(input, ct).ConfigureAwait(false);
            foreach (var (culture, later) in Circumstances)
            {
                var found = await InAsync(subject, input, culture, later, ct).ConfigureAwait(false);
                if (CallOutcome.Difference(first, found, isDeterministic: true) is { } different)
                {
                    var when = $"{(culture.Name.Length == 0 ? "invariant" : culture.Name)}, {later.TotalDays:+0;-0;0} d";
                    throw new ConformanceException(
                        new($"{subject.Id} 声明相同输入得到相同结果，却不然（{when}）：{different}。", $"{subject.Id} declares that equal input gives equal output, but it does not ({when}): {different}."),
                        new("请把时间与种子作为输入，按 CultureInfo.InvariantCulture 读写，不依赖随机与遍历次序；否则声明 IsDeterministic = false。", "Take time and seed from the input, read and write with CultureInfo.InvariantCulture, do without randomness and the order of sets; else declare IsDeterministic = false."));
                }
            }
        }
    }

    // A machine without the data of cultures has the invariant one alone.
    private static CultureInfo Culture(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture;
        }
    }

    // The culture flows with the call and ends with this method.
    private static async Task<ComponentCall> InAsync(Subject subject, JsonElement input, CultureInfo culture, TimeSpan later, CancellationToken ct)
    {
        CultureInfo.CurrentCulture = culture;
        CultureInfo.CurrentUICulture = culture;
        return await subject.CallAsync(subject.Create(), subject.NewHost(host => host.Time = new ShiftedTime(later)), input, ct).ConfigureAwait(false);
    }

    private sealed class ShiftedTime(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + later;
    }
}
