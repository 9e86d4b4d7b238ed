using Bunit;
using IndustryBrain.Sdk;
using IndustryBrain.Web.Security;
using IndustryBrain.Web.Shell;
using IndustryBrain.Web.States;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Web.Tests.Shell;

public sealed class ShellTests
{
    [Fact]
    public async Task SecurityHeaders_EachResponse_HasAFreshNonce()
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var pipeline = new ApplicationBuilder(services).UseIndustryBrainSecurityHeaders();
        pipeline.Run(_ => Task.CompletedTask);
        var handler = ((ApplicationBuilder)pipeline).Build();
        var (one, two) = (new DefaultHttpContext(), new DefaultHttpContext());

        await handler(one);
        await handler(two);

        Assert.NotEqual(one.GetScriptNonce(), two.GetScriptNonce());
        Assert.Contains($"script-src 'self' 'nonce-{one.GetScriptNonce()}';", one.Response.Headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", one.Response.Headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
        Assert.Equal("nosniff", one.Response.Headers.XContentTypeOptions);
    }

    [Fact]
    public async Task ShellLayout_PageThrows_ShowsNoStack()
    {
        await using var context = new WebContext();

        var shell = context.Render<ShellLayout>(p => p.Add(l => l.Body, builder =>
        {
            builder.OpenComponent<Thrower>(0);
            builder.CloseComponent();
        }));

        Assert.Contains("这个页面出错了", shell.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("secret detail", shell.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShellLayout_PageThrows_NamesTheNumberThatTheLogHas()
    {
        await using var context = new WebContext();
        var log = new CollectedLog();
        context.Services.AddLogging(logging => logging.AddProvider(log));

        var shell = context.Render<ShellLayout>(p => p.Add(l => l.Body, builder =>
        {
            builder.OpenComponent<Thrower>(0);
            builder.CloseComponent();
        }));

        var (message, exception) = Assert.Single(log.Entries, e => e.Message.StartsWith("A page failed", StringComparison.Ordinal));
        Assert.NotNull(exception);
        Assert.Contains("IB0900", shell.Markup, StringComparison.Ordinal);
        Assert.Contains(message[^32..], shell.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShellLayout_CurrentPage_IsMarkedInBothNavigations()
    {
        await using var context = new WebContext("en");
        context.Services.GetRequiredService<NavigationManager>().NavigateTo("/runs/42?tab=1");

        var shell = context.Render<ShellLayout>();

        Assert.Equal(["Runs", "Runs"], shell.FindAll("a[aria-current=page]").Select(a => a.TextContent.Trim()));
        Assert.Single(shell.FindAll("main"));
    }

    [Fact]
    public async Task CommandPalette_Typing_FindsPagesInEitherLanguage()
    {
        await using var context = new WebContext();
        var palette = context.Render<CommandPalette>(p => p.Add(c => c.OnClose, () => { }));

        palette.Find("input").Input("comp");

        Assert.Equal("能力组件", Assert.Single(palette.FindAll("[role=option]")).TextContent.Trim());
    }

    [Fact]
    public async Task ErrorState_Failure_SaysWhatWhereAndWhatToDo()
    {
        await using var context = new WebContext();

        var error = context.Render<ErrorState>(p => p.Add(e => e.Failure, Refusals.Missing("price")));

        Assert.Equal("alert", error.Find("section").GetAttribute("role"));
        Assert.Equal(["price", "IB7101"], error.FindAll("code").Select(c => c.TextContent));
    }

    private sealed class Thrower : ComponentBase
    {
        protected override void OnInitialized() => throw new InvalidOperationException("secret detail");
    }
}
