namespace IndustryBrain.Storage.Auditing;

/// <summary>What a record says of where it comes from.</summary>
public enum AuditOrigin
{
    /// <summary>A host with this key made it as it stands.</summary>
    Proven,

    /// <summary>It names another key: that of another host, or nobody's.</summary>
    OtherKey,

    /// <summary>It carries no proof.</summary>
    None,

    /// <summary>Its proof is wrong: somebody else made it, or changed it.</summary>
    Wrong,
}

/// <summary>The proof inside a record: member <c>proof</c> of its canonical form, <c>{key}:{HMAC of the form without it}</c>. A record that is put into the table by anybody without the key has none.</summary>
public static class AuditProof
{
    internal const string Member = "proof";
    private const int IdLength = 16;
    private const int HashLength = 64;

    // A program serves one installation. Records are made in every room, and each has to carry it.
    private static AuditKey? _key;

    /// <summary>The key that proves this process's records; null before the database is open.</summary>
    public static AuditKey? Key => Volatile.Read(ref _key);

    /// <summary>Lets a key prove the records of this process; the first that is given stays.</summary>
    /// <returns>The key that holds.</returns>
    public static AuditKey Use(AuditKey key) => Interlocked.CompareExchange(ref _key, key, null) ?? key;

    /// <summary>Judges where a record comes from.</summary>
    /// <param name="body">Its canonical form.</param>
    /// <param name="key">The key of this installation.</param>
    public static AuditOrigin Judge(ReadOnlySpan<byte> body, AuditKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        // Inside a text the quotation marks would be escaped: this stands there once, or not at all.
        var opening = ",\"proof\":\""u8;
        var at = body.IndexOf(opening);
        var length = opening.Length + IdLength + 1 + HashLength + 1;
        if (at < 0 || body.Length < at + length)
        {
            return AuditOrigin.None;
        }

        var proof = System.Text.Encoding.ASCII.GetString(body.Slice(at + opening.Length, IdLength + 1 + HashLength));
        if (!proof.StartsWith(key.Id + ':', StringComparison.Ordinal))
        {
            return AuditOrigin.OtherKey;
        }

        byte[] bare = [.. body[..at], .. body[(at + length)..]];
        return key.Prove(bare) == proof ? AuditOrigin.Proven : AuditOrigin.Wrong;
    }
}
