using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text.RegularExpressions;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Identity.SignIn;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.Providers;

/// <summary>The providers of the configuration, in its order; they are read once, when the host starts.</summary>
/// <param name="All">The providers by their ids.</param>
internal sealed partial record ProviderRegistry(IReadOnlyDictionary<string, ProviderOptions> All)
{
    internal const string Section = SignInOptions.Section + ":Providers";

    /// <summary>What a grant may give: whoever decides for an organization or the platform is made by people.</summary>
    internal static readonly IReadOnlyList<string> GrantedRoles = [.. Role.OfOrganizations.Where(r => r != Role.Owner)];

    internal static string SchemeOf(string id) => "provider-" + id;

    internal string NameOf(string id) => All.TryGetValue(id, out var provider) && provider.Name is { Length: > 0 } name ? name : id;

    /// <exception cref="OptionsValidationException">Something in the section is not what it should be.</exception>
    internal static ProviderRegistry Read(IConfiguration configuration)
    {
        var providers = new Dictionary<string, ProviderOptions>(StringComparer.Ordinal);
        foreach (var section in configuration.GetSection(Section).GetChildren())
        {
            var provider = section.Get<ProviderOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new();
            if (FindFlaws(section.Key, provider) is [_, ..] flaws) throw new OptionsValidationException(section.Path, typeof(ProviderOptions), flaws);
            providers[section.Key] = provider;
        }

        return new(providers);
    }

    /// <summary>What the values of the claim give, the roles of one organization together.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> GrantsOf(ProviderOptions provider, IReadOnlyCollection<string> values) => provider.Grants
        .Where(g => values.Contains(g.Value)).GroupBy(g => g.Organization, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. Role.OfOrganizations.Where(r => g.Any(one => one.Roles.Contains(r)))], StringComparer.Ordinal);

    private static string[] FindFlaws(string id, ProviderOptions provider)
    {
        List<ValidationResult> found = [];
        Validator.TryValidateObject(provider, new ValidationContext(provider), found, validateAllProperties: true);
        foreach (var grant in provider.Grants) Validator.TryValidateObject(grant, new ValidationContext(grant), found, validateAllProperties: true);
        List<string> flaws = [.. found.Select(f => f.ErrorMessage!)];
        if (!Id().IsMatch(id)) flaws.Add("The id of a provider has 1 to 32 small letters, digits and hyphens.");
        if (!Uri.TryCreate(provider.Authority, UriKind.Absolute, out var authority) || !(authority.Scheme == Uri.UriSchemeHttps || IsLoopback(authority))) flaws.Add("Authority is an https address, or http on loopback.");
        if (provider.ClientSecretFile is { } file && !File.Exists(file)) flaws.Add($"There is no file {file}.");
        if (provider.Grants.Any(g => g.Organization == PlatformOrganization.Id || g.Roles.Count == 0 || g.Roles.Except(GrantedRoles).Any())) flaws.Add($"A grant names an organization and some of the roles {string.Join(", ", GrantedRoles)}.");
        return [.. flaws.Select(f => $"{Section}:{id}: {f}")];
    }

    private static bool IsLoopback(Uri address) => address.Scheme == Uri.UriSchemeHttp && (address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));

    [GeneratedRegex("^[a-z0-9-]{1,32}$")]
    private static partial Regex Id();
}
