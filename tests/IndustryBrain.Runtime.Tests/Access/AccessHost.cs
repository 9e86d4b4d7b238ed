using System.Net.Http.Json;
using System.Text.Json;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Keys;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Storage;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.Access;

/// <summary>A host with people of several organizations, each with a key that acts for them; its clock can be moved on.</summary>
public sealed class AccessHost(PostgresFixture postgres, ProbePackage plugins) : IAsyncLifetime
{
    private static int _last;

    internal RuntimeHost Host { get; private set; } = null!;

    internal string Connection { get; private set; } = "";

    internal ShiftedClock Clock { get; } = new();

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        Connection = await postgres.CreateDatabaseAsync(plugins, ct);
        Host = await RuntimeHost.StartAsync(Connection, plugins, builder => builder.Services.AddSingleton<TimeProvider>(Clock), ct, ("Keys:UseSeconds", "1"), ("Organizations:CoolingOffDays", "30"), ("Connections:PrivateHosts:0", "127.0.0.1"), ("Mqtt:ReconnectDelay", "00:00:00.200"));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>An id that nothing has yet.</summary>
    internal static string Fresh(string prefix) => $"{prefix}-{Interlocked.Increment(ref _last)}";

    /// <summary>A person with an account, of no organization yet.</summary>
    internal async Task<string> AccountAsync(CancellationToken ct)
    {
        var id = Fresh("person");
        await using var session = Host.Services.GetRequiredService<IOrganizationSessions>().OpenPlatform();
        session.Store(new Account(id, $"{id}@example.com", $"Name of {id}", Clock.GetUtcNow()));
        await session.SaveChangesAsync(ct);
        return id;
    }

    /// <summary>A person of an organization.</summary>
    internal async Task<Member> MemberAsync(string organization, CancellationToken ct, params string[] roles)
    {
        var id = await AccountAsync(ct);
        var added = await Host.Services.GetRequiredService<MembershipStore>().AddAsync(Caller.ForSystem(organization), id, organization, roles, ct);
        Assert.Null(added.Failure);
        return new(id, await KeyAsync(organization, id, RolePermissions.Of(roles), ct));
    }

    /// <summary>The text of a key that acts for a member.</summary>
    internal async Task<string> KeyAsync(string organization, string person, IReadOnlyCollection<string> permissions, CancellationToken ct)
    {
        var caller = new Caller(organization, new(ActorKind.Person, person, person), "127.0.0.1");
        var made = await Host.Services.GetRequiredService<ApiKeyStore>().CreateAsync(caller, permissions, new("of " + person, [.. permissions]), ct);
        return made.TryGet(out var key, out var failure) ? key.Text : throw new InvalidOperationException(failure.Code);
    }

    /// <summary>Asks with a key; answers status, code of a failure, and body.</summary>
    internal Task<Answer> AskAsync(string key, string method, string path, object? body, CancellationToken ct) => AskAsync(Host, key, method, path, body, ct);

    internal static async Task<Answer> AskAsync(RuntimeHost host, string key, string method, string path, object? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(new(method), new Uri("/api/v1/" + path, UriKind.Relative)) { Content = body is null ? null : JsonContent.Create(body), Headers = { { "X-Api-Key", key } } };
        using var answer = await host.Client.SendAsync(request, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        var json = text.Length == 0 ? default : JsonElement.Parse(text);
        return new((int)answer.StatusCode, json.ValueKind == JsonValueKind.Object && json.TryGetProperty("code", out var code) ? code.GetString() : null, json);
    }

    /// <summary>A member and the key that acts for them.</summary>
    internal sealed record Member(string Id, string Key);

    /// <summary>What was answered.</summary>
    internal sealed record Answer(int Status, string? Code, JsonElement Body)
    {
        public JsonElement this[string member] => Body.GetProperty(member);
    }
}
