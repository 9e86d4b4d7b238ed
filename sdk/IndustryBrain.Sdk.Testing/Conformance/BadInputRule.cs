using System.Text.Json;
using System.Text.RegularExpressions;
using IndustryBrain.Sdk.Schemas;

namespace IndustryBrain.Sdk.Testing.Conformance;

/// <summary>Input that does not fit is answered with codes.</summary>
internal static partial class BadInputRule
{
    private const int MostInputs = 600;

    public static async Task CheckAsync(Subject subject, CancellationToken ct)
    {
        var component = subject.Create();
        foreach (var input in subject.Inputs.SelectMany(good => BadInputs.Of(good, subject.InputSchema)).Take(MostInputs))
        {
            var call = await subject.CallAsync(component, subject.NewHost(), input, ct).ConfigureAwait(false);
            if (call.Failure is { } failure)
            {
                Judge(subject, input, failure);
            }
            else if (InputCheck.Of(call.Output, Contract.Of(subject.OutputType)) is { } misfit)
            {
                throw new ConformanceException(
                    new($"{subject.Id} 对输入 {Subject.Shown(input)} 的输出不符合自己的模式：{misfit.Message.Zh}", $"The output of {subject.Id} for the input {Subject.Shown(input)} does not fit its own schema: {misfit.Message.En}"),
                    new("请拒绝这样的输入，或放宽输出的 [Range]。", "Refuse such input, or widen the [Range] of the output."));
            }
        }
    }

    private static void Judge(Subject subject, JsonElement input, Failure failure)
    {
        var isCode = PlatformCode().IsMatch(failure.Code) || (PluginCode().IsMatch(failure.Code) && (subject.PluginId is not { } id || failure.Code.StartsWith(id + ":", StringComparison.Ordinal)));
        if (!isCode)
        {
            throw new ConformanceException(
                new($"{subject.Id} 对输入 {Subject.Shown(input)} 的失败代码「{failure.Code}」无效。", $"{subject.Id} refuses the input {Subject.Shown(input)} with “{failure.Code}”, which is no code."),
                new($"请用 Refusals，或 {subject.PluginId ?? "plugin-id"}:NAME 形式的代码。", $"Use Refusals, or a code of the form {subject.PluginId ?? "plugin-id"}:NAME."));
        }

        if (string.IsNullOrWhiteSpace(failure.Message?.Zh) || string.IsNullOrWhiteSpace(failure.Message.En))
        {
            throw new ConformanceException(
                new($"{subject.Id} 的失败 {failure.Code} 没有中英文两种说明（输入 {Subject.Shown(input)}）。", $"The failure {failure.Code} of {subject.Id} does not say in both languages what is wrong (input {Subject.Shown(input)})."),
                new("请写全 LocalizedText。", "Complete its LocalizedText."));
        }
    }

    [GeneratedRegex(@"^IB[SP]?[0-9]{4}\z")]
    private static partial Regex PlatformCode();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9.-]*:[A-Z][A-Z0-9_]*\z")]
    private static partial Regex PluginCode();
}
