using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Expressions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Definitions.Reading;

/// <summary>Reads activities.</summary>
internal static class NodeReader
{
    private const string ComponentPrefix = "IndustryBrain.";
    private static readonly HashSet<string> Members = new(StringComparer.OrdinalIgnoreCase) { "id", "nodeId", "name", "type", "version", "customProperties", "metadata", "canStartWorkflow", "runAsynchronously", "_type" };

    /// <summary>Reads a node with all below it; null when there is none, or no more may be read.</summary>
    public static ActivityNode? Read(JsonElement json, ActivityNode? parent, int position, string where, ReadingContext context)
    {
        var parentNodeId = parent?.NodeId ?? "Workflow1";
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return null;
        if (json.ValueKind != JsonValueKind.Object)
        {
            context.Add(DefinitionFindings.WrongShape(where, new("活动对象", "an activity object"), parentNodeId));
            return null;
        }

        if (context.IsFull)
        {
            context.AddOnce(DefinitionFindings.TooManyNodes(context.Limits.MaxNodes));
            return null;
        }

        json = Restored(json, parent, context);
        var node = Create(json, parent, position, parentNodeId, context);
        context.Nodes.Add(node);
        ReadCustom(node, json, context);
        if (node.Kind is not ActivityKind.NotFound)
        {
            ReadBindings(node, json, context);
            ChildReader.Read(node, json, context);
        }

        if (node.Workflow is { } workflow)
            ReadWorkflow(node, workflow, context);
        return node;
    }

    private static void ReadWorkflow(ActivityNode node, ScenarioDefinition workflow, ReadingContext context)
    {
        context.Within.Push(workflow.DefinitionId);
        node.Variables = VariableReader.ReadDefinition(workflow.Source, context);
        if (ReadingContext.TryMember(workflow.Source, "root", out var json) && Read(json, node, 0, "root", context) is { } root)
            node.Ports[WorkflowActivity.RootPort] = root;
        context.Within.Pop();
    }

    // Elsa keeps a node whose type it does not know as text within another; here the type may be known.
    private static JsonElement Restored(JsonElement json, ActivityNode? parent, ReadingContext context)
    {
        if (ReadingContext.ExactText(json, "type") != "Elsa.NotFoundActivity" || ReadingContext.Text(json, "originalActivityJson") is not { Length: > 0 } text)
            return json;
        try
        {
            var original = Values.ValueJson.Parse(text);
            return original.ValueKind == JsonValueKind.Object && ReadingContext.ExactText(original, "type") is { } type
                && ReadingContext.ExactText(original, "id") == ReadingContext.ExactText(json, "id") && IsKnown(type, original, parent, context) ? original : json;
        }
        catch (JsonException)
        {
            return json;
        }
    }

    private static bool IsKnown(string type, JsonElement json, ActivityNode? parent, ReadingContext context) =>
        type.StartsWith(ComponentPrefix, StringComparison.Ordinal) || BuiltInActivities.Find(type) is not null || context.FindWorkflow(type, json, parent) is not null;

    private static ActivityNode Create(JsonElement json, ActivityNode? parent, int position, string parentNodeId, ReadingContext context)
    {
        var id = ReadingContext.ExactText(json, "id");
        var type = ReadingContext.ExactText(json, "type");
        if (type is null)
        {
            context.Add(DefinitionFindings.WrongShape("type", new("活动类型的文本", "the text of an activity type"), $"{parentNodeId}:{id}"));
            type = "";
        }

        if (string.IsNullOrEmpty(id))
        {
            if (parent?.Kind == ActivityKind.Flowchart)
                context.Add(DefinitionFindings.FlowchartChildId(parentNodeId));
            id = context.NextId(type.Length == 0 ? "Activity" : type);
        }

        var nodeId = $"{parentNodeId}:{id}";
        if (ReadingContext.TryMember(json, "name", out var name) && name.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            context.Add(DefinitionFindings.WrongShape("name", new("文本或 null", "a text or null"), nodeId));
        var descriptor = BuiltInActivities.Find(type);
        var component = descriptor is null && type.StartsWith(ComponentPrefix, StringComparison.Ordinal) && type.Length > ComponentPrefix.Length ? type[ComponentPrefix.Length..] : null;
        var workflow = component is null && descriptor is null ? FindWorkflow(type, json, parent, nodeId, context) : null;
        if (workflow is not null)
            descriptor = WorkflowActivity.Describe(workflow);
        var kind = component is not null ? ActivityKind.Component : descriptor?.Kind ?? ActivityKind.NotFound;
        if (kind == ActivityKind.NotFound)
            context.Add(DefinitionFindings.UnknownActivity(type, nodeId));
        var node = new ActivityNode
        {
            Index = context.Nodes.Count,
            Position = position,
            Id = id,
            NodeId = nodeId,
            Name = ReadingContext.Text(json, "name"),
            Type = type,
            Kind = kind,
            Descriptor = descriptor,
            ComponentId = component,
            Workflow = workflow,
            Version = ReadVersion(json, nodeId, context),
            Parent = parent,
            Json = json,
        };
        if (!node.IsVersionKnown)
            context.Add(DefinitionFindings.UnknownVersion(type, node.Version, nodeId));
        return node;
    }

    private static ScenarioDefinition? FindWorkflow(string type, JsonElement json, ActivityNode? parent, string nodeId, ReadingContext context)
    {
        if (context.FindWorkflow(type, json, parent) is not { } workflow)
            return null;
        if (!context.Within.Contains(workflow.DefinitionId))
            return workflow;
        context.Add(DefinitionFindings.WorkflowWithinItself(workflow.Name, nodeId));
        return null;
    }

    private static int ReadVersion(JsonElement json, string nodeId, ReadingContext context)
    {
        if (!json.TryGetProperty("version", out var version))
            return 1;
        if (version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number))
            return number;
        context.Add(DefinitionFindings.WrongShape("version", new("整数", "an integer"), nodeId));
        return 1;
    }

    private static void ReadCustom(ActivityNode node, JsonElement json, ReadingContext context)
    {
        var custom = default(JsonElement);
        if (ReadingContext.TryMember(json, "customProperties", out custom) && custom.ValueKind != JsonValueKind.Object)
            context.Add(DefinitionFindings.WrongShape("customProperties", new("对象", "an object"), node.NodeId));
        var metadata = default(JsonElement);
        if (ReadingContext.TryMember(json, "metadata", out metadata) && metadata.ValueKind != JsonValueKind.Object && node.Kind == ActivityKind.Flowchart)
            context.Add(DefinitionFindings.WrongShape("metadata", new("对象", "an object"), node.NodeId));
        // Only a definition's own triggers start runs of it.
        node.CanStartWorkflow = context.Within.Count == 1 && (ReadingContext.Flag(custom, "canStartWorkflow") || ReadingContext.Flag(json, "canStartWorkflow"));
        var fallback = LocalizedText.Same(
            ReadingContext.Text(metadata, "displayText") is { Length: > 0 } shown ? shown
            : node.Name is { Length: > 0 } name ? name
            : node.Type[(node.Type.LastIndexOf('.') + 1)..]);
        var hasOurs = ReadingContext.TryMember(custom, "industryBrain", out var ours);
        if (hasOurs)
            (node.Policy, node.Timeout, node.Pin) = (PolicyReader.Policy(ours), PolicyReader.Timeout(ours), node.ComponentId is null ? null : PinReader.Read(ours));
        node.DisplayText = hasOurs && ReadingContext.TryMember(ours, "text", out var text)
            ? ProfileReader.Localized(text) ?? fallback
            : fallback;
    }

    private static void ReadBindings(ActivityNode node, JsonElement json, ReadingContext context)
    {
        foreach (var member in json.EnumerateObject())
        {
            var name = member.Name;
            if (node.Kind == ActivityKind.Component)
            {
                if (Members.Contains(name))
                    continue;
                if (IsOutput(member.Value))
                    ReadOutput(node, name, member.Value, context);
                else if (member.Value.ValueKind != JsonValueKind.Null)
                    node.Inputs[name] = ExpressionReader.ReadInput(member.Value, name, node.NodeId, false, context);
                continue;
            }

            var input = Array.Find(node.Descriptor!.Inputs, i => string.Equals(i.Name, name, StringComparison.OrdinalIgnoreCase));
            if (input is not null && !(IsOutput(member.Value) && node.Descriptor.Outputs.Contains(name, StringComparer.OrdinalIgnoreCase)))
            {
                node.Inputs[input.Name] = ReadBuiltIn(node, input.Name, member.Value, context);
                continue;
            }

            var output = Array.Find(node.Descriptor.Outputs, o => string.Equals(o, name, StringComparison.OrdinalIgnoreCase));
            if (output is not null)
                ReadOutput(node, output, member.Value, context);
        }
    }

    private static Expression ReadBuiltIn(ActivityNode node, string name, JsonElement value, ReadingContext context)
    {
        var isScript = node.Kind == ActivityKind.RunScript && name == "script";
        var expression = ExpressionReader.ReadInput(value, name, node.NodeId, isScript, context);
        if (isScript && expression is { Kind: ExpressionKind.Literal, Value: string source })
        {
            ExpressionReader.CheckSource(source, name, node.NodeId, true, context);
            if (node.Descriptor!.ScriptLanguage is { } language && !ScriptLanguages.IsKnown(language))
                context.AddOnce(DefinitionFindings.UnsupportedLanguage(language, name, node.NodeId));
        }

        return expression;
    }

    private static bool IsOutput(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("memoryReference", out _) && !value.TryGetProperty("expression", out _);

    private static void ReadOutput(ActivityNode node, string name, JsonElement value, ReadingContext context)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return;
        if (value.ValueKind != JsonValueKind.Object)
        {
            context.Add(DefinitionFindings.WrongShape(name, new("输出对象", "an output object"), node.NodeId));
            return;
        }

        if (ReadingContext.ExactText(value, "typeName") is null)
        {
            context.Add(DefinitionFindings.OutputDropped(name, node.NodeId));
            return;
        }

        if (!value.TryGetProperty("memoryReference", out var reference) || reference.ValueKind != JsonValueKind.Object)
        {
            context.Add(DefinitionFindings.OutputWithoutReference(name, node.NodeId));
            return;
        }

        if (ReadingContext.Text(reference, "id") is { Length: > 0 } target)
            node.Outputs[name] = new OutputBinding(name, target);
    }
}
