using IndustryBrain.Sdk.Taxonomy;

namespace IndustryBrain.Sdk.Tests.Taxonomy;

public sealed class IndustryTaxonomyTests
{
    [Fact]
    public void State2023_CountsThreeThreeSixEighteen()
    {
        var state = IndustryTaxonomy.AsOf("cq-33618", new DateOnly(2023, 9, 1))!;

        Assert.Equal([3, 3, 6, 18], ((string[])["leading", "pillar", "characteristic", "newStar"]).Select(tier => state.Nodes.Count(n => n.Tier == tier)));
    }

    [Fact]
    public void Resolve_ReplacedCode_GivesItsSuccessorOnce()
    {
        Assert.Equal(["M19"], IndustryTaxonomy.Cq33618.Resolve("M01").Select(n => n.Code));
        Assert.Equal(["A"], IndustryTaxonomy.Cq33618.Resolve("A").Select(n => n.Code));
        Assert.Empty(IndustryTaxonomy.Cq33618.Resolve("Z9"));
    }

    [Fact]
    public void EveryState_HasUniqueCodes_AndSuccessorsThatExist() =>
        Assert.All(IndustryTaxonomy.All, state =>
        {
            Assert.Equal(state.Nodes.Count, state.Nodes.Select(n => n.Code).Distinct().Count());
            Assert.All(state.Nodes.SelectMany(n => n.ReplacedBy), code => Assert.NotNull(state.Find(code)));
        });

    [Fact]
    public void LaterState_KeepsTheNamesOfCodes()
    {
        var first = IndustryTaxonomy.AsOf("cq-33618", new DateOnly(2023, 9, 1))!;

        Assert.All(first.Nodes, node => Assert.Equal(node.Zh, IndustryTaxonomy.Cq33618.Find(node.Code)?.Zh));
    }
}
