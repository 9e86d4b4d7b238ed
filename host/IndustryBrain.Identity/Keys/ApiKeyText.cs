using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace IndustryBrain.Identity.Keys;

/// <summary>The text of a key: <c>ibk_ID_SECRET_CHECK</c>, letters and digits between the underscores. The secret has 256 random bits; the check (CRC-32C) tells a mistyped key, and lets scanners of repositories find lost ones.</summary>
internal static partial class ApiKeyText
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string IdAlphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 12;
    private const int SecretLength = 43;
    private const int CheckLength = 6;

    internal static (string Text, string PublicId) Create()
    {
        // 43 letters of 62 are 256 bits; each is drawn by itself, without bias.
        var (id, secret) = (RandomNumberGenerator.GetString(IdAlphabet, IdLength), RandomNumberGenerator.GetString(Alphabet, SecretLength));
        var body = $"ibk_{id}_{secret}";
        return ($"{body}_{Check(body)}", id);
    }

    /// <summary>True for a text of this form whose check does not fit.</summary>
    internal static bool IsDamaged(string text) => Form().IsMatch(text) && Check(text[..^(CheckLength + 1)]) != text[^CheckLength..];

    /// <summary>What a key is kept and found by.</summary>
    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Check(string body)
    {
        var rest = ~Encoding.ASCII.GetBytes(body).Aggregate(uint.MaxValue, BitOperations.Crc32C);
        Span<char> check = stackalloc char[CheckLength];
        for (var i = CheckLength - 1; i >= 0; i--)
        {
            (check[i], rest) = (Alphabet[(int)(rest % 62)], rest / 62);
        }

        return new string(check);
    }

    [GeneratedRegex(@"\Aibk_[0-9a-z]{12}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}\z")]
    private static partial Regex Form();
}
