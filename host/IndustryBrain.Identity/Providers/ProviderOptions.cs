using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Identity.Providers;

/// <summary>An OpenID Connect provider by which people sign in, such as that of their company; section <c>SignIn:Providers:ID</c> of the configuration.</summary>
public sealed class ProviderOptions
{
    /// <summary>What the button says. Default: the id.</summary>
    [StringLength(60)]
    public string? Name { get; set; }

    /// <summary>Address of the provider, below which its <c>.well-known/openid-configuration</c> is; https, or http on loopback.</summary>
    [Required]
    public string Authority { get; set; } = "";

    /// <summary>The id under which the provider knows this host.</summary>
    [Required]
    public string ClientId { get; set; } = "";

    /// <summary>File that holds the client's secret; null for a public client, which PKCE alone protects.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>Scopes that are asked for beside <c>openid</c>. Default <c>profile</c>.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = [];

    /// <summary>Claim that becomes the user name of somebody who comes in for the first time. Default <c>preferred_username</c>.</summary>
    [Required]
    public string UserNameClaim { get; set; } = "preferred_username";

    /// <summary>Claim whose values <see cref="Grants"/> maps. Default <c>groups</c>.</summary>
    [Required]
    public string Claim { get; set; } = "groups";

    /// <summary>Which value of the claim gives which roles in which organization; looked at with each sign-in.</summary>
    public IReadOnlyList<ProviderGrant> Grants { get; set; } = [];

    /// <summary>True makes an account for somebody whom a grant lets in and whom nobody knows here; false lets in those alone who linked their account. Default false.</summary>
    public bool AdmitsUnknown { get; set; }

    /// <summary>True takes the provider's word that a second factor was given: its <c>amr</c> has one of <see cref="FactorMethods"/>. Default false.</summary>
    public bool TrustsFactor { get; set; }

    /// <summary>Values of <c>amr</c> that say so. Default <c>mfa</c>.</summary>
    public IReadOnlyList<string> FactorMethods { get; set; } = [];
}

/// <summary>What a value of the claim gives.</summary>
public sealed class ProviderGrant
{
    /// <summary>The value.</summary>
    [Required]
    public string Value { get; set; } = "";

    /// <summary>Id of the organization.</summary>
    [Required]
    public string Organization { get; set; } = "";

    /// <summary>The roles there: builder, runner, viewer, developer, finance. Owners and administrators are made by people.</summary>
    public IReadOnlyList<string> Roles { get; set; } = [];
}
