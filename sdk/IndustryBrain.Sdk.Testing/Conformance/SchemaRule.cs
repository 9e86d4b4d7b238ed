using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Sdk.Schemas;

namespace IndustryBrain.Sdk.Testing.Conformance;

/// <summary>What is read is what was written, and fits the schema.</summary>
internal static class SchemaRule
{
    public static async Task CheckAsync(Subject subject, CancellationToken ct)
    {
        foreach (var input in subject.Inputs)
        {
            Examples(subject, input);
            if (JsonDifference.Lost(input, Again(subject, input, subject.InputType, "输入", "input")) is { } lost)
            {
                throw new ConformanceException(
                    new($"{subject.Id} 的输入经 JSON 往返后丢失或改变了 {lost}。", $"The input of {subject.Id} loses or changes {lost} on its way through JSON."),
                    new($"请让 {subject.InputType.Name} 的构造函数参数与属性一一对应，或从示例中去掉多余的成员。", $"Let the constructor of {subject.InputType.Name} take each property, or take members that it does not have out of the example."));
            }

            if (!(await subject.CallAsync(input, ct).ConfigureAwait(false)).Result.TryGet(out var output, out _))
            {
                continue;
            }

            if (JsonDifference.Of(output, Again(subject, output, subject.OutputType, "输出", "output")) is { } different)
            {
                throw new ConformanceException(
                    new($"{subject.Id} 的输出经 JSON 往返后 {different}。", $"The output of {subject.Id} differs after its way through JSON: {different}."),
                    new($"请让 {subject.OutputType.Name} 的每个属性都能从构造函数或 init 取回。", $"Let each property of {subject.OutputType.Name} be set by its constructor or by init."));
            }
        }
    }

    private static void Examples(Subject subject, JsonElement input)
    {
        if (!subject.InputSchema.TryGetProperty("properties", out var members))
        {
            return;
        }

        foreach (var member in members.EnumerateObject())
        {
            foreach (var example in member.Value.TryGetProperty("examples", out var examples) ? examples.EnumerateArray() : default)
            {
                var changed = JsonSerializer.SerializeToNode(input)!.AsObject();
                changed[member.Name] = JsonSerializer.SerializeToNode(example);
                if (InputCheck.Of(JsonSerializer.SerializeToElement(changed), Contract.Of(subject.InputType)) is { } failure)
                {
                    throw new ConformanceException(
                        new($"{subject.Id} 的输入 {member.Name} 的示例 {Subject.Shown(example)} 不符合自己的模式：{failure.Message.Zh}", $"The example {Subject.Shown(example)} of the input {member.Name} of {subject.Id} does not fit its own schema: {failure.Message.En}"),
                        new("请改正该 [Example]。", "Correct that [Example]."));
                }
            }
        }
    }

    private static JsonElement Again(Subject subject, JsonElement json, Type type, string zh, string en)
    {
        string why;
        try
        {
            if (InputCheck.Of(json, Contract.Of(type)) is not { } failure)
            {
                return JsonSerializer.SerializeToElement(json.Deserialize(type, ComponentJson.Options), type, ComponentJson.Options);
            }

            why = $"{failure.Code} {failure.Message.En}";
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            why = e.Message;
        }

        throw new ConformanceException(
            new($"{subject.Id} 的{zh} {Subject.Shown(json)} 不能读作 {type.Name}：{why}。", $"The {en} {Subject.Shown(json)} of {subject.Id} cannot be read as {type.Name}: {why}."),
            new("请用记录，并让值落在 [Range]、[MinLength] 之内。", "Use a record, with values within its [Range] and [MinLength]."));
    }
}
