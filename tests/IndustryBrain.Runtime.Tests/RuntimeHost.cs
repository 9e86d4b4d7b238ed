using System.Net.Http.Headers;
using System.Text.Json;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Storage;
using IndustryBrain.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Runtime.Tests;

/// <summary>A real host: real PostgreSQL, real engine, real plugins, real HTTP on loopback.</summary>
internal sealed class RuntimeHost : IAsyncDisposable
{
    public const string Organization = DemoOrganization.Id;
    public static readonly Caller Person = new(Organization, new(ActorKind.Person, "p1", "Test"), "127.0.0.1");

    private readonly WebApplication _app;
    private readonly Database _database;
    private readonly DirectoryInfo _folder;

    private RuntimeHost(WebApplication app, Database database, DirectoryInfo folder)
    {
        (_app, _database, _folder) = (app, database, folder);
        Client = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Client { get; }

    public Database Database => _database;

    public IServiceProvider Services => _app.Services;

    public RunCoordinator Runs => _app.Services.GetRequiredService<RunCoordinator>();

    public ScenarioLibrary Library => _app.Services.GetRequiredService<ScenarioLibrary>();

    public static Task<RuntimeHost> StartAsync(string connectionString, ProbePackage plugins, CancellationToken ct, params (string Key, string Value)[] settings) =>
        StartAsync(connectionString, plugins, static _ => { }, ct, settings);

    /// <summary>A host with something of its own, such as a clock.</summary>
    public static async Task<RuntimeHost> StartAsync(string connectionString, ProbePackage plugins, Action<WebApplicationBuilder> prepare, CancellationToken ct, params (string Key, string Value)[] settings)
    {
        var host = await BuildAsync(connectionString, plugins, prepare, settings, ct);
        await host._app.StartAsync(ct);
        host.Client.BaseAddress = new Uri(host._app.Urls.First());
        return host;
    }

    /// <summary>A host that has not been started.</summary>
    public static Task<RuntimeHost> BuildAsync(string connectionString, ProbePackage plugins, CancellationToken ct, params (string Key, string Value)[] settings) =>
        BuildAsync(connectionString, plugins, static _ => { }, settings, ct);

    private static async Task<RuntimeHost> BuildAsync(string connectionString, ProbePackage plugins, Action<WebApplicationBuilder> prepare, (string Key, string Value)[] settings, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("ib-runtime-");
        var database = await PostgresFixture.OpenAsync(connectionString, ct);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("Plugins:Folder", Path.Combine(folder.FullName, "plugins")),
            new("Workers:Folder", Path.Combine(folder.FullName, "workers")),
            new("Capabilities:Folder", Path.Combine(folder.FullName, "capabilities")),
            new("Audit:Folder", Path.Combine(folder.FullName, "audit")),
            new("Trust:Folder", Path.Combine(folder.FullName, "trust")),
            new("SignIn:Local", "true"),
            new("Bundled:Plugins", plugins.Folder),
            new("Bundled:Publish", "true"),
            new("Bundled:Scenarios", Path.Combine(folder.FullName, "none")),

            // A process is started for those that evaluate an expression; a second one would be for an organization that no test has.
            new("Expressions:WarmWorkers", "0"),
        ]).AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)));
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Warning);
        prepare(builder);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddIndustryBrainStorage(builder.Configuration, database, RuntimeSetup.Integrate);
        builder.Services.AddIndustryBrainIdentity(builder.Configuration);
        builder.Services.AddIndustryBrainRuntime(builder.Configuration);
        var app = builder.Build();
        app.UseIndustryBrainIdentity();
        app.MapIndustryBrainApi();
        return new(app, database, folder);
    }

    /// <summary>Imports and publishes a scenario made of activities.</summary>
    public async Task PublishAsync(string definition, CancellationToken ct)
    {
        using var content = Json(definition);
        using var imported = await Client.PostAsync(new Uri("/api/v1/scenarios/import", UriKind.Relative), content, ct);
        var summary = await imported.Content.ReadAsStringAsync(ct);
        Assert.True(imported.IsSuccessStatusCode, summary);
        var id = JsonElement.Parse(summary).GetProperty("definitionId").GetString();
        using var published = await Client.PostAsync(new Uri($"/api/v1/scenarios/{id}/publish", UriKind.Relative), null, ct);
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync(ct));
    }

    public async Task<(int Status, JsonElement Body)> PostAsync(string path, string? json, CancellationToken ct)
    {
        using var content = json is null ? null : Json(json);
        using var answer = await Client.PostAsync(new Uri("/api/v1/" + path, UriKind.Relative), content, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }

    public async Task<(int Status, JsonElement Body)> GetAsync(string path, CancellationToken ct)
    {
        using var answer = await Client.GetAsync(new Uri("/api/v1/" + path, UriKind.Relative), ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }

    public async Task<RunView> StartRunAsync(string definitionId, string input, CancellationToken ct)
    {
        var started = await Runs.StartAsync(Person, definitionId, JsonElement.Parse(input), ct);
        return started.TryGet(out var run, out var failure) ? run : throw new InvalidOperationException($"{failure.Code} {failure.Message.En} {failure.Where}");
    }

    public async Task<RunView> EndedAsync(Guid id, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        RunView? last = null;
        await foreach (var view in Runs.WatchAsync(Person, id, patience.Token))
        {
            last = view;
        }

        Assert.True(last?.HasEnded, $"{last}");
        return last!;
    }

    /// <summary>The run as soon as it looks so; fails after 30 s, or when it ended without.</summary>
    public async Task<RunView> SeenAsync(Guid id, Func<RunView, bool> looks, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        await foreach (var view in Runs.WatchAsync(Person, id, patience.Token))
        {
            if (looks(view))
                return view;
        }

        throw new InvalidOperationException("It never looked so.");
    }

    /// <summary>The run once it waits.</summary>
    public async Task<RunView> WaitingAsync(Guid id, CancellationToken ct)
    {
        var waited = await Runs.WaitAsync(Person, id, TimeSpan.FromSeconds(30), ct);
        Assert.True(waited.TryGet(out var run, out _));
        Assert.True(run.IsWaiting, $"{run}");
        return run;
    }

    public async Task<long> CountAsync(string sql, CancellationToken ct)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    public async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What is on record of a run.</summary>
    public async Task<IReadOnlyList<object>> EventsAsync(Guid id, CancellationToken ct) =>
        (await _app.Services.GetRequiredService<RunStore>().ReadAsync(Organization, id, withState: false, waitsFor: null, ct))?.Events ?? [];

    /// <summary>Waits until the query counts so many; fails after 30 s.</summary>
    public async Task UntilAsync(string sql, long count, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await CountAsync(sql, patience.Token) != count)
            await tick.WaitForNextTickAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    public static StringContent Json(string json) => new(json, new MediaTypeHeaderValue("application/json"));
}
