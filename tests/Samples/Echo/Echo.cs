using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;

[assembly: Plugin("Sample.Echo", "echo", Vendor = "Sample", Zh = "示例", En = "Sample", DescriptionZh = "测试用。", DescriptionEn = "For tests.")]

namespace Echo;

/// <summary>Some text.</summary>
public sealed record Message(string Text);

/// <summary>Gives back what it is given.</summary>
[Component("echo.text", Zh = "原样返回", En = "Gives back")]
public sealed class EchoText : ToolComponent<Message, Message>
{
    /// <inheritdoc />
    protected override ValueTask<Result<Message>> RunAsync(Message input, ComponentContext context, CancellationToken cancellationToken) => new(input);
}
