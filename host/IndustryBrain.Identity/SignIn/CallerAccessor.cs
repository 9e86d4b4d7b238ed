using System.Security.Claims;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Identity.SignIn;

internal sealed class CallerAccessor(IServiceProvider services, IHttpContextAccessor http) : ICallerAccessor
{
    public async ValueTask<Caller> GetAsync(CancellationToken cancellationToken = default) =>
        CallerClaims.Read(await UserAsync()) ?? throw new InvalidOperationException("Nobody has been identified.");

    public async ValueTask<bool> HasAsync(string permission, CancellationToken cancellationToken = default) =>
        await UserAsync() is { } user && CallerClaims.Has(user, permission);

    // A circuit keeps the user of the request that opened it; the request itself may be over.
    private async ValueTask<ClaimsPrincipal?> UserAsync()
    {
        if (services.GetService<AuthenticationStateProvider>() is { } circuit)
        {
            try
            {
                return (await circuit.GetAuthenticationStateAsync()).User;
            }
            catch (InvalidOperationException)
            {
                // An ordinary request of a program that also serves pages: no circuit has set a user here.
            }
        }

        return http.HttpContext?.User;
    }
}
