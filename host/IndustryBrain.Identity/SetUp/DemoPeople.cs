using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Storage;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace IndustryBrain.Identity.SetUp;

/// <summary>Somebody to be while developing.</summary>
/// <param name="Account">Their account; it has no password.</param>
/// <param name="Role">Their role.</param>
/// <param name="Path">Signs in as them, from this machine, as long as this host runs.</param>
public sealed record DemoPerson(Account Account, string Role, string Path);

/// <summary>The people of Development: one for each role of the demo organization, and the three administrators. Elsewhere there are none.</summary>
internal sealed class DemoPeople(IOrganizationSessions sessions, IHostEnvironment environment, TimeProvider time)
{
    internal const string Path = "/sign-in/demo";

    private static readonly (string UserName, string Name, string Organization, string Role)[] People =
    [
        ("demo-owner", "林主任 Lin", DemoOrganization.Id, Role.Owner),
        ("demo-builder", "周工 Zhou", DemoOrganization.Id, Role.Builder),
        ("demo-runner", "陈班长 Chen", DemoOrganization.Id, Role.Runner),
        ("demo-viewer", "吴分析 Wu", DemoOrganization.Id, Role.Viewer),
        ("demo-system", "系统管理员 System", PlatformOrganization.Id, Role.SystemAdministrator),
        ("demo-security", "安全管理员 Security", PlatformOrganization.Id, Role.SecurityAdministrator),
        ("demo-audit", "审计管理员 Audit", PlatformOrganization.Id, Role.AuditAdministrator),
    ];

    // Of this start alone: what is printed says nothing about the next.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    /// <summary>True when the request may sign in without a password: in Development, from this machine.</summary>
    internal bool IsOffered(HttpContext context) => environment.IsDevelopment() && LocalHandler.IsLocal(context);

    /// <summary>The people; made when they are not there. None outside of Development.</summary>
    internal async Task<IReadOnlyList<DemoPerson>> ListAsync(CancellationToken ct)
    {
        if (!environment.IsDevelopment()) return [];
        await using var session = sessions.OpenPlatform();
        var people = new List<DemoPerson>();
        foreach (var (userName, name, organization, role) in People)
        {
            // Hosts that start at once write the same documents.
            var account = await session.LoadAsync<Account>(userName, ct);
            if (account is null)
            {
                account = new Account(userName, userName, name, time.GetUtcNow()) { SecurityStamp = userName };
                session.Store(account);
                session.Store(new Membership(account.Id, organization, [role], time.GetUtcNow()));
            }

            people.Add(new(account, role, $"{Path}/{userName}/{LinkOf(userName)}"));
        }

        await session.SaveChangesAsync(ct);
        return people;
    }

    /// <summary>The person of a link; null when it is none of this start.</summary>
    internal async Task<DemoPerson?> FindAsync(string userName, string link, CancellationToken ct) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(LinkOf(userName)), Encoding.UTF8.GetBytes(link)) ? (await ListAsync(ct)).FirstOrDefault(p => p.Account.UserName == userName) : null;

    private string LinkOf(string userName) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(userName)).AsSpan(0, 18));
}
