using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Library.Environments;

/// <summary>The parameters of an environment: values for inputs of the scenario that a start does not bring.</summary>
internal static class EnvironmentParameters
{
    public static JsonElement None { get; } = JsonElement.Parse("{}");

    /// <summary>An input with the parameter for each declared input that it lacks.</summary>
    public static JsonElement Complete(JsonElement? parameters, ScenarioDefinition definition, JsonElement input)
    {
        if (parameters is not { ValueKind: JsonValueKind.Object } given || input.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined))
            return input;
        var declared = NamesOf(definition);
        var added = given.EnumerateObject().Where(p => declared.Contains(p.Name) && (input.ValueKind != JsonValueKind.Object || !input.TryGetProperty(p.Name, out _))).ToList();
        if (added.Count == 0)
            return input;
        var members = input.ValueKind == JsonValueKind.Object ? input.EnumerateObject().Select(m => (m.Name, m.Value)).ToList() : [];
        members.AddRange(added.Select(a => (a.Name, a.Value)));
        return JsonSerializer.SerializeToElement(members.ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal));
    }

    /// <summary>The first parameter that the scenario does not declare (IB3127) or whose value does not fit its input (IB71xx, IB2020–IB2022), or null.</summary>
    public static Failure? Check(ScenarioDefinition definition, JsonElement parameters)
    {
        if (parameters.ValueKind != JsonValueKind.Object)
            return Refusals.Type("parameters", parameters, new("对象", "an object"));
        var declared = NamesOf(definition);
        foreach (var parameter in parameters.EnumerateObject())
        {
            if (!declared.Contains(parameter.Name))
                return VersionFailures.NoSuchParameter(parameter.Name, declared);
        }

        return InputCheck.Check(Partial(definition.Profile.InputSchema), parameters);
    }

    /// <summary>IBS0100 and IBS0101: the parameters that a version which is to go live does not declare, and the first that does not fit it.</summary>
    public static IEnumerable<Finding> Judge(ScenarioDefinition definition, string environment, JsonElement? parameters)
    {
        if (parameters is not { ValueKind: JsonValueKind.Object } given)
            yield break;
        var declared = NamesOf(definition);
        foreach (var parameter in given.EnumerateObject().Where(p => !declared.Contains(p.Name)))
        {
            yield return new("IBS0100", FindingSeverity.Warning, new(
                $"{EnvironmentText.Of(environment).Zh}的参数「{Short(parameter.Name)}」不是该版本的输入，不起作用。",
                $"The parameter “{Short(parameter.Name)}” of the {environment} environment is no input of this version and has no effect."))
            { Where = Short(parameter.Name), Action = new("请删去该参数，或声明这个输入。", "Remove the parameter, or declare the input.") };
        }

        var known = JsonSerializer.SerializeToElement(given.EnumerateObject().Where(p => declared.Contains(p.Name)).ToDictionary(p => p.Name, p => p.Value));
        if (InputCheck.Check(Partial(definition.Profile.InputSchema), known) is { } failure)
        {
            yield return new("IBS0101", FindingSeverity.Error, new(
                $"{EnvironmentText.Of(environment).Zh}的参数「{Short(failure.Where ?? "")}」不符合该版本的输入：{failure.Message.Zh}",
                $"The parameter “{Short(failure.Where ?? "")}” of the {environment} environment does not fit this version's input: {failure.Message.En}"))
            { Where = failure.Where, Action = new("请先修改该环境的参数。", "Change the parameters of the environment first.") };
        }
    }

    /// <summary>The schema of inputs with none of them required, as a start may bring what is missing, and none with a default, which would become a parameter in a form.</summary>
    public static JsonElement Partial(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return schema;
        var partial = JsonNode.Parse(schema.GetRawText())!.AsObject();
        partial.Remove("required");
        foreach (var input in (partial["properties"] as JsonObject ?? []).Select(p => p.Value).OfType<JsonObject>())
            input.Remove("default");
        return JsonSerializer.SerializeToElement(partial);
    }

    private static HashSet<string> NamesOf(ScenarioDefinition definition)
    {
        var names = definition.Inputs.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        if (definition.Profile.InputSchema is { ValueKind: JsonValueKind.Object } schema && schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
            names.UnionWith(properties.EnumerateObject().Select(p => p.Name));
        return names;
    }

    private static string Short(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
}
