using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;

namespace IndustryBrain.Scenarios.Definitions.Reading;

/// <summary>Reads what is inside an activity: children, cases, variables, connections, plain members.</summary>
internal static class ChildReader
{
    public static void Read(ActivityNode node, JsonElement json, ReadingContext context)
    {
        switch (node.Kind)
        {
            case ActivityKind.Sequence or ActivityKind.Parallel:
                node.Variables = VariableReader.ReadContainer(json, node.NodeId, context);
                node.Children = ReadList(node, json, "activities", context);
                break;
            case ActivityKind.Flowchart:
                node.Variables = VariableReader.ReadContainer(json, node.NodeId, context);
                node.Children = ReadList(node, json, "activities", context);
                node.Connections = ConnectionReader.Read(node, json, context);
                break;
            case ActivityKind.Fork:
                node.Children = ReadList(node, json, "branches", context);
                node.WaitsForAny = ReadPlainEnum(node, json, "joinMode", ["WaitAll", "WaitAny"], context) == 1;
                break;
            case ActivityKind.Switch or ActivityKind.FlowSwitch:
                node.Cases = ReadCases(node, json, context);
                break;
            case ActivityKind.SendHttpRequest:
                node.Cases = ReadStatusCodes(node, json, context);
                break;
            case ActivityKind.StateMachine:
                node.Machine = StateMachineReader.Read(node, json, context);
                break;
            case ActivityKind.SetVariable:
                if (ReadingContext.TryMember(json, "variable", out var variable))
                {
                    node.VariableId = ReadingContext.Text(variable, "id");
                    node.VariableName = ReadingContext.Text(variable, "name");
                }

                break;
            default:
                break;
        }

        foreach (var port in node.Descriptor?.Ports ?? [])
        {
            if (ReadingContext.TryMember(json, port, out var child) && NodeReader.Read(child, node, 0, port, context) is { } activity)
                node.Ports[port] = activity;
        }
    }

    private static ActivityNode[] ReadList(ActivityNode node, JsonElement json, string member, ReadingContext context)
    {
        if (!ReadingContext.TryMember(json, member, out var items))
            return [];
        if (items.ValueKind == JsonValueKind.Null && node.Kind != ActivityKind.Flowchart)
            return [];
        if (items.ValueKind != JsonValueKind.Array)
        {
            context.Add(DefinitionFindings.WrongShape(member, new("数组", "an array"), node.NodeId));
            return [];
        }

        var children = new List<ActivityNode>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items.EnumerateArray())
        {
            if (NodeReader.Read(item, node, children.Count, member, context) is not { } child)
                continue;
            children.Add(child);
            if (!ids.Add(child.Id))
                context.Add(node.Kind == ActivityKind.Flowchart ? DefinitionFindings.DuplicateId(child.Id, child.NodeId) : DefinitionFindings.DuplicateSiblingId(child.Id, child.NodeId));
        }

        return [.. children];
    }

    private static SwitchCase[] ReadStatusCodes(ActivityNode node, JsonElement json, ReadingContext context)
    {
        if (!ReadingContext.TryMember(json, "expectedStatusCodes", out var items) || items.ValueKind == JsonValueKind.Null)
            return [];
        if (items.ValueKind != JsonValueKind.Array)
        {
            context.Add(DefinitionFindings.WrongShape("expectedStatusCodes", new("数组", "an array"), node.NodeId));
            return [];
        }

        var cases = new List<SwitchCase>();
        foreach (var item in items.EnumerateArray())
        {
            if (!ReadingContext.TryMember(item, "statusCode", out var code) || code.ValueKind != JsonValueKind.Number || !code.TryGetInt32(out var number))
                context.Add(DefinitionFindings.WrongShape("expectedStatusCodes", new("含 statusCode 的对象的数组", "an array of objects with a statusCode"), node.NodeId));
            else
                cases.Add(new SwitchCase($"{number}", Expression.Nothing, ReadingContext.TryMember(item, "activity", out var activity) ? NodeReader.Read(activity, node, 0, "activity", context) : null));
        }

        return [.. cases];
    }

    private static SwitchCase[] ReadCases(ActivityNode node, JsonElement json, ReadingContext context)
    {
        if (!ReadingContext.TryMember(json, "cases", out var items) || items.ValueKind == JsonValueKind.Null)
            return [];
        if (items.ValueKind != JsonValueKind.Array)
        {
            context.Add(DefinitionFindings.WrongShape("cases", new("数组", "an array"), node.NodeId));
            return [];
        }

        var cases = new List<SwitchCase>();
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                context.Add(DefinitionFindings.WrongShape("cases", new("分支对象的数组", "an array of case objects"), node.NodeId));
                continue;
            }

            var label = ReadingContext.Text(item, "label") ?? "";
            var condition = ReadingContext.TryMember(item, "condition", out var c) ? ExpressionReader.ReadExpression(c, $"cases.{label}", node.NodeId, false, context) : Expression.Nothing;
            var activity = node.Kind == ActivityKind.Switch && ReadingContext.TryMember(item, "activity", out var a) ? NodeReader.Read(a, node, 0, "activity", context) : null;
            cases.Add(new SwitchCase(label, condition, activity));
        }

        return [.. cases];
    }

    private static int ReadPlainEnum(ActivityNode node, JsonElement json, string member, string[] names, ReadingContext context)
    {
        if (!ReadingContext.TryMember(json, member, out var value) || value.ValueKind == JsonValueKind.Null)
            return 0;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0 && number < names.Length)
            return number;
        var index = value.ValueKind == JsonValueKind.String ? Array.FindIndex(names, n => string.Equals(n, value.GetString(), StringComparison.OrdinalIgnoreCase)) : -1;
        if (index < 0)
            context.Add(DefinitionFindings.BadEnum(value.GetRawText(), member, node.NodeId));
        return Math.Max(0, index);
    }
}
