using System.Text;
using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Runtime.Tests;

/// <summary>A number.</summary>
public sealed record Number([property: Label("值", "Value")] double Value, [property: Label("门", "Gate")] string? Gate = null);

/// <summary>A file.</summary>
public sealed record Document([property: Label("文件", "File")] FileReference File);

/// <summary>A text.</summary>
public sealed record Text([property: Label("文本", "Text")] string Value);

/// <summary>Doubles a number; free of side effects.</summary>
[Component("probe.double", Zh = "加倍", En = "Double", DescriptionZh = "加倍。", DescriptionEn = "Doubles.")]
public sealed class Double : ToolComponent<Number, Number>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<Number>> RunAsync(Number input, ComponentContext context, CancellationToken cancellationToken)
    {
        context.Report(0.5, new("一半", "half"));
        await Gate.PassAsync(input.Gate ?? "", context.IdempotencyKey, cancellationToken);
        return input.Value < 0 ? Refusals.Range("value", input.Value, "[0, ∞)") : input with { Value = input.Value * 2 };
    }
}

/// <summary>Touches the outside world.</summary>
[Component("probe.effect", Zh = "外部动作", En = "Effect", DescriptionZh = "外部动作。", DescriptionEn = "An effect.", HasSideEffects = true)]
public sealed class Effect : ToolComponent<Number, Number>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<Number>> RunAsync(Number input, ComponentContext context, CancellationToken cancellationToken)
    {
        await Gate.PassAsync(input.Gate ?? "", context.IdempotencyKey, cancellationToken);
        return input;
    }
}

/// <summary>Fails as often as its gate says: for good when the number is negative.</summary>
[Component("probe.flaky", Zh = "时好时坏", En = "Flaky", DescriptionZh = "时好时坏。", DescriptionEn = "Fails at times.", HasSideEffects = true)]
public sealed class Flaky : ToolComponent<Number, Number>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<Number>> RunAsync(Number input, ComponentContext context, CancellationToken cancellationToken)
    {
        await Gate.PassAsync(input.Gate ?? "", context.IdempotencyKey, cancellationToken);
        return Gate.Fails(input.Gate ?? "") ? new Failure("probe:BUSY", new("忙。", "Busy.")) { IsTransient = input.Value >= 0 } : input;
    }
}

/// <summary>What is asked of a knowledge.</summary>
public sealed record FactQuestion(double Number);

/// <summary>Its answer.</summary>
public sealed record FactReply(KnowledgeAnswer<double> Number);

/// <summary>Asks another plugin's knowledge, and says which version answered.</summary>
[Component("probe.inquire", Zh = "询问", En = "Inquire", DescriptionZh = "询问知识。", DescriptionEn = "Asks a knowledge.")]
public sealed class Inquire : ToolComponent<Number, Text>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<Text>> RunAsync(Number input, ComponentContext context, CancellationToken cancellationToken) =>
        (await context.Knowledge.AskAsync<FactQuestion, FactReply>("versioned.fact", new(input.Value), cancellationToken)).TryGet(out var reply, out var failure) ? new Text(reply.Origin.Version) : failure;
}

/// <summary>Reads a file.</summary>
[Component("probe.read", Zh = "读取", En = "Read", DescriptionZh = "读取文件。", DescriptionEn = "Reads a file.")]
public sealed class Read : ToolComponent<Document, Text>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<Text>> RunAsync(Document input, ComponentContext context, CancellationToken cancellationToken)
    {
        if (!(await context.OpenFileAsync(input.File, cancellationToken)).TryGet(out var stream, out var failure))
        {
            return failure;
        }

        await using (stream)
        {
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return new Text(await reader.ReadToEndAsync(cancellationToken));
        }
    }
}

/// <summary>Gives a large text.</summary>
[Component("probe.large", Zh = "大文本", En = "Large", DescriptionZh = "大文本。", DescriptionEn = "A large text.")]
public sealed class Large : ToolComponent<Number, Text>
{
    /// <inheritdoc />
    protected override ValueTask<Result<Text>> RunAsync(Number input, ComponentContext context, CancellationToken cancellationToken) => new(new Text(new string('x', (int)input.Value)));
}

/// <summary>A code unit of UTF-16.</summary>
public sealed record Unit([property: Label("码", "Code")] int Code);

/// <summary>Gives a text with one code unit, whatever it is.</summary>
[Component("probe.spell", Zh = "拼写", En = "Spell", DescriptionZh = "拼写。", DescriptionEn = "Spells.")]
public sealed class Spell : ToolComponent<Unit, JsonText>
{
    /// <inheritdoc />
    protected override ValueTask<Result<JsonText>> RunAsync(Unit input, ComponentContext context, CancellationToken cancellationToken) =>
        new(new JsonText(JsonElement.Parse($"\"a\\u{input.Code:x4}\"")));
}

/// <summary>A text as JSON.</summary>
public sealed record JsonText([property: Label("文本", "Text")] JsonElement Value);

/// <summary>Tells all who wait for it what number it was given.</summary>
[Component("probe.tell", Zh = "通知", En = "Tell", DescriptionZh = "发布事件。", DescriptionEn = "Publishes an event.", HasSideEffects = true, IsDeterministic = false)]
public sealed class Tell : ToolComponent<Number, Number>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<Number>> RunAsync(Number input, ComponentContext context, CancellationToken cancellationToken) =>
        (await context.Events.PublishAsync("Price", JsonSerializer.SerializeToElement(input.Value), input.Gate, null, cancellationToken)).TryGet(out var receipt, out var failure)
            ? new Number(receipt.IsNew ? 1 : 0)
            : failure;
}
