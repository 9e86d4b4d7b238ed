using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Trust;

/// <summary>Whom an administrator trusts, as files of a folder: <c>vendors/NAME.pem</c>, <c>marketplaces/NAME.pem</c>, <c>nuget/NAME.cer</c> (certificates of NuGet authors),
/// <c>successions/*.json</c>, <c>revocations/*.json</c>.</summary>
public sealed class TrustStore
{
    private const int MaxSuccessions = 32;
    private readonly Dictionary<(string KeyId, SignatureRole Role), string> _names = [];
    private readonly Dictionary<string, Revocation> _revocations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _authors = new(StringComparer.Ordinal);

    private TrustStore()
    {
    }

    /// <summary>Trusts nobody.</summary>
    public static TrustStore Empty { get; } = new();

    /// <summary>Reads the folder; where there is none, nobody is trusted. A file that is not what its place says makes it fail (IB1181, IB1184, IB1189): half a list of revocations is none.</summary>
    public static Result<TrustStore> Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var store = new TrustStore();
        try
        {
            return (store.ReadKeys(folder, "vendors", SignatureRole.Vendor)
                ?? store.ReadKeys(folder, "marketplaces", SignatureRole.Marketplace)
                ?? store.ReadAuthors(folder)
                ?? store.ReadRevocations(folder)
                ?? store.ReadSuccessions(folder)) is { } failure ? failure : store;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return TrustFailures.TrustFolderNotReadable(folder);
        }
    }

    /// <summary>Name of the owner of a key, or null when it is not trusted in that role.</summary>
    internal string? NameOf(string keyId, SignatureRole role) => _names.GetValueOrDefault((keyId, role));

    /// <summary>Name of the author whose certificate has this SHA-256, or null.</summary>
    internal string? AuthorOf(string fingerprint) => _authors.GetValueOrDefault(fingerprint);

    /// <summary>What was said against a key, or null.</summary>
    /// <param name="keyId">Id of the key.</param>
    public Revocation? RevocationOf(string keyId) => _revocations.GetValueOrDefault(keyId);

    private static string[] Files(string folder, string name, params string[] patterns)
    {
        var path = Path.Combine(folder, name);
        return Directory.Exists(path) ? [.. patterns.SelectMany(pattern => Directory.GetFiles(path, pattern)).Order(StringComparer.Ordinal)] : [];
    }

    private Failure? ReadKeys(string folder, string name, SignatureRole role)
    {
        foreach (var file in Files(folder, name, "*.pem"))
        {
            if (PublicKey.FromPem(File.ReadAllText(file)) is not { } key)
            {
                return TrustFailures.KeyNotReadable(file);
            }

            _names[(key.Id, role)] = Path.GetFileNameWithoutExtension(file);
        }

        return null;
    }

    private Failure? ReadAuthors(string folder)
    {
        foreach (var file in Files(folder, "nuget", "*.cer", "*.pem"))
        {
            try
            {
                using var certificate = Path.GetExtension(file) == ".pem" ? X509Certificate2.CreateFromPem(File.ReadAllText(file)) : X509CertificateLoader.LoadCertificateFromFile(file);
                _authors[certificate.GetCertHashString(HashAlgorithmName.SHA256)] = Path.GetFileNameWithoutExtension(file);
            }
            catch (CryptographicException)
            {
                return TrustFailures.KeyNotReadable(file);
            }
        }

        return null;
    }

    // A key may revoke itself; a marketplace may revoke any. What a compromised marketplace says counts only against itself.
    private Failure? ReadRevocations(string folder)
    {
        var others = new List<(Revocation Revocation, string Signer)>();
        foreach (var file in Files(folder, "revocations", "*.json"))
        {
            if (!SignedStatement.Read(file, TrustJson.Signed.Revocation).TryGet(out var read, out var failure))
            {
                return failure;
            }

            var (revocation, signer) = read;
            if (signer.Id == revocation.Revoked)
            {
                Revoke(revocation);
            }
            else if (NameOf(signer.Id, SignatureRole.Marketplace) is not null)
            {
                others.Add((revocation, signer.Id));
            }
            else
            {
                return TrustFailures.StatementInvalid(file);
            }
        }

        foreach (var (revocation, signer) in others.OrderBy(other => other.Signer, StringComparer.Ordinal))
        {
            if (!IsCompromised(signer))
            {
                Revoke(revocation);
            }
        }

        return null;
    }

    // The harder reason wins, then the earlier time: a thief who has the key cannot soften what was said of it.
    private void Revoke(Revocation revocation)
    {
        if (RevocationOf(revocation.Revoked) is not { } known
            || revocation.Reason < known.Reason
            || (revocation.Reason == known.Reason && revocation.EffectiveAt < known.EffectiveAt))
        {
            _revocations[revocation.Revoked] = revocation;
        }
    }

    private Failure? ReadSuccessions(string folder)
    {
        var links = new List<(string Old, string New)>();
        foreach (var file in Files(folder, "successions", "*.json"))
        {
            if (!SignedStatement.Read(file, TrustJson.Signed.Succession).TryGet(out var read, out var failure))
            {
                return failure;
            }

            if (PublicKey.FromBase64(read.Statement.Successor) is not { } successor)
            {
                return TrustFailures.StatementInvalid(file);
            }

            links.Add((read.Signer.Id, successor.Id));
        }

        // Whoever stole a key may name a successor too: of a compromised key it is void.
        for (var round = 0; round < Math.Min(links.Count, MaxSuccessions); round++)
        {
            foreach (var (old, successor) in links.Where(link => !IsCompromised(link.Old)))
            {
                foreach (var role in Enum.GetValues<SignatureRole>())
                {
                    if (NameOf(old, role) is { } name)
                    {
                        _names.TryAdd((successor, role), name);
                    }
                }
            }
        }

        return null;
    }

    private bool IsCompromised(string keyId) => RevocationOf(keyId)?.Reason == RevocationReason.Compromised;
}
