using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>One person's browser: what its console complained about is kept.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    internal Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.SetDefaultTimeout(20_000);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _complaints.Add(message.Text);
        };
        page.PageError += (_, error) => _complaints.Add(error);
    }

    internal IPage Page { get; }

    /// <summary>Errors, warnings and violations of the content security policy.</summary>
    internal IReadOnlyList<string> Complaints => _complaints;

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    /// <summary>Goes to an address; returns when the circuit has taken the page over.</summary>
    internal async Task<IResponse?> GoAsync(string path)
    {
        var rendered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnSocket(object? sender, IWebSocket socket) => socket.FrameReceived += (_, frame) =>
        {
            if (frame.Binary.AsSpan().IndexOf("JS.RenderBatch"u8) >= 0) rendered.TrySetResult();
        };
        Page.WebSocket += OnSocket;
        var response = await Page.GotoAsync(path);
        await rendered.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Page.WebSocket -= OnSocket;
        // What came over the circuit has to reach the document before anybody clicks.
        await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))");
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        return response;
    }

    internal ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    internal ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name });

    /// <summary>Waits until the run on this page has the state.</summary>
    internal Task UntilStateAsync(string word) => Page.Locator(".ib-page-name .ib-badge", new() { HasTextString = word }).WaitForAsync();

    internal async Task SaveScreenshotAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("IB_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(folder, name + ".png") });
    }
}
