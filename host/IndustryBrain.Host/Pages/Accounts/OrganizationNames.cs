using IndustryBrain.Host.Texts;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Storage;
using IndustryBrain.Web.Shell;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Host.Pages.Accounts;

/// <summary>Names of organizations for people to read; one that has none is called by its id.</summary>
internal sealed class OrganizationNames(IOrganizationSessions sessions, IOptions<ShellOptions> shell)
{
    internal async Task<IReadOnlyDictionary<string, string>> OfAsync(IEnumerable<string> ids, CancellationToken ct)
    {
        var wanted = ids.Distinct().ToArray();
        await using var session = sessions.OpenPlatform();
        var known = (await session.LoadManyAsync<Organization>(ct, wanted)).ToDictionary(o => o.Id, o => o.Name);
        return wanted.ToDictionary(id => id, id => known.GetValueOrDefault(id) ?? id switch
        {
            DemoOrganization.Id => shell.Value.Organization.ToString(),
            PlatformOrganization.Id => AccessText.Platform.ToString(),
            _ => id,
        });
    }
}
