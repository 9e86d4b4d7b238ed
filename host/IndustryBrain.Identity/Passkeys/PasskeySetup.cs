using IndustryBrain.Identity.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SignInOptions = IndustryBrain.Identity.SignIn.SignInOptions;

namespace IndustryBrain.Identity.Passkeys;

/// <summary>Registers the passkeys of ASP.NET Core Identity, stricter than they come: unlocked by their person, kept by the authenticator, shown to this host's own pages alone.</summary>
internal static class PasskeySetup
{
    private const string Required = "required";

    internal static void AddPasskeys(this IServiceCollection services)
    {
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<SignInOptions>>((passkeys, signIn) =>
        {
            passkeys.ServerDomain = signIn.Value.PasskeyDomain;
            (passkeys.UserVerificationRequirement, passkeys.ResidentKeyRequirement) = (Required, Required);
            passkeys.AuthenticatorTimeout = PasskeyDesk.StateTime;
            passkeys.ValidateOrigin = context => ValueTask.FromResult(
                !context.CrossOrigin && context.Origin.Equals($"{context.HttpContext.Request.Scheme}://{context.HttpContext.Request.Host.Value}", StringComparison.OrdinalIgnoreCase));
        });
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddSingleton<PasskeyStore>();
        services.AddScoped<PasskeyDesk>();
    }
}
