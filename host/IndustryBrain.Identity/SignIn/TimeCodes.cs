using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace IndustryBrain.Identity.SignIn;

/// <summary>Codes of time (RFC 6238): HMAC-SHA-1, steps of 30 seconds, six digits, as every authenticator makes them.</summary>
internal static class TimeCodes
{
    internal const int SecretBytes = 20;
    private const int StepSeconds = 30;

    // A clock may be off by half a minute, and a person takes a while to type.
    private const int StepsAside = 1;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    internal static long StepOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The step of which this is the code, near now; null when there is none.</summary>
    internal static long? FindStep(byte[] secret, string code, DateTimeOffset now)
    {
        long? found = null;
        for (var step = StepOf(now) - StepsAside; step <= StepOf(now) + StepsAside; step++)
        {
            // All of them, so that the time taken tells nothing.
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(Code(secret, step)), System.Text.Encoding.UTF8.GetBytes(code))) found = step;
        }

        return found;
    }

#pragma warning disable CA5350 // RFC 6238 as authenticators implement it; HMAC does not rest on collisions.
    internal static string Code(byte[] secret, long step, int digits = 6)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var hash = HMACSHA1.HashData(secret, counter);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & int.MaxValue;
        return (number % (int)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }
#pragma warning restore CA5350

    /// <summary>The secret in Base32, as people type it.</summary>
    internal static string ToText(byte[] secret)
    {
        var text = new char[(secret.Length * 8 + 4) / 5];
        for (var i = 0; i < text.Length; i++)
        {
            var (index, shift) = (i * 5 / 8, i * 5 % 8);
            var pair = (secret[index] << 8) | (index + 1 < secret.Length ? secret[index + 1] : 0);
            text[i] = Alphabet[(pair >> (11 - shift)) & 31];
        }

        return new(text);
    }

    /// <summary>What an authenticator reads from the picture.</summary>
    internal static string ToAddress(byte[] secret, string userName) =>
        $"otpauth://totp/IndustryBrain:{Uri.EscapeDataString(userName)}?secret={ToText(secret)}&issuer=IndustryBrain&algorithm=SHA1&digits=6&period={StepSeconds}";
}
