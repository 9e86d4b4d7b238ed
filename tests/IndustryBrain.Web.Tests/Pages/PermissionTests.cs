using System.Runtime.CompilerServices;
using Bunit;
using IndustryBrain.Host.Pages.Loading;
using IndustryBrain.Host.Pages.Permissions;
using IndustryBrain.Host.Pages.Scenarios;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Web.Tests.Pages;

/// <summary>An action is offered only to those who may do it, and its handler refuses the others again.</summary>
public sealed class PermissionTests
{
    [Fact]
    public async Task Allowed_WithoutPermission_DisablesAndSaysWhich()
    {
        await using var context = With();

        var page = context.Render<Allowed>(p => p.Add(a => a.Permission, Permission.CancelRuns).Add(a => a.ChildContent, a => $"<button {(a.Is ? "" : "disabled")} title=\"{a.Reason}\">x</button>"));

        Assert.True(page.Find("button").HasAttribute("disabled"));
        Assert.Contains("runs.cancel", page.Find("button").GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Allowed_WithPermission_OffersIt()
    {
        await using var context = With(Permission.CancelRuns);

        var page = context.Render<Allowed>(p => p.Add(a => a.Permission, Permission.CancelRuns).Add(a => a.ChildContent, a => $"<button {(a.Is ? "" : "disabled")}>x</button>"));

        Assert.False(page.Find("button").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Page_WithoutItsReadPermission_ShowsTheRefusalAndLoadsNothing()
    {
        await using var context = With();
        context.SetRendererInfo(new("Server", true));

        var page = context.Render<Secrets>();

        Assert.Equal("IB4007", page.Instance.Shown?.Code);
        Assert.False(page.Instance.WasLoaded);
    }

    [Fact]
    public async Task Import_WithoutPermission_RefusesBeforeItReadsTheFile()
    {
        await using var context = With();
        // Touching the library would fail: it is never made.
        context.Services.AddSingleton((ScenarioLibrary)RuntimeHelpers.GetUninitializedObject(typeof(ScenarioLibrary)));
        Failure? failure = null;
        var page = context.Render<ScenarioImport>(p => p.Add(i => i.OnImported, _ => { }).Add(i => i.OnFailed, f => failure = f));

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("{}", "x.json"));

        Assert.Equal("IB4007", failure?.Code);
        Assert.True(page.Find("input").HasAttribute("disabled"));
    }

    private static WebContext With(params string[] permissions)
    {
        var context = new WebContext();
        context.Services.AddSingleton<ICallerAccessor>(new Somebody(permissions));
        context.Services.AddSingleton(new Handover(new MemoryCache(new MemoryCacheOptions())));
        context.AddBunitPersistentComponentState();
        return context;
    }

    private sealed class Somebody(string[] permissions) : ICallerAccessor
    {
        public ValueTask<Caller> GetAsync(CancellationToken cancellationToken = default) => new(new Caller("demo", new Actor(ActorKind.Person, "u", "U"), "::1"));

        public ValueTask<bool> HasAsync(string permission, CancellationToken cancellationToken = default) => new(permissions.Contains(permission));
    }

    private sealed class Secrets : LoadedPage<string>
    {
        internal bool WasLoaded { get; private set; }

        internal Failure? Shown => Failure;

        protected override string Reads => Permission.ReadRuns;

        protected override Task<Result<string>> LoadAsync(CancellationToken ct)
        {
            WasLoaded = true;
            return Task.FromResult<Result<string>>("secret");
        }
    }
}
