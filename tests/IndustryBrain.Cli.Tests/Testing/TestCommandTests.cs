namespace IndustryBrain.Cli.Tests.Testing;

public sealed class TestCommandTests(VendorMachine machine)
{
    private static string Template => Path.Combine(VendorMachine.RepositoryRoot, "templates", "IndustryBrain.Templates", "content", "ib-scenario", "solution", "scenario");

    [Fact]
    public async Task Test_ScenarioAsExpected_Passes()
    {
        var ended = (await Brain.RunAsync(Template, null, "test")).Succeeded();

        Assert.Contains("✓ large", ended.Output, StringComparison.Ordinal);
        Assert.Contains("✓ small", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"input":{"quantity":1200,"price":8.5},"output":{"amount":9690.4,"discounted":true},"tolerance":0.5}""", null)]
    [InlineData("""{"input":{"quantity":1200,"price":8.5},"output":{"amount":9691,"discounted":true},"tolerance":0.5}""", "output.amount")]
    [InlineData("""{"input":{"quantity":1200,"price":8.5},"output":{"discounted":false}}""", "output.discounted")]
    [InlineData("""{"input":{"quantity":1200,"price":8.5},"output":{"name":"x"}}""", "output.name")]
    [InlineData("""{"input":{"quantity":1200},"output":{}}""", "IB7101")]
    public async Task Test_Scenario_ComparesWithinTheToleranceAndSaysWhatDiffers(string expected, string? difference)
    {
        var folder = await ScenarioAsync(expected);

        var ended = await Brain.RunAsync(folder, null, "test");

        Assert.Equal(difference is null ? 0 : 1, ended.ExitCode);
        Assert.Contains(difference ?? "✓ case", ended.Output, StringComparison.Ordinal);
        Assert.Equal(difference is not null, ended.Error.Contains("IB7135", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]", "IB7203")]
    [InlineData("""{"input":{}}""", "IB7222")]
    [InlineData("""{"input":{},"output":{},"tolerance":-1}""", "IB7222")]
    [InlineData("""{"input":{},"outputs":{}}""", "IB7222")]
    [InlineData("""{"status":"Finished","answers":[{"event":"a","task":"b"}]}""", "IB7222")]
    [InlineData("""{"status":"Finished","components":{"a":{}}}""", "IB7222")]
    [InlineData("""{"status":"Finished","clock":{"start":"0000-00-00T00:00:00Z"}}""", "IB72")]
    [InlineData("""{"status":"Finished","recording":"gone.json"}""", "IB7201")]
    [InlineData("""{"status":"Finished","definition":"gone.json"}""", "IB7201")]
    [InlineData("{", "IB7202")]
    [InlineData(null, "IB7136")]
    public async Task Test_ScenarioWithoutUsableExamples_IsRefused(string? expected, string code)
    {
        var ended = await Brain.RunAsync(await ScenarioAsync(expected), null, "test");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(code, ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_FolderWithoutProject_IsRefused()
    {
        Assert.Contains("IB7233", (await Brain.RunAsync(machine.NewFolder(), machine.Environment, "test")).Error, StringComparison.Ordinal);
        Assert.Contains("IB7218", (await Brain.RunAsync(machine.NewFolder(), machine.Environment, "test", "nowhere")).Error, StringComparison.Ordinal);
    }

    private async Task<string> ScenarioAsync(string? expected)
    {
        var folder = machine.NewFolder();
        File.Copy(Path.Combine(Template, "definition.json"), Path.Combine(folder, "definition.json"));
        if (expected is not null)
        {
            Directory.CreateDirectory(Path.Combine(folder, "expected"));
            await File.WriteAllTextAsync(Path.Combine(folder, "expected", "case.json"), expected, TestContext.Current.CancellationToken);
        }

        return folder;
    }
}
