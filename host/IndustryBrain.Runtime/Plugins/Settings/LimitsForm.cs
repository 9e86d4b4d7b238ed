using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Plugins.Limits;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Schemas;

namespace IndustryBrain.Runtime.Plugins.Settings;

/// <summary>The limits of a plugin as a form: the same schema judges what is sent.</summary>
internal static class LimitsForm
{
    private static readonly JsonElement Schema = ComponentSchema.Of(typeof(PluginLimits));

    public static Result<PluginLimits> Read(JsonElement limits) => InputCheck.Check(Schema, limits) is { } failure ? failure : ComponentJson.Read<PluginLimits>(limits);

    /// <summary>The schema, with what holds where nothing is set beside each limit.</summary>
    public static JsonElement Of(PluginLimits defaults)
    {
        var (schema, values) = (JsonNode.Parse(Schema.GetRawText())!.AsObject(), JsonSerializer.SerializeToElement(defaults, ComponentJson.Options));
        foreach (var (name, member) in schema["properties"]!.AsObject())
        {
            var value = values.TryGetProperty(name, out var held) ? held.GetDouble().ToString("#,0.###", CultureInfo.InvariantCulture) : null;
            var limit = member!.AsObject();
            limit["description"] = value is null ? "平台不限" : $"平台默认 {value}";
            var english = limit["x-en"] as JsonObject ?? [];
            english["description"] = value is null ? "No limit by default" : $"By default {value}";
            limit["x-en"] = english;
        }

        return JsonSerializer.SerializeToElement(schema);
    }
}
