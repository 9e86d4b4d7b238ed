using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Storage.Tests;

/// <summary>A host as it stands in Production, and another node on its database that makes people.</summary>
public sealed class PeopleSite(PostgresFixture postgres) : IAsyncLifetime
{
    internal const string Password = "Kranich-steht-7";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ib-people-");
    private int _last;

    internal HostProcess Host { get; private set; } = null!;

    internal TestSite Node { get; private set; } = null!;

    internal CompanyProvider Company { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var connection = await postgres.CreateDatabaseAsync(CancellationToken.None);
        Node = await TestSite.StartAsync(connection, CancellationToken.None, null, ("SignIn:Folder", Path.Combine(_root.FullName, "sign-in")), ("SignIn:AddressAttemptsPerMinute", "3"));
        Company = await CompanyProvider.StartAsync();
        var secret = Path.Combine(_root.FullName, "client");
        await File.WriteAllTextAsync(secret, CompanyProvider.Secret + "\n");
        Host = await HostProcess.StartAsync(
            Path.Combine(_root.FullName, "data"), HostProcess.FreePort(), new Dictionary<string, string> { ["ConnectionStrings__IndustryBrain"] = connection }, CancellationToken.None,
            ["--environment", "Production", "--SignIn:Folder", Path.Combine(_root.FullName, "sign-in"), "--SignIn:AddressAttemptsPerMinute", "100000",
            .. Provider("company", Company.Address, secret), "--SignIn:Providers:company:AdmitsUnknown", "true", "--SignIn:Providers:company:Name", "Company",
            "--SignIn:Providers:company:Grants:0:Value", "planners", "--SignIn:Providers:company:Grants:0:Organization", "demo", "--SignIn:Providers:company:Grants:0:Roles:0", "builder",
            "--SignIn:Providers:company:Grants:1:Value", "planners", "--SignIn:Providers:company:Grants:1:Organization", "nowhere", "--SignIn:Providers:company:Grants:1:Roles:0", "builder",
            .. Provider("trusted", Company.Address, secret), "--SignIn:Providers:trusted:TrustsFactor", "true", .. Provider("gone", "http://127.0.0.1:9", secret)]);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Node.DisposeAsync();
        await Company.DisposeAsync();
        _root.Delete(recursive: true);
    }

    private static string[] Provider(string id, string authority, string secret) =>
        [$"--SignIn:Providers:{id}:Authority", authority, $"--SignIn:Providers:{id}:ClientId", CompanyProvider.Client, $"--SignIn:Providers:{id}:ClientSecretFile", secret];

    internal PersonBrowser NewBrowser() => new(Host.Address);

    /// <summary>A name that no other test has.</summary>
    internal string NewName() => $"person{Interlocked.Increment(ref _last)}";

    /// <summary>Somebody with a password, in organizations with a role.</summary>
    internal async Task<Account> AddAsync(string userName, CancellationToken ct, params (string Organization, string Role)[] memberships)
    {
        await using var scope = Node.Get<IServiceScopeFactory>().CreateAsyncScope();
        var made = await scope.ServiceProvider.GetRequiredService<AccountRegister>().CreateAsync(
            TestStorage.Caller("platform"), userName, "测试员", Password,
            (session, account) => session.Store(memberships.Select((m, i) => new Membership(account.Id, m.Organization, [m.Role], DateTimeOffset.UnixEpoch.AddDays(i))).ToArray()), ct);
        return made.TryGet(out var account, out var failure) ? account : throw new InvalidOperationException($"{failure.Code}: {failure.Message.En}");
    }

    internal async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = Node.Database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }
}
