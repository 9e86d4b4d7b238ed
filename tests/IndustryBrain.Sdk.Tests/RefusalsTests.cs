namespace IndustryBrain.Sdk.Tests;

public sealed class RefusalsTests
{
    [Theory]
    [InlineData("[0, 1]", "「alpha」为 2，应在 [0, 1] 之内。", "“alpha” is 2; it must lie within [0, 1].", "请改为 [0, 1] 之内的值。")]
    [InlineData("≤ 1", "「alpha」为 2，应 ≤ 1。", "“alpha” is 2; it must be ≤ 1.", "请改为 ≤ 1 的值。")]
    public void Range_IntervalOrBound_ReadsAsASentence(string allowed, string zh, string en, string action)
    {
        var failure = Refusals.Range("alpha", 2, allowed);

        Assert.Equal(("IB7105", zh, en, action), (failure.Code, failure.Message.Zh, failure.Message.En, failure.Action?.Zh));
    }
}
