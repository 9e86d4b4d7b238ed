using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Runtime.Plugins.Settings;

/// <summary>Members of settings that stand for a secret, those with <c>"x-editor": "password"</c>: their value is the name of one that the plugin's manifest declares, never the secret itself.</summary>
internal static class SecretSettings
{
    private const string Password = "password";
    private const string Send = "send ";

    /// <summary>IB3041 when a member has something else than the name of a declared secret.</summary>
    public static Failure? Refuse(PluginManifest manifest, JsonElement schema, JsonElement values, string path = "")
    {
        if (values.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties))
            return null;
        foreach (var member in values.EnumerateObject())
        {
            if (!properties.TryGetProperty(member.Name, out var declared) || declared.ValueKind != JsonValueKind.Object)
                continue;
            var where = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (IsSecret(declared) && member.Value.ValueKind == JsonValueKind.String && !IsDeclared(manifest, member.Value.GetString()!))
                return RuntimeFailures.NotASecret(where, NamesOf(manifest));
            if (Refuse(manifest, declared, member.Value, where) is { } refused)
                return refused;
        }

        return null;
    }

    /// <summary>The schema with the names of the declared secrets as the choices of these members.</summary>
    public static JsonElement Offer(PluginManifest manifest, JsonElement schema)
    {
        var names = NamesOf(manifest);
        var offered = JsonNode.Parse(schema.GetRawText())!.AsObject();
        if (names.Count > 0)
            Offer(offered, names);
        return JsonSerializer.SerializeToElement(offered);
    }

    private static void Offer(JsonObject schema, IReadOnlyList<string> names)
    {
        foreach (var member in (schema["properties"] as JsonObject)?.Select(p => p.Value).OfType<JsonObject>() ?? [])
        {
            if (member["x-editor"]?.GetValueKind() == JsonValueKind.String && member["x-editor"]!.GetValue<string>() == Password)
                member["x-enum"] = new JsonArray([.. names.Select(n => (JsonNode)new JsonObject { ["value"] = n, ["zh"] = n, ["en"] = n })]);
            Offer(member, names);
        }
    }

    private static bool IsSecret(JsonElement member) => member.TryGetProperty("x-editor", out var editor) && editor.ValueKind == JsonValueKind.String && editor.ValueEquals(Password);

    private static bool IsDeclared(PluginManifest manifest, string name) => Grant.Covers(CapabilityNames.Secrets, [.. Targets(manifest)], Send + name);

    private static List<string> NamesOf(PluginManifest manifest) =>
        [.. Targets(manifest).Select(t => t.StartsWith(Send, StringComparison.Ordinal) ? t[Send.Length..] : t).Distinct()];

    private static IEnumerable<string> Targets(PluginManifest manifest) => manifest.Permissions.Where(p => p.Capability == CapabilityNames.Secrets).SelectMany(p => p.Targets);
}
