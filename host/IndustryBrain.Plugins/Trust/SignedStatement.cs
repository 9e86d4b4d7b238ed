using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Trust;

/// <summary>A signed text about a key, in a file of its own.</summary>
/// <param name="Statement">JSON, as it was signed.</param>
/// <param name="PublicKey">The signer's key: SubjectPublicKeyInfo in Base64.</param>
/// <param name="Signature">DER signature over the UTF-8 bytes of the statement, in Base64.</param>
internal sealed record SignedStatement(string Statement, string PublicKey, string Signature)
{
    private const int MaxBytes = 64 << 10;

    public static byte[] Make<T>(T statement, JsonTypeInfo<T> type, SigningKey signer)
    {
        var text = JsonSerializer.Serialize(statement, type);
        var signed = new SignedStatement(text, signer.Public.Base64, Convert.ToBase64String(signer.Sign(Encoding.UTF8.GetBytes(text))));
        return JsonSerializer.SerializeToUtf8Bytes(signed, TrustJson.Signed.SignedStatement);
    }

    /// <summary>What a file states and who signed it; IB1184 when it is no such file or the signature is wrong.</summary>
    public static Result<(T Statement, PublicKey Signer)> Read<T>(string path, JsonTypeInfo<T> type)
    {
        try
        {
            if (new FileInfo(path).Length <= MaxBytes
                && JsonSerializer.Deserialize(File.ReadAllBytes(path), TrustJson.Signed.SignedStatement) is { } signed
                && Trust.PublicKey.FromBase64(signed.PublicKey) is { } signer
                && signer.Verifies(Encoding.UTF8.GetBytes(signed.Statement), Convert.FromBase64String(signed.Signature))
                && JsonSerializer.Deserialize(signed.Statement, type) is { } statement)
            {
                return (statement, signer);
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or IOException or UnauthorizedAccessException)
        {
            // Said below.
        }

        return TrustFailures.StatementInvalid(path);
    }
}
