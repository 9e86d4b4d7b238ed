using System.Text.Json;
using System.Text.RegularExpressions;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Definitions.Reading;

namespace IndustryBrain.Scenarios.Definitions.Checking;

/// <summary>Finds passwords, keys and tokens that a definition holds: everyone who may read it reads them, and they go along with every export.</summary>
internal static partial class SecretCheck
{
    public static void Run(ScenarioDefinition definition, IReadOnlyList<ActivityNode> nodes, List<Finding> findings)
    {
        foreach (var variable in definition.Variables)
            Variable(variable, null, findings);
        foreach (var node in nodes)
        {
            foreach (var variable in node.Kind == ActivityKind.Workflow ? [] : node.Variables)
                Variable(variable, node.NodeId, findings);
            foreach (var (name, expression) in node.Inputs)
            {
                if (IsSecret(name, expression))
                    findings.Add(DefinitionFindings.SecretInDefinition(name, node.NodeId));
            }
        }
    }

    private static void Variable(VariableDeclaration variable, string? nodeId, List<Finding> findings)
    {
        if (variable.Default is string { Length: > 0 } text && (IsToken(text) || (IsSecretName(variable.Name) && !text.Contains("{{", StringComparison.Ordinal))))
            findings.Add(DefinitionFindings.SecretInDefinition(variable.Name, nodeId));
    }

    private static bool IsSecret(string name, Expression expression) => expression switch
    {
        { Kind: ExpressionKind.Literal, Value: string { Length: > 0 } text } => IsToken(text) || HasSecretMember(text) || IsSecretName(name) || (name == "authorization" && text.Contains(' ', StringComparison.Ordinal)),
        { Kind: ExpressionKind.Object, Text: { Length: > 0 } text } => IsToken(text) || HasSecretMember(text),
        { Kind: ExpressionKind.Script, Text: { } source } => IsToken(source) || Assignment().IsMatch(source),
        _ => false,
    };

    private static bool IsToken(string text) => Token().IsMatch(text);

    private static bool IsSecretName(string name) => SecretName().IsMatch(name);

    private static bool HasSecretMember(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
            return false;
        try
        {
            using var document = JsonDocument.Parse(text);
            return HasSecretMember(document.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool HasSecretMember(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().Any(m => (m.Value.ValueKind == JsonValueKind.String && m.Value.GetString() is { Length: > 0 } && (IsSecretName(m.Name) || Header().IsMatch(m.Name))) || HasSecretMember(m.Value)),
        JsonValueKind.Array => json.EnumerateArray().Any(HasSecretMember),
        _ => false,
    };

    // Forms that nothing else has: keys of clouds and code hosts, signed tokens, private keys, credentials in an address or a connection string.
    [GeneratedRegex("""-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}|\bxox[abprs]-[A-Za-z0-9-]{10,}|\bLTAI[A-Za-z0-9]{12,24}\b|\bsk-[A-Za-z0-9_-]{20,}|\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.|\b(Bearer|Basic)\s+[A-Za-z0-9+/._~-]{16,}={0,2}|\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@{}$]{1,100}:[^\s/:@{}$]{1,100}@|\b(password|pwd)\s{0,3}=\s{0,3}[^\s;'"{}$][^;'"{}$]{3,100};""", RegexOptions.IgnoreCase)]
    private static partial Regex Token();

    [GeneratedRegex("""(^|[a-z_.-])(password|passwd|pwd|secret|api[_-]?key|access[_-]?token|auth[_-]?token|private[_-]?key|client[_-]?secret)$""", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex("""^(authorization|proxy-authorization|x-api-key|cookie)$""", RegexOptions.IgnoreCase)]
    private static partial Regex Header();

    [GeneratedRegex("""\b\w*(password|secret|apiKey|api_key|accessToken)['"]?\s*[:=]\s*(['"`])[^'"`\s$]{6,}\2""", RegexOptions.IgnoreCase)]
    private static partial Regex Assignment();
}
