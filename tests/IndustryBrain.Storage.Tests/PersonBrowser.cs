using System.Net;
using System.Text.RegularExpressions;
using System.Web;

namespace IndustryBrain.Storage.Tests;

/// <summary>A browser without scripts: it keeps cookies, follows nothing by itself, and sends forms as they stand on the page.</summary>
internal sealed partial class PersonBrowser : IDisposable
{
    private readonly HttpClient _client;

    internal PersonBrowser(Uri address)
    {
        _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = address };
        _client.DefaultRequestHeaders.Add("Origin", address.GetLeftPart(UriPartial.Authority));
    }

    internal CookieContainer Cookies { get; } = new();

    internal string? Session => Cookies.GetAllCookies()["ib-session"]?.Value;

    public void Dispose() => _client.Dispose();

    internal async Task<(int Status, string Text, string? To)> GetAsync(string path, CancellationToken ct)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), ct);
        return await ReadAsync(answer, ct);
    }

    /// <summary>Goes to a provider by a link of the host, and comes back with what it answers; the provider asks nothing.</summary>
    internal async Task<(int Status, string Text, string? To)> GoThroughAsync(string path, CancellationToken ct)
    {
        using var there = await _client.GetAsync(new Uri(path, UriKind.Relative), ct);
        if (there.Headers.Location is not { IsAbsoluteUri: true } provider) return await ReadAsync(there, ct);
        using var back = await _client.GetAsync(provider, ct);
        Return = back.Headers.Location!;
        return await ComeBackAsync(Return, ct);
    }

    /// <summary>The address by which a provider last sent the browser back.</summary>
    internal Uri? Return { get; private set; }

    /// <summary>Comes back from a provider.</summary>
    internal async Task<(int Status, string Text, string? To)> ComeBackAsync(Uri address, CancellationToken ct)
    {
        using var answer = await _client.GetAsync(address, ct);
        return await ReadAsync(answer, ct);
    }

    /// <summary>Opens a page and sends the form on it that has this handler or address.</summary>
    internal async Task<(int Status, string Text, string? To)> SendAsync(string path, string form, CancellationToken ct, params (string Name, string Value)[] fields) =>
        await SendAsync((await GetAsync(path, ct)).Text, path, form, ct, fields);

    /// <summary>Sends a form of a page that was read before.</summary>
    internal async Task<(int Status, string Text, string? To)> SendAsync(string page, string path, string form, CancellationToken ct, params (string Name, string Value)[] fields)
    {
        var markup = Form().Matches(page).Select(m => m.Value).First(f => f.Contains($"action=\"{form}\"", StringComparison.Ordinal) || f.Contains($"name=\"_handler\" value=\"{form}\"", StringComparison.Ordinal));
        var values = Hidden().Matches(markup).ToDictionary(m => Attribute(m.Value, "name"), m => Attribute(m.Value, "value"));
        foreach (var (name, value) in fields) values[name] = value;
        var address = markup.Contains($"action=\"{form}\"", StringComparison.Ordinal) ? form : path;
        using var answer = await _client.PostAsync(new Uri(address, UriKind.Relative), new FormUrlEncodedContent(values), ct);
        return await ReadAsync(answer, ct);
    }

    internal Task<(int Status, string Text, string? To)> SignInAsync(string userName, string password, CancellationToken ct, string path = "/sign-in") =>
        SendAsync(path, "password", ct, ("UserName", userName), ("Password", password));

    /// <summary>The failure code on a page or in an answer.</summary>
    internal static string? CodeIn(string text) => FailureCode().Match(text) is { Success: true } found ? found.Value : null;

    private static string Attribute(string tag, string name) => HttpUtility.HtmlDecode(Regex.Match(tag, $"{name}=\"([^\"]*)\"").Groups[1].Value);

    private static async Task<(int Status, string Text, string? To)> ReadAsync(HttpResponseMessage answer, CancellationToken ct) =>
        ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(ct), answer.Headers.Location is { } to ? to.IsAbsoluteUri ? to.PathAndQuery : to.OriginalString : null);

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();

    [GeneratedRegex("IB[0-9]{4}")]
    private static partial Regex FailureCode();
}
