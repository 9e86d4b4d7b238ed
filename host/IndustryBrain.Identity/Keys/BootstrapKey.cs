using IndustryBrain.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace IndustryBrain.Identity.Keys;

/// <summary>Makes the owner key of <c>IB_BOOTSTRAP_API_KEY</c> at the first start that has it.</summary>
internal sealed class BootstrapKey(IConfiguration configuration, ApiKeyStore keys) : IHostedService
{
    internal const string Setting = "IB_BOOTSTRAP_API_KEY";
    private const int Shortest = 32;
    private const int Longest = 256;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration[Setting] is not { Length: > 0 } text)
        {
            return;
        }

        if (text.Length is < Shortest or > Longest || text.Any(c => c is < '!' or > '~'))
        {
            throw new StorageStartException(IdentityFailures.BootstrapKeyInvalid);
        }

        await keys.AddAsync(Caller.ForSystem(DemoOrganization.Id), text, Setting, Permission.All, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
