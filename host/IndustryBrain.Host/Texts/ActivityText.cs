using IndustryBrain.Sdk;

namespace IndustryBrain.Host.Texts;

/// <summary>Names of steps that the scenario left unnamed: what the step does, in place of the engine's word for it.</summary>
internal static class ActivityText
{
    private static readonly Dictionary<string, LocalizedText> Names = new(StringComparer.Ordinal)
    {
        ["Sequence"] = new("依次执行", "Sequence"),
        ["Flowchart"] = new("流程图", "Flowchart"),
        ["Parallel"] = new("并行", "Parallel"),
        ["If"] = new("判断", "Decide"),
        ["FlowDecision"] = new("判断", "Decide"),
        ["Switch"] = new("多路判断", "Choose a branch"),
        ["FlowSwitch"] = new("多路判断", "Choose a branch"),
        ["FlowFork"] = new("分成几路", "Fork"),
        ["FlowJoin"] = new("汇合", "Join"),
        ["For"] = new("循环", "Repeat"),
        ["ForEach"] = new("逐项处理", "For each item"),
        ["ParallelForEach"] = new("逐项并行", "For each item, in parallel"),
        ["While"] = new("条件循环", "Repeat while"),
        ["Break"] = new("跳出循环", "Leave the loop"),
        ["SetVariable"] = new("记下数值", "Set a value"),
        ["SetOutput"] = new("给出结果", "Set the output"),
        ["SetName"] = new("给运行命名", "Name the run"),
        ["Correlate"] = new("设置关联号", "Correlate"),
        ["WriteLine"] = new("写一行文字", "Write a line"),
        ["Fault"] = new("中止并报错", "Stop with a failure"),
        ["Finish"] = new("结束", "Finish"),
        ["Complete"] = new("完成", "Complete"),
        ["End"] = new("结束", "End"),
        ["Start"] = new("开始", "Start"),
        ["Delay"] = new("等一段时间", "Wait a while"),
        ["StartAt"] = new("等到指定时间", "Wait until"),
        ["Timer"] = new("定时", "Timer"),
        ["Cron"] = new("按计划", "On schedule"),
        ["Event"] = new("等待事件", "Wait for an event"),
        ["PublishEvent"] = new("发出事件", "Send an event"),
        ["MqttMessage"] = new("收到 MQTT 消息", "An MQTT message comes"),
        ["FileArrived"] = new("文件到达", "A file arrives"),
        ["RunEnded"] = new("另一场景的运行结束", "A run of another scenario ends"),
        ["RunTask"] = new("等待任务", "Wait for a task"),
        ["DispatchWorkflow"] = new("启动另一场景", "Start another scenario"),
        ["ExecuteWorkflow"] = new("运行另一场景", "Run another scenario"),
        ["RunJavaScript"] = new("执行脚本", "Run a script"),
        ["Inline"] = new("执行脚本", "Run a script"),
    };

    /// <summary>The step's own name, or what an activity of its type does.</summary>
    internal static LocalizedText NameOf(LocalizedText name, string type)
    {
        var word = type[(type.LastIndexOf('.') + 1)..];
        return name.Zh == word && name.En == word && Names.TryGetValue(word, out var known) ? known : name;
    }
}
