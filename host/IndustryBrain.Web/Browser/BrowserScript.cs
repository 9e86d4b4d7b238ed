using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace IndustryBrain.Web.Browser;

/// <summary>What only the browser can do: save a file, copy, keep a preference, move the focus. Calls to a browser that has gone are forgotten.</summary>
public sealed class BrowserScript(IJSRuntime js) : IAsyncDisposable
{
    private const string ModulePath = "./_content/IndustryBrain.Web/dist/shell.js";
    private IJSObjectReference? _module;

    /// <summary>Saves a text as a file on the person's machine.</summary>
    public async ValueTask DownloadAsync(string fileName, string mediaType, string content, CancellationToken cancellationToken = default)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        using var reference = new DotNetStreamReference(stream);
        await InvokeAsync("download", cancellationToken, fileName, mediaType, reference);
    }

    /// <summary>Copies a text to the clipboard; false when the browser refuses.</summary>
    public async ValueTask<bool> CopyAsync(string text, CancellationToken cancellationToken = default)
    {
        try
        {
            return await (await ModuleAsync(cancellationToken)).InvokeAsync<bool>("copy", cancellationToken, text);
        }
        catch (JSDisconnectedException)
        {
            return false;
        }
    }

    /// <summary>Moves the focus to the element with this id and brings it into view.</summary>
    public ValueTask FocusAsync(string elementId, CancellationToken cancellationToken = default) => InvokeAsync("focus", cancellationToken, elementId);

    internal ValueTask FocusRowAsync(string elementId, string tableId, int row) => InvokeAsync("focusRow", default, elementId, tableId, row);

    /// <summary>Starts to keep what is typed into a form; answers the draft that the tab has from before.</summary>
    internal async ValueTask<string?> AttachDraftAsync(string formId, string key)
    {
        try
        {
            return await (await ModuleAsync(default)).InvokeAsync<string?>("attachDraft", formId, key);
        }
        catch (JSDisconnectedException)
        {
            return null;
        }
    }

    internal ValueTask RestoreTypedAsync(string formId) => InvokeAsync("restoreTyped", default, formId);

    internal ValueTask KeepDraftAsync(string formId, string text) => InvokeAsync("keepDraft", default, formId, text);

    internal ValueTask ForgetDraftAsync(string formId) => InvokeAsync("forgetDraft", default, formId);

    internal ValueTask SetThemeAsync(bool dark) => InvokeAsync("setTheme", default, dark);

    internal ValueTask SetRailAsync(bool rail) => InvokeAsync("setRail", default, rail);

    internal ValueTask SetLanguageAsync(string culture) => InvokeAsync("setLanguage", default, culture);

    internal async ValueTask<IJSObjectReference?> AttachAsync<T>(string function, DotNetObjectReference<T> target, params object?[] arguments)
        where T : class
    {
        try
        {
            return await (await ModuleAsync(default)).InvokeAsync<IJSObjectReference>(function, [target, .. arguments]);
        }
        catch (JSDisconnectedException)
        {
            return null;
        }
    }

    internal async ValueTask<IJSObjectReference?> AttachPasteAsync<T>(ElementReference element, DotNetObjectReference<T> target)
        where T : class
    {
        try
        {
            return await (await ModuleAsync(default)).InvokeAsync<IJSObjectReference>("attachPaste", element, target);
        }
        catch (JSDisconnectedException)
        {
            return null;
        }
    }

    internal async ValueTask<IJSObjectReference?> AttachLayerAsync(ElementReference layer)
    {
        try
        {
            return await (await ModuleAsync(default)).InvokeAsync<IJSObjectReference>("attachLayer", layer);
        }
        catch (JSDisconnectedException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone and took the module with it.
        }
    }

    private async ValueTask InvokeAsync(string function, CancellationToken ct, params object?[] arguments)
    {
        try
        {
            await (await ModuleAsync(ct)).InvokeVoidAsync(function, ct, arguments);
        }
        catch (JSDisconnectedException)
        {
            // Nobody is there any more to see the effect.
        }
    }

    private async ValueTask<IJSObjectReference> ModuleAsync(CancellationToken ct) =>
        _module ??= await js.InvokeAsync<IJSObjectReference>("import", ct, ModulePath);
}
