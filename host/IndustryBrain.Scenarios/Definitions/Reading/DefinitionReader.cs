using System.Globalization;
using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Definitions.Reading;

/// <summary>Reads a definition document.</summary>
internal static class DefinitionReader
{
    private static readonly string[] IncidentStrategies = ["FaultStrategy", "ContinueWithIncidentsStrategy"];
    private static readonly string[] ActivationStrategies = ["AllowAlwaysStrategy", "SingletonStrategy", "CorrelatedSingletonStrategy", "CorrelationStrategy"];

    public static DefinitionReading Read(ReadOnlyMemory<byte> utf8, DefinitionLimits limits, IReadOnlyList<ScenarioDefinition> library)
    {
        var context = new ReadingContext(limits, library);
        try
        {
            if (utf8.Length > limits.MaxBytes)
                return Refused(context, DefinitionFindings.TooLarge(utf8.Length, limits.MaxBytes));
            if (utf8.Span.StartsWith("\uFEFF"u8))
                utf8 = utf8[3..];
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = limits.MaxDepth });
            var root = document.RootElement.Clone();
            if (root.ValueKind != JsonValueKind.Object)
                return Refused(context, DefinitionFindings.WrongShape("$", new("工作流定义对象", "a workflow definition object")));
            CheckTexts(root);
            return Read(root, context);
        }
        catch (JsonException e)
        {
            var (line, position) = ((e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1);
            return Refused(context, IsTooDeep(utf8.Span, limits.MaxDepth) ? DefinitionFindings.TooDeep(line, position, limits.MaxDepth) : DefinitionFindings.NotJson(line, position));
        }
        catch (InvalidOperationException)
        {
            // A text with half a surrogate pair: JSON, but no text.
            return Refused(context, DefinitionFindings.NotText());
        }
    }

    // The parser says where it stopped, and not that depth was the reason.
    private static bool IsTooDeep(ReadOnlySpan<byte> utf8, int limit)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = limit + 1 });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= limit && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                    return true;
            }
        }
        catch (JsonException)
        {
            // Damaged before it is too deep.
        }

        return false;
    }

    private static DefinitionReading Read(JsonElement root, ReadingContext context)
    {
        var versionId = ReadingContext.Text(root, "id");
        var definitionId = ReadingContext.Text(root, "definitionId");
        definitionId = string.IsNullOrWhiteSpace(definitionId) ? string.IsNullOrWhiteSpace(versionId) ? "definition" : versionId : definitionId;
        definitionId = Storable.Composed(definitionId);
        var name = ReadingContext.Text(root, "name")?.Trim();
        name = string.IsNullOrEmpty(name) ? definitionId : Storable.Composed(name);
        var description = ReadingContext.Text(root, "description")?.Trim();
        var inputs = ReadPorts(root, "inputs", context);
        var outputs = ReadPorts(root, "outputs", context);
        var hasNames = ReadToolVersion(root, context);
        var continues = ReadOptions(root, context);
        if (ReadingContext.TryMember(root, "customProperties", out var custom) && custom.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
            context.Add(DefinitionFindings.WrongShape("customProperties", new("对象", "an object")));
        var variables = VariableReader.ReadDefinition(root, context);
        context.Within.Push(definitionId);
        var activity = ReadingContext.TryMember(root, "root", out var json) ? NodeReader.Read(json, null, 0, "root", context) : null;
        if (activity is null)
            context.Add(DefinitionFindings.NothingToRun());
        var own = context.Nodes.Where(n => !n.IsWithin(ActivityKind.Workflow)).ToList();
        var definition = new ScenarioDefinition
        {
            DefinitionId = definitionId,
            VersionId = string.IsNullOrWhiteSpace(versionId) ? definitionId : versionId,
            Name = name,
            Description = description,
            Version = ReadVersion(root, context),
            Inputs = inputs,
            Outputs = outputs,
            Source = root,
            Profile = ProfileReader.Read(root, name, description, inputs, outputs),
            Nodes = [.. context.Nodes.Select(ToPublic)],
            Root = activity,
            Activities = [.. context.Nodes],
            Variables = variables,
            IsUsableAsActivity = IsUsable(root),
            IsPublished = ReadingContext.Flag(root, "isPublished"),
            Uses = [.. own.Select(n => n.Workflow).OfType<ScenarioDefinition>().Distinct()],
            References = [.. own.Where(n => n.Workflow is not null || n.Kind == ActivityKind.NotFound).Select(WorkflowReference.Of).Distinct()],
            ContinuesWithIncidents = continues,
            HasActivityNames = hasNames,
            ReadingFindings = context.Findings,
        };
        ReferenceCheck.Run(definition, context);
        return new DefinitionReading(definition, context.Findings);
    }

    private static ScenarioNode ToPublic(ActivityNode node) => new(
        node.NodeId,
        node.Id,
        node.Type,
        node.ComponentId,
        node.Name,
        node.DisplayText,
        node.Parent?.NodeId,
        node.Children.Length > 0 || node.Ports.Count > 0 || node.Kind is ActivityKind.Sequence or ActivityKind.Parallel or ActivityKind.Fork or ActivityKind.Flowchart or ActivityKind.FlowNode
            or ActivityKind.If or ActivityKind.Switch or ActivityKind.For or ActivityKind.ForEach or ActivityKind.ParallelForEach or ActivityKind.While or ActivityKind.BulkDispatchWorkflows or ActivityKind.StateMachine
            or ActivityKind.Try or ActivityKind.Retry or ActivityKind.Saga or ActivityKind.Compensable or ActivityKind.Map)
    {
        Pin = node.Pin,
        IsOfAnother = node.IsWithin(ActivityKind.Workflow),
    };

    private static int ReadVersion(JsonElement root, ReadingContext context)
    {
        if (!ReadingContext.TryMember(root, "version", out var value) || value.ValueKind == JsonValueKind.Null)
            return 0;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number))
            return number;
        if (value.ValueKind == JsonValueKind.String && int.TryParse(value.GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out number))
            return number;
        context.Add(DefinitionFindings.WrongShape("version", new("整数", "an integer")));
        return 0;
    }

    // Without a tool version of 3 or later, accessors of outputs use ids instead of names.
    private static bool ReadToolVersion(JsonElement root, ReadingContext context)
    {
        if (!ReadingContext.TryMember(root, "toolVersion", out var value) || value.ValueKind == JsonValueKind.Null)
            return false;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (value.ValueKind == JsonValueKind.String && Version.TryParse(text, out var version))
            return version.Major >= 3;
        context.Add(DefinitionFindings.ToolVersion(text));
        return false;
    }

    private static bool ReadOptions(JsonElement root, ReadingContext context)
    {
        if (!ReadingContext.TryMember(root, "options", out var options) || options.ValueKind == JsonValueKind.Null)
            return false;
        if (options.ValueKind != JsonValueKind.Object)
        {
            context.Add(DefinitionFindings.WrongShape("options", new("对象", "an object")));
            return false;
        }

        Strategy(options, "activationStrategyType", ActivationStrategies, context);
        return Strategy(options, "incidentStrategyType", IncidentStrategies, context) == "ContinueWithIncidentsStrategy";
    }

    // The flag at the top is the older one; a null in the options leaves it in force.
    private static bool IsUsable(JsonElement root) =>
        ReadingContext.TryMember(root, "options", out var options) && ReadingContext.TryMember(options, "usableAsActivity", out var usable) && usable.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? usable.ValueKind == JsonValueKind.True
            : ReadingContext.Flag(root, "usableAsActivity");

    private static string? Strategy(JsonElement options, string member, string[] known, ReadingContext context)
    {
        if (ReadingContext.Text(options, member) is not { Length: > 0 } text)
            return null;
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        var type = (comma < 0 ? text : text[..comma]).Trim();
        type = type[(type.LastIndexOfAny(['.', ':']) + 1)..];
        var found = Array.Find(known, k => string.Equals(k, type, StringComparison.OrdinalIgnoreCase));
        if (found is null)
            context.Add(DefinitionFindings.UnknownStrategy(text, $"options.{member}"));
        return found;
    }

    private static ScenarioPort[] ReadPorts(JsonElement root, string member, ReadingContext context)
    {
        if (!ReadingContext.TryMember(root, member, out var items) || items.ValueKind == JsonValueKind.Null)
            return [];
        if (items.ValueKind != JsonValueKind.Array)
        {
            context.Add(DefinitionFindings.WrongShape(member, new("数组", "an array")));
            return [];
        }

        var ports = new List<ScenarioPort>();
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                context.Add(DefinitionFindings.WrongShape(member, new("对象的数组", "an array of objects")));
                continue;
            }

            var name = ReadingContext.Text(item, "name") ?? "";
            var alias = ReadingContext.Text(item, "type");
            if (alias is { Length: > 0 } && TypeRef.Parse(alias) is null)
                context.Add(DefinitionFindings.UnknownType(alias, $"{member}.{name}"));
            if (ports.Exists(p => p.Name == name))
                context.Add(DefinitionFindings.DuplicatePort(name));
            ports.Add(new ScenarioPort(
                name,
                string.IsNullOrEmpty(alias) ? "Object" : ReadingContext.Flag(item, "isArray") && !alias.EndsWith(']') ? alias + "[]" : alias,
                ReadingContext.Text(item, "displayName") ?? "",
                ReadingContext.Text(item, "description") ?? "",
                ReadingContext.Text(item, "category") ?? "",
                ReadingContext.Text(item, "uiHint"),
                ReadingContext.Text(item, "storageDriverType")));
        }

        return [.. ports];
    }

    private static void CheckTexts(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    CheckTexts(item);
                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    CheckTexts(member.Value);
                }

                break;
            default:
                break;
        }
    }

    private static DefinitionReading Refused(ReadingContext context, Finding finding)
    {
        context.Add(finding);
        return new DefinitionReading(null, context.Findings);
    }
}
