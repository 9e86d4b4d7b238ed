using System.Globalization;
using IndustryBrain.Host.Pages.Runs;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Sdk;

namespace IndustryBrain.Web.Tests.Pages;

public sealed class WaitTextTests
{
    [Theory]
    [InlineData("Elsa.Event:Paid", "等待事件「Paid」", "Waits for the event “Paid”")]
    [InlineData("IndustryBrain.MqttMessage:plant line 1/+/state", "等待连接「plant」上「line 1/+/state」的 MQTT 消息", "Waits for an MQTT message on “line 1/+/state” of the connection “plant”")]
    [InlineData("IndustryBrain.FileArrived:inbox *.csv", "等待文件夹「inbox」中的文件「*.csv」", "Waits for a file “*.csv” in the folder “inbox”")]
    [InlineData("IndustryBrain.RunEnded:orders any", "等待应用场景「orders」的一次运行结束", "Waits for the end of a run of the scenario “orders”")]
    [InlineData("Elsa.RunTask", "等待 步骤", "Waits for Step")]
    public void Of_AStepThatWaits_SaysForWhat(string waitsFor, string zh, string en)
    {
        Assert.Equal(zh, In("zh-CN", () => WaitText.Of(Step(waitsFor, null), TimeProvider.System)));
        Assert.Equal(en, In("en-US", () => WaitText.Of(Step(waitsFor, null), TimeProvider.System)));
    }

    [Fact]
    public void Of_AThrottleOrATimer_SaysUntilWhen()
    {
        var due = new DateTimeOffset(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

        Assert.StartsWith("限速中", In("zh-CN", () => WaitText.Of(Step("IndustryBrain.Throttle", due), TimeProvider.System)), StringComparison.Ordinal);
        Assert.StartsWith("Held by a throttle until", In("en-US", () => WaitText.Of(Step("IndustryBrain.Throttle", due), TimeProvider.System)), StringComparison.Ordinal);
        Assert.StartsWith("Waits until", In("en-US", () => WaitText.Of(Step("Elsa.Delay", due), TimeProvider.System)), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AStartThatIsHeld_SaysWhy()
    {
        Assert.Contains("as many runs of the trigger go on as may", In("en-US", () => WaitText.Of(new HeldStart(null), TimeProvider.System)), StringComparison.Ordinal);
        Assert.Contains("限制了启动的频率", In("zh-CN", () => WaitText.Of(new HeldStart(new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero)), TimeProvider.System)), StringComparison.Ordinal);
    }

    private static StepView Step(string waitsFor, DateTimeOffset? due) =>
        new("1", "Workflow1:s", "Elsa.RunTask", new LocalizedText("步骤", "Step"), "control", "suspended", null, null, null, null, null, null, null, waitsFor, due);

    private static string In(string culture, Func<string> text)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = new CultureInfo(culture);
        try
        {
            return text();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
