namespace IndustryBrain.Plugins.Trust;

/// <summary>Makes the files by which the owner of a key, or a marketplace, speaks about keys: for the folders <c>successions</c> and <c>revocations</c> of a trust folder.</summary>
public static class KeyStatements
{
    /// <summary>Says that a key counts no more.</summary>
    /// <param name="revocation">Which, why and from when on.</param>
    /// <param name="signer">That key itself, or the key of a marketplace.</param>
    /// <returns>Content of the file.</returns>
    public static byte[] Revoke(Revocation revocation, SigningKey signer)
    {
        ArgumentNullException.ThrowIfNull(revocation);
        ArgumentNullException.ThrowIfNull(signer);
        return SignedStatement.Make(revocation, TrustJson.Signed.Revocation, signer);
    }

    /// <summary>Says that <paramref name="successor"/> may be trusted like <paramref name="old"/>, which signs this.</summary>
    /// <returns>Content of the file.</returns>
    public static byte[] Succeed(SigningKey old, PublicKey successor, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(successor);
        ArgumentNullException.ThrowIfNull(time);
        return SignedStatement.Make(new Succession(successor.Base64, time.GetUtcNow()), TrustJson.Signed.Succession, old);
    }
}
