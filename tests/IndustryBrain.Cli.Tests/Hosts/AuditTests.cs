using System.Text.Json;

namespace IndustryBrain.Cli.Tests.Hosts;

/// <summary>The audit trail of a real host, and what was copied out of it, on the command line.</summary>
public sealed class AuditTests(Platform platform)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trail_IsListedAndVerified_AndItsExportIsCheckedWithoutTheHost()
    {
        var folder = Directory.CreateTempSubdirectory("ib-audit-").FullName;
        var (listed, _) = await RunAsync(folder, "audit", "list", "--action", "key.");
        var (verified, _) = await RunAsync(folder, "audit", "verify");
        var file = Path.Combine(folder, "audit.jsonl");
        using var client = new HttpClient { BaseAddress = await platform.AddressAsync(), DefaultRequestHeaders = { { "X-Api-Key", Platform.Key } } };
        await File.WriteAllTextAsync(file, await client.GetStringAsync(new Uri("api/v1/audit/export?action=key.", UriKind.Relative), Ct), Ct);

        var (whole, _) = await RunAsync(folder, "audit", "verify", file);
        var report = JsonElement.Parse((await RunAsync(folder, "audit", "verify", file, "--json")).Output);
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Ct)).Replace("key.create", "key.delete", StringComparison.Ordinal), Ct);
        var touched = await platform.BrainAsync(folder, "audit", "verify", file);
        var absent = await platform.BrainAsync(folder, "audit", "verify", Path.Combine(folder, "none.jsonl"));

        Assert.Contains("key.create", listed, StringComparison.Ordinal);
        Assert.Contains("records agree with", verified, StringComparison.Ordinal);
        Assert.Matches(@"^demo: \d+ records, of which \d+ follow from the one before; signed by the key [0-9a-f]{16} \(as the file itself says; check with --key\)\.$", whole);
        Assert.Equal(("demo", JsonValueKind.Null), (report.GetProperty("organization").GetString(), report.GetProperty("fault").ValueKind));
        Assert.Equal((1, 2), (touched.ExitCode, absent.ExitCode));
        Assert.Contains("IB7261", touched.Error, StringComparison.Ordinal);
        Assert.Contains("IB7262", absent.Error, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private async Task<(string Output, string Error)> RunAsync(string folder, params string[] arguments)
    {
        var ran = await platform.BrainAsync(folder, arguments);
        Assert.True(ran.ExitCode == 0, ran.Error);
        return (ran.Output.Trim(), ran.Error);
    }
}
