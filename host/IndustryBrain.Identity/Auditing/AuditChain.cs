using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace IndustryBrain.Identity.Auditing;

/// <summary>The chain over an organization's records: SHA-256 with a leading byte that keeps leaves, links and the start apart (as RFC 6962 does).</summary>
internal static class AuditChain
{
    private const byte OfLeaf = 0;
    private const byte OfLink = 1;
    private const byte OfStart = 2;
    private const int NumberBytes = 8;

    /// <summary>What the first link follows.</summary>
    internal static byte[] Start(string organization) => SHA256.HashData([OfStart, .. Encoding.UTF8.GetBytes(organization)]);

    /// <summary>The link of record <paramref name="seq"/>, from 1.</summary>
    internal static byte[] Link(byte[] previous, long seq, byte[] body)
    {
        Span<byte> number = stackalloc byte[NumberBytes];
        BinaryPrimitives.WriteInt64BigEndian(number, seq);
        return SHA256.HashData([OfLink, .. previous, .. number, .. SHA256.HashData([OfLeaf, .. body])]);
    }
}
