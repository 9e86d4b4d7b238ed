using System.Text;
using IndustryBrain.Plugins.Capabilities.Folders;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Capabilities.Secrets;

/// <summary>Secrets as files, <c>secrets/{organization}/{name}</c> below <see cref="CapabilityOptions.Folder"/>: UTF-8, a line break at the end does not count. Only its owner may read such a file; one that others may read is refused.</summary>
/// <param name="options">Names the folder.</param>
public sealed class FileSecretStore(CapabilityOptions options) : ISecretStore
{
    private const int MaxBytes = 64 << 10;

    /// <inheritdoc />
    public async ValueTask<Result<string?>> FindAsync(string organization, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(organization);
        ArgumentNullException.ThrowIfNull(name);
        if (options.Folder.Length == 0 || !SecretName.IsValid(name))
        {
            return new Result<string?>((string?)null);
        }

        var path = PathOf(organization, name);
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                return new Result<string?>((string?)null);
            }

            if (!PrivateFolder.IsForOwnerOnly(path))
            {
                return CapabilityFailures.SecretReadable(name, $"capabilities/secrets/{PrivateFolder.NameOf(organization)}/{name}");
            }

            if (file.Length > MaxBytes || file.LinkTarget is not null)
            {
                return CapabilityFailures.StoreNotUsable($"secrets/{name}");
            }

            return new Result<string?>((await File.ReadAllTextAsync(path, Encoding.UTF8, cancellationToken).ConfigureAwait(false)).TrimEnd('\r', '\n'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CapabilityFailures.StoreNotUsable($"secrets/{name}");
        }
    }

    /// <summary>Stores a secret in place of one of that name, or removes it when <paramref name="value"/> is null.</summary>
    public async Task<Failure?> SetAsync(string organization, string name, string? value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(organization);
        ArgumentNullException.ThrowIfNull(name);
        if (options.Folder.Length == 0 || !SecretName.IsValid(name) || (value is not null && Encoding.UTF8.GetByteCount(value) is 0 or > MaxBytes))
        {
            return CapabilityFailures.RequestInvalid($"secrets/{name}", new("名称须为小写字母、数字、点、横线和下划线，内容为 1 到 65 536 字节", "a name has lower-case letters, digits, dots, hyphens and underscores, and the content 1 to 65 536 bytes"));
        }

        try
        {
            var path = PathOf(organization, name);
            if (value is null)
            {
                File.Delete(path);
                return null;
            }

            PrivateFolder.Create(Path.GetDirectoryName(path)!);
            await PrivateFolder.WriteAsync(path, Encoding.UTF8.GetBytes(value), cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CapabilityFailures.StoreNotUsable($"secrets/{name}");
        }
    }

    private string PathOf(string organization, string name) => Path.Combine(options.Folder, "secrets", PrivateFolder.NameOf(organization), name);
}
