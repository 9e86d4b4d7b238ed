using System.Security.Cryptography;
using IndustryBrain.Storage;
using IndustryBrain.Storage.Auditing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.Auditing;

/// <summary>Has the key of the audit trail at hand before anything is recorded.</summary>
internal sealed class AuditStart(IServiceProvider services) : IHostedService
{
    internal const string File = "key.pem";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = services.GetRequiredService<AuditKey>();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal static AuditKey Open(IServiceProvider services)
    {
        var file = Path.GetFullPath(Path.Combine(services.GetRequiredService<IOptions<AuditOptions>>().Value.Folder, File));
        try
        {
            return AuditProof.Use(AuditKey.Open(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StorageStartException(IdentityFailures.AuditKeyUnusable(file, e.Message), e);
        }
    }
}
