namespace IndustryBrain.Plugins.Tests.Installing;

/// <summary>Who writes a plugin.json by hand is told which member does not hold, what is expected, and where.</summary>
public sealed class ManifestMessagesTests
{
    private const string Description = ", \"description\": { \"zh\": \"一。\", \"en\": \"One.\" }";

    [Theory]
    [InlineData(Description, "", 6, "components[0].description in plugin.json: is missing.")]
    [InlineData("\"name\": { \"zh\": \"探针\", \"en\": \"Probe\" }", "\"name\": { \"zh\": \"探针\" }", 3, "name.en in plugin.json: is missing.")]
    [InlineData("\"permissions\": []", "\"permissions\": \"none\"", 9, "permissions in plugin.json: must be a list, [] when there are none, not \"none\".")]
    [InlineData("\"kind\": \"tool\"", "\"kind\": \"widget\"", 6, "components[0].kind in plugin.json: must be one of knowledge, tool, application, not \"widget\".")]
    [InlineData("\"permissions\": []", "\"permissions\": [{ \"capability\": \"clock\" }]", 9, "permissions[0].reason in plugin.json: is missing.")]
    [InlineData("\"input\": {}", "\"input\": {}, \"view\": { \"title\": { \"zh\": \"a\", \"en\": \"a\" }, \"elements\": [{}] }", 7, "components[0].view.elements[0].kind in plugin.json: is missing.")]
    [InlineData("\"input\": {}", "\"input\": {}, \"view\": { \"title\": { \"zh\": \"a\", \"en\": \"a\" }, \"elements\": [{ \"kind\": \"table\" }] }", 7, "components[0].view.elements[0] in plugin.json: lacks a member that it needs, or is of another type.")]
    [InlineData("\"input\": {}", "\"input\": { \"properties\": { \"a\": { \"type\": \"numbr\" } } }", 7, "components[0].input.properties.a.type in plugin.json: must be one of object, array, string, number, integer, boolean, null, not \"numbr\".")]
    [InlineData("\"output\": {}", "\"output\": { \"required\": \"a\" }", 7, "components[0].output.required in plugin.json: must be a list of names of members.")]
    [InlineData("\"vendor\": \"Acme\",", "", 1, "vendor in plugin.json: is missing.")]
    public async Task Read_MemberThatDoesNotHold_IsNamedWithItsLine(string part, string instead, int line, string message)
    {
        var failure = await ReadAsync(Packages.Manifest.Replace(part, instead, StringComparison.Ordinal));

        Assert.Equal(("IB1003", $"plugin.json:{line}", message), (failure?.Code, failure?.Where, failure?.Message.En));
        Assert.Contains("by hand", failure?.Action?.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_NameThatIsTooLong_IsRefused() =>
        Assert.Equal("name.en in plugin.json: is longer than 200 characters.", (await ReadAsync(Packages.Manifest.Replace("\"Probe\"", $"\"{new string('x', 10_000)}\"", StringComparison.Ordinal)))?.Message.En);

    [Fact]
    public async Task Read_SeveralErrors_NamesAllOfThem()
    {
        var failure = await ReadAsync(Packages.Manifest.Replace(Description, "", StringComparison.Ordinal).Replace("\"permissions\": []", "\"permissions\": 1", StringComparison.Ordinal));

        Assert.Equal("plugin.json does not hold in 2 places: line 6 components[0].description: is missing; line 9 permissions: must be a list, [] when there are none, not 1.", failure?.Message.En);
    }

    [Fact]
    public async Task Read_OnOneLine_NamesTheMemberAllTheSame()
    {
        var failure = await ReadAsync(Packages.Manifest.ReplaceLineEndings("").Replace(Description, "", StringComparison.Ordinal));

        Assert.Equal(("plugin.json:1", "components[0].description in plugin.json: is missing."), (failure?.Where, failure?.Message.En));
    }

    [Fact]
    public async Task Read_TextThatIsNoJson_NamesThePlace()
    {
        var failure = await ReadAsync("{\n \"id\": \"a\"\n \"version\": 1 }");

        Assert.Equal(("IB1002", "plugin.json:3", "plugin.json is not valid JSON at line 3, byte 2."), (failure?.Code, failure?.Where, failure?.Message.En));
    }

    [Theory]
    [InlineData("\"vendor\": \"Acme\"", "\"vendor\": \"Ac\\u0000me\"", 2)]
    [InlineData("\"clusters\": []", "\"clusters\": [], \"\\ud800\": 1", 9)]
    [InlineData("\"input\": {}", "\"input\": { \"properties\": { \"a\": { \"title\": \"\\udc00\" } } }", 7)]
    [InlineData("\"output\": {}", "\"output\": { \"\\ud800\": { \"\\ud800\": 1 } }", 7)]
    public async Task Read_TextThatNoReaderCanRelyOn_IsRefusedWithItsLine(string part, string instead, int line)
    {
        var failure = await ReadAsync(Packages.Manifest.Replace(part, instead, StringComparison.Ordinal));

        Assert.Equal(("IB1040", $"plugin.json:{line}"), (failure?.Code, failure?.Where));
    }

    [Fact]
    public async Task Read_MemberGivenTwice_IsRefusedWithItsPlace()
    {
        var failure = await ReadAsync(Packages.Manifest.Replace("\"output\": {}", "\"output\": { \"enum\": [1, { \"a\": 1, \"A\": 2 }] }", StringComparison.Ordinal));

        Assert.Equal(("plugin.json:7", "components[0].output.enum[1].A in plugin.json: is given twice."), (failure?.Where, failure?.Message.En));
    }

    // Whoever writes the name down for each of the items writes terabytes.
    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_LongNameOfALongList_IsReadInTime(bool isTwice)
    {
        var list = $"\"{new string('n', 2 << 20)}\": [{string.Join(',', Enumerable.Repeat(0, 500_000))}], {(isTwice ? "\"id\": \"a\"," : "\"permissions\": 1,")}";
        var manifest = Packages.Manifest.Replace("\"permissions\": [],", "", StringComparison.Ordinal).Replace("\"sdk\"", list + "\"sdk\"", StringComparison.Ordinal);

        var failure = await Task.Run(() => ReadAsync(manifest), TestContext.Current.CancellationToken);

        Assert.Equal(("IB1003", true), (failure?.Code, failure?.Message.En.Length < 1_000));
    }

    private static async Task<Sdk.Failure?> ReadAsync(string manifest) => (await PluginPackage.ReadManifestAsync(Packages.With(manifest), TestContext.Current.CancellationToken)).Failure;
}
