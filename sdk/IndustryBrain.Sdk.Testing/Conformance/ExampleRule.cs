namespace IndustryBrain.Sdk.Testing.Conformance;

/// <summary>The inputs are answered.</summary>
internal static class ExampleRule
{
    public static async Task CheckAsync(Subject subject, CancellationToken ct)
    {
        foreach (var input in subject.Inputs)
        {
            if ((await subject.CallAsync(input, ct).ConfigureAwait(false)).Failure is { } failure)
            {
                throw new ConformanceException(
                    new($"{subject.Id} 拒绝示例输入 {Subject.Shown(input)}：{failure.Code} {failure.Message.Zh}", $"{subject.Id} refuses the example input {Subject.Shown(input)}: {failure.Code} {failure.Message.En}"),
                    new("请用 [Example] 给每个输入合用的示例，或覆盖 Inputs；所用的文件、机密与应答在 Prepare 中准备。", "Give each input an [Example] that fits, or override Inputs; prepare the files, secrets and replies that it uses in Prepare."));
            }
        }
    }
}
