using System.Globalization;
using System.Text;
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

        if (text.Length is < Shortest or > Longest || !IsPrintable(text))
        {
            throw new StorageStartException(IdentityFailures.BootstrapKeyInvalid);
        }

        await keys.AddAsync(Caller.ForSystem(DemoOrganization.Id), text, Setting, [.. Permission.All.Except(Permission.OfPlatform)], cancellationToken);
    }

    // A header cannot carry blanks at its ends, nor control characters.
    private static bool IsPrintable(string text) => text.Trim().Length == text.Length && text.EnumerateRunes().All(rune =>
        rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate));

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
