using System.IO.Compression;
using System.Text;
using System.Text.Json;
using IndustryBrain.Testing;

namespace IndustryBrain.Cli.Tests.Hosts;

/// <summary>An operator's way with a plugin on a real host, on the command line alone.</summary>
public sealed class InstallTests(Platform platform, VendorMachine machine)
{
    private const string Id = VersionedPackage.Id;
    private const string Prices = "GET https://prices.example";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Install_Update_RollBack_Disable_Remove()
    {
        var folder = await CleanAsync();

        var first = await SucceedsAsync(folder, "install", await PackageAsync(folder, "1.0.0"));
        var second = await SucceedsAsync(folder, "install", await PackageAsync(folder, "1.1.0"), "--trust");
        var older = await SucceedsAsync(folder, "install", await PackageAsync(folder, "0.9.0"));
        var listed = await SucceedsAsync(folder, "plugins", "list");
        var back = await SucceedsAsync(folder, "plugins", "rollback", Id);
        var activated = await SucceedsAsync(folder, "plugins", "activate", Id, "1.1.0", "--keep-scenarios");
        var jailed = await SucceedsAsync(folder, "plugins", "trust", Id, "--isolated");
        var disabled = await SucceedsAsync(folder, "plugins", "disable", Id);
        var enabled = JsonElement.Parse(await SucceedsAsync(folder, "plugins", "enable", Id, "--json"));
        var removed = await SucceedsAsync(folder, "plugins", "remove", Id);

        Assert.Equal($"{Id} 1.0.0  ready  jailed", first);
        Assert.Equal($"{Id} 1.1.0  ready  trusted  (before: 1.0.0)", second);
        Assert.EndsWith($"to use it: brain plugins activate {Id} 0.9.0", older, StringComparison.Ordinal);
        Assert.Matches($@"(?m)^{Id}\s+1\.1\.0\s+ready\s+trusted\s", listed);
        Assert.Equal($"{Id} 1.0.0  ready  jailed  (before: 1.1.0)", back);
        Assert.Equal($"{Id} 1.1.0  ready  trusted  (before: 1.0.0)", activated);
        Assert.Contains("jailed", jailed, StringComparison.Ordinal);
        Assert.Contains("disabled", disabled, StringComparison.Ordinal);
        Assert.Equal("ready", enabled.GetProperty("state").GetString());
        Assert.Contains("draining", removed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_AsksForMore_ShowsTheDifferenceAndWaits_UntilConsentIsGiven()
    {
        var folder = await CleanAsync();
        await SucceedsAsync(folder, "install", await PackageAsync(folder, "2.0.0"));

        var waiting = await platform.BrainAsync(folder, "install", await PackageAsync(folder, "2.1.0", Prices), "--json");
        var shown = await SucceedsAsync(folder, "plugins", "show", Id);
        var granted = await SucceedsAsync(folder, "plugins", "consent", Id, "2.1.0");
        var atOnce = await SucceedsAsync(folder, "install", await PackageAsync(folder, "2.2.0", Prices, "GET https://rain.example"), "--consent");

        Assert.Equal(2, waiting.ExitCode);
        Assert.Equal("2.0.0", JsonElement.Parse(waiting.Output).GetProperty("activeVersion").GetString());
        Assert.Contains($"+ http  {Prices}  Reads prices", waiting.Error, StringComparison.Ordinal);
        Assert.Contains("IB7144", waiting.Error, StringComparison.Ordinal);
        Assert.Matches(@"2\.1\.0  awaiting consent  jailed\s+\+ http", shown);
        Assert.StartsWith($"{Id} 2.1.0  ready", granted, StringComparison.Ordinal);
        Assert.StartsWith($"{Id} 2.2.0  ready", atOnce, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_ComponentThatAnotherPluginHas_WarnsWithTheReason()
    {
        var folder = await CleanAsync();
        await SucceedsAsync(folder, "install", await PackageAsync(folder, "4.0.0"));
        var rival = Path.Combine(folder, "rival.nupkg");
        await File.WriteAllBytesAsync(rival, await VersionedPackage.OfRivalAsync("Other.Vendor"), Ct);

        var installed = (await platform.BrainAsync(folder, "install", rival)).Succeeded();
        var answer = JsonElement.Parse(await SucceedsAsync(folder, "plugins", "show", "Other.Vendor", "--json"));
        var removed = await SucceedsAsync(folder, "plugins", "remove", "Other.Vendor", "--wait");
        var after = await platform.BrainAsync(folder, "plugins", "show", "Other.Vendor");

        Assert.StartsWith("Other.Vendor -  degraded", installed.Output, StringComparison.Ordinal);
        Assert.Matches($@"^warning: installed, but it cannot be used:\r?\nIB1102: The component versioned\.[a-z]+ is already provided by the plugin {Id}\.", installed.Error);
        Assert.Contains("warning: the audit found", installed.Error, StringComparison.Ordinal);
        Assert.Contains("  IBP0106  Direct use of files: ", installed.Error, StringComparison.Ordinal);
        Assert.Equal("Other.Vendor -  removed", removed);
        Assert.StartsWith("IB3030", after.Error, StringComparison.Ordinal);
        Assert.Equal("IB1102", answer.GetProperty("problem").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("y", 0, "3.0.0  ready")]
    [InlineData("n", 2, "IB7144")]
    public async Task Install_OnATerminal_AsksAndDoesWhatIsAnswered(string answer, int exitCode, string says)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("script(1) of Linux makes the terminal.");
        }

        var folder = await CleanAsync();
        var package = await PackageAsync(folder, "3.0.0", Prices);

        var ended = await CommandLine.RunAsync("script", ["-qec", $"dotnet '{Path.Combine(Brain.Folder, "brain.dll")}' install '{package}'", "/dev/null"], folder, await platform.EnvironmentAsync(), Ct, answer + "\n");

        Assert.True(ended.ExitCode == exitCode, $"{ended.ExitCode}\n{ended.Output}\n{ended.Error}");
        Assert.Contains("Grant this? [y/N]", ended.Output, StringComparison.Ordinal);
        Assert.Contains(says, ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_PackageOfAScenario_IsADraftThatRunsOnceItIsPublished()
    {
        var folder = machine.NewFolder();
        var template = Path.Combine(VendorMachine.RepositoryRoot, "templates", "IndustryBrain.Templates", "content", "ib-scenario", "solution", "scenario");
        var package = Path.Combine(folder, "Acme.Purchase.1.0.0.nupkg");
        await using (var zip = await ZipFile.OpenAsync(package, ZipArchiveMode.Create, Ct))
        {
            await zip.CreateEntryFromFileAsync(Path.Combine(template, "definition.json"), "scenario/definition.json", Ct);
        }

        var imported = await SucceedsAsync(folder, "install", package);
        var again = JsonElement.Parse(await SucceedsAsync(folder, "install", package, "--json"));
        var refused = await platform.BrainAsync(folder, "install", package, "--trust");
        var id = again.GetProperty("definitionId").GetString();
        using var client = new HttpClient { BaseAddress = await platform.AddressAsync(), DefaultRequestHeaders = { { "X-Api-Key", Platform.Key } } };
        using var published = await client.PostAsync(new Uri($"api/v1/scenarios/{id}/publish", UriKind.Relative), null, Ct);
        using var sample = new StringContent($"{{\"input\":{await File.ReadAllTextAsync(Path.Combine(template, "sample-data", "large.json"), Ct)}}}", Encoding.UTF8, "application/json");
        using var run = await client.PostAsync(new Uri($"api/v1/scenarios/{id}/runs?wait=30", UriKind.Relative), sample, Ct);

        Assert.StartsWith($"{id} 1  draft", imported, StringComparison.Ordinal);
        Assert.Contains("Imported as a draft", imported, StringComparison.Ordinal);
        Assert.StartsWith("IB7231", refused.Error, StringComparison.Ordinal);
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync(Ct));
        Assert.Contains("9690", await run.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_WhatIsNoPackage_IsRefusedWithItsCode()
    {
        var folder = machine.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "a.nupkg"), "no zip", Ct);

        var ended = await platform.BrainAsync(folder, "install", "a.nupkg");

        Assert.Equal(2, ended.ExitCode);
        Assert.StartsWith("IB1004", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plugins_OfAHostThatLacksIt_AreRefusedWithTheHostsCode()
    {
        var ended = await platform.BrainAsync(machine.NewFolder(), "plugins", "rollback", "No.Such");

        Assert.Equal(2, ended.ExitCode);
        Assert.StartsWith("IB3030: The plugin", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_ComesFromTheEnvironmentAFileOrStandardInput_AndIsNeverShown()
    {
        var folder = machine.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "good.key"), Platform.Key + "\n", Ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "wrong.key"), "a-key-that-was-never-made-0000000000\n", Ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "empty.key"), "\n", Ct);
        var keyless = await platform.EnvironmentAsync();
        keyless.Remove("IB_API_KEY");

        async Task<CommandLine.Ended> ListAsync(string? input, params string[] options) =>
            await CommandLine.RunAsync("dotnet", [Path.Combine(Brain.Folder, "brain.dll"), "plugins", "list", .. options], folder, keyless, Ct, input);
        var (file, input) = (await ListAsync(null, "--key-file", "good.key"), await ListAsync(Platform.Key, "--key-file", "-"));
        var (none, wrong, empty, absent) = (await ListAsync(null), await ListAsync(null, "--key-file", "wrong.key"), await ListAsync(null, "--key-file", "empty.key"), await ListAsync(null, "--key-file", "absent.key"));

        Assert.Equal((0, 0), (file.ExitCode, input.ExitCode));
        Assert.Equal(["IB4001", "IB4002", "IB7139", "IB7201"], new[] { none, wrong, empty, absent }.Select(e => e.Error.Split(':')[0]));
        Assert.All([none, wrong], e => Assert.Contains("Give a key in the environment variable IB_API_KEY", e.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("a-key-", file.Output + input.Output + wrong.Error + wrong.Output, StringComparison.Ordinal);
    }

    // The host keeps what was removed for a while: each test has versions of its own.
    private async Task<string> CleanAsync()
    {
        await platform.BrainAsync(machine.NewFolder(), "plugins", "remove", Id, "--force");
        return machine.NewFolder();
    }

    private async Task<string> SucceedsAsync(string folder, params string[] arguments) => (await platform.BrainAsync(folder, arguments)).Succeeded().Output.Trim();

    private static async Task<string> PackageAsync(string folder, string version, params string[] hosts)
    {
        var path = Path.Combine(folder, $"{Id}.{version}.nupkg");
        await File.WriteAllBytesAsync(path, await VersionedPackage.OfAsync(version, hosts), Ct);
        return path;
    }
}
