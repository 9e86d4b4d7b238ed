using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Definitions.Reading;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Definitions.Checking;

/// <summary>Where the value of an expression comes from, and the schema it has there.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Schema">Its JSON Schema.</param>
internal sealed record ValueSource(string Name, JsonElement Schema)
{
    // A script that only passes a value on is short.
    private const int LongestPassing = 200;

    /// <summary>The sources of an expression that only passes a value on; empty when nothing is known.</summary>
    public static IReadOnlyList<ValueSource> Of(ScenarioDefinition definition, ActivityNode node, Expression expression, IComponentCatalog components, VariableWriters writers) => expression switch
    {
        { Kind: ExpressionKind.Input, Text: { } name } => Input(definition, name),
        { Kind: ExpressionKind.Variable, Text: { } id } => Variable(definition, node, v => v.Id == id, components, writers),
        { Kind: ExpressionKind.Script, Language: "JavaScript", Text: { } source } => Script(definition, node, source.Trim().TrimEnd(';'), components, writers),
        _ => [],
    };

    /// <summary>The nearest declaration of a variable as an activity sees it, or null.</summary>
    public static VariableDeclaration? Declaration(ScenarioDefinition definition, ActivityNode node, Func<VariableDeclaration, bool> isMeant)
    {
        for (var scope = node; scope is not null; scope = scope.Parent)
        {
            if (scope.Kind != ActivityKind.Workflow && Array.Find(scope.Variables, v => isMeant(v)) is { } found)
                return found;
        }

        return Array.Find(definition.Variables, v => isMeant(v));
    }

    /// <summary>The schema of a port, or null when the component does not describe it.</summary>
    public static JsonElement? PortOf(JsonElement schema, string name, bool isExact = false) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            && ComponentPorts.Find(schema, name).Name is { } port && (!isExact || port == name) && properties.TryGetProperty(port, out var found) ? found : null;

    private static ValueSource[] Script(ScenarioDefinition definition, ActivityNode node, string source, IComponentCatalog components, VariableWriters writers)
    {
        if (source.Length > LongestPassing)
            return [];
        if (ScriptNames.OnlyInput(source) is { } input)
            return Input(definition, input);
        var (activity, output) = ScriptNames.OnlyOutput(source);
        if (activity.Length == 0)
            return ScriptNames.OnlyVariable(source) is { } variable ? Variable(definition, node, v => v.Name == variable || ScriptNames.Accessor(v.Name) == variable, components, writers) : [];
        var producers = definition.Activities.Where(a => a.Id == activity || a.Name == activity).ToList();
        return producers is [{ ComponentId: { } id } only] && components.Find(id) is { } component && PortOf(component.Output, output) is { } port ? [new ValueSource($"{only.Id}.{output}", port)] : [];
    }

    private static ValueSource[] Input(ScenarioDefinition definition, string name) =>
        PortOf(definition.Profile.InputSchema, name, isExact: true) is { } schema ? [new ValueSource(name, schema)] : [];

    // What it is declared as; an Object is what its writers make of it, where components are all that writes it.
    private static ValueSource[] Variable(ScenarioDefinition definition, ActivityNode node, Func<VariableDeclaration, bool> isMeant, IComponentCatalog components, VariableWriters writers)
    {
        if (Declaration(definition, node, isMeant) is not { } variable)
            return [];
        if (variable.Type.Kind is not (ValueKind.Object or ValueKind.JsonAny or ValueKind.JsonObject or ValueKind.List))
            return [new ValueSource(variable.Name, PortSchema.Of(variable.Type))];
        if (writers.IsSetOtherwise(variable))
            return [];
        var sources = writers.OutputsTo(variable).Select(w => w.Activity.ComponentId is { } id && components.Find(id) is { } component && PortOf(component.Output, w.Output) is { } port ? new ValueSource($"{w.Activity.Id}.{w.Output}", port) : null).ToList();
        return sources.Count == 0 || sources.Contains(null) ? [] : [.. sources.OfType<ValueSource>()];
    }
}
