namespace IndustryBrain.Cli.Tests.Hosts;

/// <summary>Versions of a host's scenarios, from the command line.</summary>
public sealed class ScenariosTests(Platform platform)
{
    [Fact]
    public async Task Versions_ThroughTheirLife_AreToldInOneLineEach()
    {
        await ImportAsync("one");

        Assert.Equal("lived  test 1", await SayAsync("publish", "lived", "--environment", "test"));
        Assert.Equal("lived  test 1  production 1", await SayAsync("promote", "lived", "--version", "1"));
        await ImportAsync("two");
        var compared = (await SayAsync("compare", "lived")).ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(["1 → 2", "~ Workflow1:line  Elsa.WriteLine", "    text: one → two"], compared);
        Assert.StartsWith("IB3125", (await platform.BrainAsync(Path.GetTempPath(), "scenarios", "restore", "lived", "--version", "1")).Error, StringComparison.Ordinal);
        Assert.Equal("lived  draft 2  test 1  production 1", await SayAsync("restore", "lived", "--version", "1", "--replace-draft"));
        Assert.Equal("lived  draft 2  test 1  retracted 1", await SayAsync("retract", "lived"));
        Assert.Contains("2  draft", await SayAsync("versions", "lived"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_OfAnEnvironment_AreSetFromAFileAndShown()
    {
        await ImportAsync("one");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "{\"limit\":5}", TestContext.Current.CancellationToken);

        Assert.Contains("\"limit\": 5", await SayAsync("parameters", "lived", "--environment", "test", "--set", file), StringComparison.Ordinal);
        Assert.Contains("\"limit\": 5", await SayAsync("parameters", "lived", "--environment", "test"), StringComparison.Ordinal);
        Assert.StartsWith("IB7240", (await platform.BrainAsync(Path.GetTempPath(), "scenarios", "parameters", "lived", "--environment", "moon")).Error, StringComparison.Ordinal);
        File.Delete(file);
    }

    private async Task ImportAsync(string text)
    {
        using var client = new HttpClient { BaseAddress = await platform.AddressAsync() };
        client.DefaultRequestHeaders.Add("X-Api-Key", Platform.Key);
        using var content = new StringContent($$"""
            { "definitionId": "lived", "name": "lived", "version": 1, "variables": [], "inputs": [{ "name": "limit", "type": "Double" }], "outputs": [],
              "root": { "type": "Elsa.WriteLine", "id": "line", "version": 1, "customProperties": {}, "metadata": {}, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "{{text}}" } } } }
            """, System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("api/v1/scenarios/import", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<string> SayAsync(params string[] arguments)
    {
        var ended = await platform.BrainAsync(Path.GetTempPath(), ["scenarios", .. arguments]);
        Assert.True(ended.ExitCode == 0, ended.Error);
        return ended.Output.TrimEnd();
    }
}
