using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Schemas;

namespace Versioned;

/// <summary>What is asked.</summary>
/// <param name="Number">Any number.</param>
public sealed record FactQuestion([property: Label("数", "Number")] double Number = 1);

/// <summary>The number again, from a source that names the version.</summary>
/// <param name="Number">The number.</param>
public sealed record FactAnswer([property: Label("数", "Number")] KnowledgeAnswer<double> Number);

/// <summary>Knowledge whose source is its version.</summary>
[Component("versioned.fact", Zh = "事实", En = "Fact", DescriptionZh = "报告版本的知识。", DescriptionEn = "Knowledge that tells its version.")]
public sealed class Fact : KnowledgeComponent<FactQuestion, FactAnswer>
{
    /// <inheritdoc />
    protected override ValueTask<Result<FactAnswer>> RunAsync(FactQuestion input, ComponentContext context, CancellationToken cancellationToken) =>
        new(new FactAnswer(new(input.Number, "1", new("Versioned " + Tell.Version, Tell.Version, new(2026, 1, 1), null, KnowledgeStatus.Confirmed))));
}
