using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;

namespace IndustryBrain.Scenarios.Definitions.Reading;

/// <summary>Reads states and transitions of a StateMachine.</summary>
internal static class StateMachineReader
{
    public static StateMachineModel Read(ActivityNode node, JsonElement json, ReadingContext context)
    {
        var states = new List<MachineState>();
        foreach (var item in Items(node, json, "states", context))
        {
            var name = ReadingContext.Text(item, "name") ?? "";
            if (states.Exists(s => s.Name == name))
                context.Add(DefinitionFindings.StateTwice(name, node.NodeId));
            states.Add(new MachineState(name, Child(node, item, "entry", context), Child(node, item, "exit", context)));
        }

        var transitions = new List<MachineTransition>();
        foreach (var item in Items(node, json, "transitions", context))
        {
            var (from, to) = (ReadingContext.Text(item, "from") ?? "", ReadingContext.Text(item, "to") ?? "");
            var transition = new MachineTransition(
                states.FindIndex(s => s.Name == from), states.FindIndex(s => s.Name == to), Child(node, item, "trigger", context), Condition(node, item, context), Child(node, item, "action", context));
            if (transition.From < 0 || transition.To < 0)
                context.Add(DefinitionFindings.UnknownState(transition.From < 0 ? from : to, node.NodeId));
            else
                transitions.Add(transition);
        }

        return new StateMachineModel([.. states], [.. transitions]);
    }

    private static IEnumerable<JsonElement> Items(ActivityNode node, JsonElement json, string member, ReadingContext context)
    {
        if (!ReadingContext.TryMember(json, member, out var items) || items.ValueKind == JsonValueKind.Null)
            return [];
        if (items.ValueKind == JsonValueKind.Array && items.EnumerateArray().All(i => i.ValueKind == JsonValueKind.Object))
            return items.EnumerateArray();
        context.Add(DefinitionFindings.WrongShape(member, new("对象的数组", "an array of objects"), node.NodeId));
        return [];
    }

    private static ActivityNode? Child(ActivityNode node, JsonElement item, string member, ReadingContext context) =>
        ReadingContext.TryMember(item, member, out var json) ? NodeReader.Read(json, node, 0, member, context) : null;

    private static Expression? Condition(ActivityNode node, JsonElement item, ReadingContext context) =>
        !ReadingContext.TryMember(item, "condition", out var condition) || condition.ValueKind == JsonValueKind.Null ? null
        : condition.ValueKind == JsonValueKind.Object && !condition.TryGetProperty("expression", out _) ? ExpressionReader.ReadExpression(condition, "condition", node.NodeId, false, context)
        : ExpressionReader.ReadInput(condition, "condition", node.NodeId, false, context);
}
