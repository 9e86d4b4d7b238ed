using IndustryBrain.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Seeding;

/// <summary>Imports and publishes the scenarios that come with the program into the demo organization, where they are not only offered: those it does not have, and those that changed.</summary>
internal sealed class BundledScenarios(ScenarioOffers offers, IOptions<SeedOptions> options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Publish == true) await offers.TakeAllAsync(Caller.ForSystem(DemoOrganization.Id), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
