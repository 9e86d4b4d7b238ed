using System.Text.Json;
using Bunit;
using IndustryBrain.Host.Pages.Runs;
using IndustryBrain.Identity;
using IndustryBrain.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Web.Tests.Pages;

public sealed class SendEventTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("{\"approved\":true}", "{\"approved\":true}")]
    [InlineData(" 5 ", "5")]
    public async Task Send_PayloadOrNone_ReachesThePage(string text, string? expected)
    {
        await using var context = With(allowed: true);
        var sent = new List<JsonElement?>();
        var form = context.Render<SendEvent>(p => p.Add(e => e.Name, "go").Add(e => e.Key, "1").Add(e => e.OnSend, payload => sent.Add(payload)));

        await form.Find("textarea").ChangeAsync(new() { Value = text });
        await form.Find("form").SubmitAsync();

        Assert.Equal(expected, Assert.Single(sent)?.GetRawText());
    }

    [Fact]
    public async Task Send_NotJson_SaysSoAndSendsNothing()
    {
        await using var context = With(allowed: true);
        var sent = 0;
        var form = context.Render<SendEvent>(p => p.Add(e => e.Name, "go").Add(e => e.Key, "1").Add(e => e.OnSend, _ => sent++));

        await form.Find("textarea").ChangeAsync(new() { Value = "{yes" });
        await form.Find("form").SubmitAsync();

        Assert.Equal(0, sent);
        Assert.Contains("JSON", form.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_WithoutPermission_SaysWhichOneIsMissing()
    {
        await using var context = With(allowed: false);

        var form = context.Render<SendEvent>(p => p.Add(e => e.Name, "go").Add(e => e.Key, "1").Add(e => e.OnSend, _ => { }));

        Assert.True(form.Find("button").HasAttribute("disabled"));
        Assert.Contains("runs.start", form.Markup, StringComparison.Ordinal);
    }

    private static WebContext With(bool allowed)
    {
        var context = new WebContext();
        context.Services.AddSingleton<ICallerAccessor>(new Somebody(allowed));
        return context;
    }

    private sealed class Somebody(bool allowed) : ICallerAccessor
    {
        public ValueTask<Caller> GetAsync(CancellationToken cancellationToken = default) => new(new Caller("demo", new Actor(ActorKind.Person, "u", "U"), "::1"));

        public ValueTask<bool> HasAsync(string permission, CancellationToken cancellationToken = default) => new(allowed);
    }
}
