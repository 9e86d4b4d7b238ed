using System.Text;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>One person's browser: what its console complained about is kept.</summary>
internal sealed class Visit : IAsyncDisposable
{
    /// <summary>Milliseconds that anything may take: a busy machine is slow, not wrong.</summary>
    internal const int Patience = 150_000;

    private const string RunAxe = """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
            .filter(v => v.impact === 'serious' || v.impact === 'critical')
            .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html).join(' | ')}`)
        """;
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();
    private readonly IBrowserContext _context;
    private readonly Action<Visit>? _giveBack;
    private readonly List<string> _complaints = [];

    internal Visit(IBrowserContext context, IPage page, Action<Visit>? giveBack = null)
    {
        (_context, Page, _giveBack) = (context, page, giveBack);
        page.SetDefaultTimeout(Patience);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _complaints.Add(message.Text);
        };
        page.PageError += (_, error) => _complaints.Add(error);
    }

    internal IPage Page { get; }

    /// <summary>Errors, warnings and violations of the content security policy.</summary>
    internal IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Closes the browser, or leaves it clean to who lent it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_giveBack is null)
        {
            await _context.DisposeAsync();
            return;
        }

        // What a page keeps belongs to its tab, and what it complains about while it is left belongs to nobody.
        await Page.EvaluateAsync("() => sessionStorage.clear()");
        await Page.GotoAsync("about:blank");
        _complaints.Clear();
        _giveBack(this);
    }

    /// <summary>Goes to an address; returns when the circuit has taken the page over.</summary>
    internal async Task<IResponse?> GoAsync(string path)
    {
        var rendered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnSocket(object? sender, IWebSocket socket) => socket.FrameReceived += (_, frame) =>
        {
            // The shell asks for this once it is drawn; a batch alone may be the document's head.
            if (frame.Binary.AsSpan().IndexOf("attachHotkeys"u8) >= 0) rendered.TrySetResult();
        };
        Page.WebSocket += OnSocket;
        var response = await Page.GotoAsync(path);
        await rendered.Task.WaitAsync(TimeSpan.FromMilliseconds(Patience));
        Page.WebSocket -= OnSocket;
        // What came over the circuit has to reach the document before anybody clicks.
        await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))");
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        return response;
    }

    /// <summary>Waits until a page without a circuit is drawn with its pictures and fonts.</summary>
    internal async Task UntilDrawnAsync()
    {
        // Not until the network is idle: a busy browser may leave out that a document has come.
        await Page.WaitForFunctionAsync("() => document.readyState === 'complete' && [...document.images].every(i => i.complete) && document.fonts.status === 'loaded'");
    }

    internal ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>The field with this label; a star after it says that it is required.</summary>
    internal ILocator Field(string label) => Page.GetByLabel(new Regex($@"^\s*{Regex.Escape(label)}\s*\*?\s*$"));

    /// <summary>The list of choices with this label.</summary>
    internal ILocator Choice(string label) => Page.GetByRole(AriaRole.Combobox, new() { Name = label, Exact = true });

    /// <summary>Chooses a file as soon as the page listens to the input.</summary>
    internal async Task ChooseAsync(ILocator input, string name, byte[] content)
    {
        await UntilListeningAsync(input);
        await input.SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = content });
    }

    /// <summary>Drops a file of the disk on an element as a person does: through the browser's own drag events.</summary>
    internal async Task DropAsync(ILocator target, string path)
    {
        await UntilListeningAsync(target);
        await target.ScrollIntoViewIfNeededAsync();
        var box = (await target.BoundingBoxAsync())!;
        var session = await _context.NewCDPSessionAsync(Page);
        foreach (var type in new[] { "dragEnter", "dragOver", "drop" })
        {
            await session.SendAsync("Input.dispatchDragEvent", new()
            {
                ["type"] = type,
                ["x"] = box.X + box.Width / 2,
                ["y"] = box.Y + box.Height / 2,
                ["data"] = new Dictionary<string, object> { ["items"] = Array.Empty<object>(), ["files"] = new[] { path }, ["dragOperationsMask"] = 1 },
            });
        }

        await session.DetachAsync();
    }

    /// <summary>Saves what a button gives and reads it.</summary>
    internal async Task<(string Name, string Text)> DownloadAsync(ILocator button)
    {
        var download = await Page.RunAndWaitForDownloadAsync(() => button.ClickAsync());
        await using var stream = await download.CreateReadStreamAsync();
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return (download.SuggestedFilename, Encoding.UTF8.GetString(bytes.ToArray()));
    }

    internal ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name });

    /// <summary>Waits until the run on this page has the state.</summary>
    internal Task UntilStateAsync(string word) => Page.Locator(".ib-page-name .ib-badge", new() { HasTextString = word }).WaitForAsync();

    /// <summary>Serious and critical findings of axe on the page as it stands: all its rules, but only what they find.</summary>
    internal async Task<IReadOnlyList<string>> BarriersAsync()
    {
        // The script looks into no other frame.
        Assert.Single(Page.Frames);
        await Page.EvaluateAsync(Axe);
        return await Page.EvaluateAsync<string[]>(RunAxe);
    }

    /// <summary>Nothing of the program's inside is on the page.</summary>
    internal async Task AssertNoTraceAsync() => Assert.DoesNotMatch(@"(?m)^\s+at \w|System\.\w+|Exception|StackTrace", await Page.InnerTextAsync("body"));

    internal Task<bool> FitsTheScreenAsync() => Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth");

    // A file chosen before the circuit's own script took the input over would be lost.
    private async Task UntilListeningAsync(ILocator input) =>
        await Page.WaitForFunctionAsync("e => e._blazorInputFileNextFileId !== undefined", await input.ElementHandleAsync());

    internal async Task SaveScreenshotAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("IB_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(folder, name + ".png") });
    }
}
