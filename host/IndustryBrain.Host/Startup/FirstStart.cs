using IndustryBrain.Identity.SetUp;

namespace IndustryBrain.Host.Startup;

/// <summary>Tells whoever starts the host how to get in: the one-time links of the set-up, or the people of Development.</summary>
internal static class FirstStart
{
    internal static async Task TellAsync(IServiceProvider services, string address, TextWriter output, CancellationToken ct)
    {
        foreach (var (role, path) in await services.GetRequiredService<SetUpLinks>().MakeAsync(ct))
            await output.WriteLineAsync($"Set-up, {role}: {address}{path}");
        foreach (var person in await services.GetRequiredService<DemoPeople>().ListAsync(ct))
            await output.WriteLineAsync($"Sign in as {person.Role}: {address}{person.Path}");
    }
}
