using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using IndustryBrain.Cli.Tests.Hosts;

namespace IndustryBrain.Cli.Tests.Developing;

/// <summary>A vendor at work on a new project: what is saved runs on a real host, and what goes wrong there has its line.</summary>
public sealed class DevTests(DevProject project, Platform platform, VendorMachine machine) : IClassFixture<DevProject>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dev_WhatIsSaved_AnswersOnTheHost_AndCtrlCLeavesItAsItWas()
    {
        var folder = await project.WriteAsync("return new(new DevOutput(input.Electricity / input.Pieces));");
        (await platform.BrainAsync(folder, "install", await project.ReleaseAsync())).Succeeded();
        await using var dev = new RunningBrain(folder, await EnvironmentAsync(), "dev");

        var first = await dev.LineAsync("ready", Ct);
        var before = await CallAsync(3_000_000, 50_000);
        await project.WriteAsync("""
            if (input.Pieces == 7)
            {
                throw new InvalidOperationException("no meter");
            }

            return new(new DevOutput(input.Electricity / input.Pieces * 2));
            """);
        var line = project.LineOf("throw new");
        var second = await dev.LineAsync("ready", Ct);
        var after = await CallAsync(3_000_000, 50_000);
        var thrown = await CallAsync(3_000_000, 7);
        var place = await dev.LineAsync("InvalidOperationException", Ct);
        await project.WriteAsync("return 5;");
        var broken = await dev.LineAsync("IB7214", Ct);
        var stillThere = await CallAsync(3_000_000, 50_000);
        var exitCode = await dev.InterruptAsync(Ct);
        var left = JsonElement.Parse((await platform.BrainAsync(folder, "plugins", "show", DevProject.Id, "--json")).Succeeded().Output);

        Assert.Matches(@"^Acme\.Dev 1\.0\.0-dev\.\d+  ready  trusted  \(", first);
        Assert.Matches(@"^Acme\.Dev 1\.0\.0-dev\.\d+  ready  trusted  \(", second);
        Assert.Equal((60, 120, 120), (before.Answer, after.Answer, stillThere.Answer));
        Assert.Equal("IB1111", thrown.Code);
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{project.Source}:{line}: dev.per-piece: System.InvalidOperationException: no meter"), place, StringComparison.Ordinal);
        Assert.Contains("CS0029", broken, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
        Assert.Equal("1.0.0", left.GetProperty("activeVersion").GetString());
        Assert.Equal(["1.0.0"], left.GetProperty("versions").EnumerateArray().Select(v => v.GetProperty("version").GetString()));
    }

    [Fact]
    public async Task DevIsolated_WhatTheJailAndThePermissionsDeny_HasItsLine()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("The jail is Linux's.");
        }

        var folder = await project.WriteAsync("""
            if (input.Pieces == 7)
            {
                System.IO.File.ReadAllText("/etc/passwd");
            }

            var read = await context.Clock.ReadAsync(cancellationToken);
            return read.TryGet(out _, out var failure) ? new IbOutput(1) : failure;
            """);

        var once = await Brain.RunAsync(folder, await EnvironmentAsync(), "dev", "--once", "--isolated");
        var (file, clock) = (await CallAsync(1, 7), await CallAsync(1, 1));
        var shown = (await platform.BrainAsync(folder, "plugins", "show", DevProject.Id)).Succeeded().Output;

        Assert.True(once.ExitCode == 0, once.Output + once.Error);
        Assert.Contains("ready  jailed", once.Output, StringComparison.Ordinal);
        Assert.Contains(file.Code, (string[])["IB1117", "IB1111"]);
        Assert.Equal("IB1132", clock.Code);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"[{project.Source}:{project.LineOf("ReadAllText")}]"), shown, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"[{project.Source}:{project.LineOf("Clock.ReadAsync")}]"), shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dev_NoHostAndNoProgram_SaysHowToGiveOne()
    {
        var environment = new Dictionary<string, string> { ["IB_HOST"] = "", ["IB_HOST_PROGRAM"] = "" };

        var ended = await Brain.RunAsync(await machine.NewProjectAsync(), environment, "dev", "--once");

        Assert.Equal(2, ended.ExitCode);
        Assert.StartsWith("IB7145", ended.Error, StringComparison.Ordinal);
        Assert.Contains("IB_HOST_PROGRAM", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dev_ProgramThatDoesNotStart_IsRefusedWithWhatItSaid()
    {
        var environment = new Dictionary<string, string> { ["IB_HOST"] = "", ["IB_HOST_PROGRAM"] = Path.Combine(Brain.Folder, "brain.dll") };

        var ended = await Brain.RunAsync(await machine.NewProjectAsync(), environment, "dev", "--once");

        Assert.Equal(2, ended.ExitCode);
        Assert.StartsWith("IB7146", ended.Error, StringComparison.Ordinal);
        Assert.Contains("IB7207", ended.Error, StringComparison.Ordinal);
    }

    private async Task<Dictionary<string, string>> EnvironmentAsync()
    {
        var environment = new Dictionary<string, string>(machine.Environment);
        foreach (var (name, value) in await platform.EnvironmentAsync())
        {
            environment[name] = value;
        }

        return environment;
    }

    private async Task<(double Answer, string? Code)> CallAsync(double electricity, double pieces)
    {
        using var client = new HttpClient { BaseAddress = await platform.AddressAsync() };
        client.DefaultRequestHeaders.Add("X-Api-Key", Platform.Key);
        using var body = new StringContent(string.Create(CultureInfo.InvariantCulture, $$$"""{"input":{"electricity":{{{electricity}}},"pieces":{{{pieces}}}}}"""), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await client.PostAsync(new Uri("api/v1/components/dev.per-piece/calls", UriKind.Relative), body, Ct);
        var json = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Ct));
        return answer.IsSuccessStatusCode ? (json.GetProperty("output").GetProperty("perPiece").GetDouble(), null) : (double.NaN, json.GetProperty("code").GetString());
    }
}
