using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using IndustryBrain.EndToEnd.Tests;
using IndustryBrain.Testing;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Site))]

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>One host with a fresh data folder and one browser for all tests of the assembly. The host is started as the build left it: from another folder, with an empty environment, so in Production.</summary>
public sealed partial class Site : IAsyncLifetime
{
    // The shell draws pages alike but has no windows of its own, which cost more than the pages in them.
    private static readonly string[] Browsers = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
    private readonly string _folder = Directory.CreateTempSubdirectory("ib-e2e-").FullName;
    private readonly ConcurrentDictionary<(string Language, bool Dark, bool Phone), ConcurrentBag<Visit>> _kept = [];
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    private readonly SemaphoreSlim _starting = new(1);
    private readonly string _development = Directory.CreateTempSubdirectory("ib-e2e-").FullName;
    private HostProcess? _developmentHost;

    internal HostProcess Host { get; private set; } = null!;

    internal Uri Address => Host.Address;

    internal BrainApi Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await HostProcess.StartBareAsync(_folder, HostProcess.FreePort(), CancellationToken.None);
        Api = new BrainApi(Host.Client);
        Assertions.SetDefaultExpectTimeout(Visit.Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Browsers.FirstOrDefault(File.Exists), Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await Host.DisposeAsync();
        if (_developmentHost is not null) await _developmentHost.DisposeAsync();
        _starting.Dispose();
        Directory.Delete(_development, recursive: true);
        // What the host complained about explains a page that failed.
        foreach (var line in Host.Output.Split('\n').Where(l => Complaint().IsMatch(l))) Console.WriteLine($"host: {line}");
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A host in Development, for the tests that ask for it: with people to be, and the reference of the API.</summary>
    internal async Task<HostProcess> DevelopmentAsync()
    {
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return _developmentHost ??= await HostProcess.StartAsync(
                _development, HostProcess.FreePort(), new Dictionary<string, string> { ["Data__Durable"] = "false" }, TestContext.Current.CancellationToken, "--environment", "Development", "--SignIn:PageLookSeconds", "1");
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>A browser that has opened nothing yet.</summary>
    internal Task<Visit> NewVisitAsync(Uri address, string language = "zh-CN", bool dark = false, bool phone = false) => NewAsync(language, dark, phone, address);

    /// <summary>Opens an address in a browser of its own and waits until the page is alive.</summary>
    internal async Task<Visit> OpenAsync(string path, string language = "zh-CN", bool dark = false, bool phone = false, Uri? address = null)
    {
        var visit = await NewAsync(language, dark, phone, address ?? Address);
        await visit.GoAsync(path);
        return visit;
    }

    /// <summary>Opens an address to look at it, in a browser that others looked with before: it has loaded the scripts and styles already.</summary>
    internal async Task<Visit> LookAsync(string path, string language, bool dark, bool phone)
    {
        var kept = _kept.GetOrAdd((language, dark, phone), _ => []);
        if (!kept.TryTake(out var visit)) visit = await NewAsync(language, dark, phone, Address, kept.Add);
        await visit.GoAsync(path);
        return visit;
    }

    [GeneratedRegex("^[0-9:]+ (warn|fail|crit)")]
    private static partial Regex Complaint();

    private async Task<Visit> NewAsync(string language, bool dark, bool phone, Uri address, Action<Visit>? giveBack = null)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1440, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
            AcceptDownloads = true,
        });
        await context.AddCookiesAsync(
        [
            new() { Name = ".AspNetCore.Culture", Value = Uri.EscapeDataString($"c={language}|uic={language}"), Url = address.ToString() },
            new() { Name = "ib-theme", Value = dark ? "dark" : "light", Url = address.ToString() },
        ]);
        return new Visit(context, await context.NewPageAsync(), giveBack);
    }
}
