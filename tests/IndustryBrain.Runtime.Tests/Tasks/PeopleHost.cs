using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Keys;
using IndustryBrain.Storage;
using IndustryBrain.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.Tasks;

/// <summary>A host with a directory of four persons, each with a key of their own: li, wang and zhang are buyers, chen is the chief.</summary>
public sealed class PeopleHost(PostgresFixture postgres, ProbePackage plugins) : IAsyncLifetime
{
    public static readonly string[] Persons = ["li", "wang", "zhang", "chen"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ib-people-");
    private RuntimeHost? _host;

    internal RuntimeHost Host => _host!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _host = await StartAsync(_folder, postgres, plugins, static _ => { }, TestContext.Current.CancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    internal static async Task<RuntimeHost> StartAsync(DirectoryInfo folder, PostgresFixture postgres, ProbePackage plugins, Action<WebApplicationBuilder> prepare, CancellationToken ct)
    {
        var file = Path.Combine(folder.FullName, "people.json");
        var persons = Persons.Select(p => new { id = p, name = p.ToUpperInvariant(), roles = p == "chen" ? ["chief"] : new[] { "buyer" }, keys = new[] { ShortId(KeyOf(p)) } });
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new Dictionary<string, object> { [RuntimeHost.Organization] = persons }), ct);
        var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, prepare, ct, ("Directory:File", file), ("Tasks:LookSeconds", "1"));
        var keys = host.Services.GetRequiredService<ApiKeyStore>();
        foreach (var name in (string[])[.. Persons, "stranger"])
            await keys.AddAsync(RuntimeHost.Person, KeyOf(name), name, Permission.All, ct);
        host.Client.DefaultRequestHeaders.Add("X-Api-Key", KeyOf("stranger"));
        return host;
    }

    internal static string KeyOf(string person) => $"a-key-for-nobody-but-{person}-in-these-tests";

    internal static async Task<(int Status, JsonElement Body)> AsAsync(RuntimeHost host, string person, string path, string? json, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(json is null ? HttpMethod.Get : HttpMethod.Post, new Uri(host.Client.BaseAddress!, "/api/v1/" + path));
        request.Headers.Add("X-Api-Key", KeyOf(person));
        if (json is not null)
            request.Content = RuntimeHost.Json(json);
        using var client = new HttpClient();
        using var answer = await client.SendAsync(request, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }

    private static string ShortId(string key) => "key-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..12];
}
