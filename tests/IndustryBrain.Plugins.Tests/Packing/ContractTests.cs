using IndustryBrain.Plugins.Tests.Audit;

namespace IndustryBrain.Plugins.Tests.Packing;

/// <summary>What cannot be meant is said where a vendor builds, by the member that says it.</summary>
public sealed class ContractTests
{
    [Theory]
    [InlineData("[property: Unit(\"furlong\")] double Length", "length: the unit 'furlong' is no UCUM code")]
    [InlineData("[property: Unit(\"kg\")] string Name", "name: only numbers have a unit")]
    [InlineData("[property: Example(\"{bad\")] double Length", "length: the example {bad is not JSON")]
    [InlineData("[property: Example(\"\\\"text\\\"\")] double Length", "length: the example \"text\" does not fit")]
    [InlineData("[property: System.ComponentModel.DataAnnotations.Range(0, 5)][property: Example(\"7\")] double Length", "length: the example 7 does not fit")]
    [InlineData("Action Callback", "callback: a Action cannot become JSON")]
    [InlineData("Stream Content", "content: a Stream cannot become JSON")]
    [InlineData("IReadOnlyList<IntPtr> Handles", "handles[]: a IntPtr cannot become JSON")]
    public void Describe_MemberThatCannotBeMeant_IsRefusedByName(string member, string message)
    {
        var failure = Describe(member).Failure;

        Assert.Equal("IB1025", failure?.Code);
        Assert.Contains(message, failure!.Message.En, StringComparison.Ordinal);
        Assert.Equal("probe.one input", failure.Where);
    }

    [Theory]
    [InlineData("[property: Unit(\"kg\")][property: Example(\"[1, 2]\")] IReadOnlyList<double> Masses")]
    [InlineData("[property: Unit(\"CNY/t\")] double? Price")]
    [InlineData("[property: Unit(\"{pcs}\")] IReadOnlyDictionary<string, int> Pieces")]
    [InlineData("[property: Example(\"null\")] string? Name")]
    [InlineData("System.Text.Json.JsonElement Anything, DateOnly Day, Guid Id, byte[] Data, FileReference File")]
    public void Describe_MemberThatHolds_IsTaken(string member) => Assert.Null(Describe(member).Failure);

    [Fact]
    public void Describe_IconThatIsAbsent_IsRefused() => Assert.Equal("IB1026", Describe("double Length", ", Icon = \"icons/none.svg\"").Failure?.Code);

    private static Sdk.Result<Sdk.Packaging.PluginManifest> Describe(string members, string more = "")
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "Acme.Probe.dll"), Snippet.Compile($$"""
            [assembly: IndustryBrain.Sdk.Packaging.Plugin("Acme.Probe", "probe", Vendor = "Acme", Zh = "探", En = "Probe", DescriptionZh = "探。", DescriptionEn = "Probes.")]
            public sealed record Given({{members}});
            public sealed record Made(double Value);
            [Component("probe.one", Zh = "一", En = "One", DescriptionZh = "一。", DescriptionEn = "One."{{more}})]
            public sealed class One : ToolComponent<Given, Made>
            {
                protected override ValueTask<Result<Made>> RunAsync(Given input, ComponentContext context, CancellationToken cancellationToken) => new(new Made(1));
            }
            """));
        File.WriteAllText(Path.Combine(folder.Path, "Acme.Probe.deps.json"), """{"runtimeTarget":{"name":".NETCoreApp,Version=v10.0"},"targets":{".NETCoreApp,Version=v10.0":{}},"libraries":{}}""");
        return PluginPacker.Describe(folder.Path);
    }
}
