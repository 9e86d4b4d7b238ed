using System.Reflection;
using System.Text.Json;
using IndustryBrain.Sdk.Measures;

namespace IndustryBrain.Sdk.Schemas;

/// <summary>Finds what the types of a component say that cannot be meant: a schema of it would promise what no call can keep.</summary>
internal static class ContractCheck
{
    // What lives in one process and means nothing in another.
    private static readonly Type[] Local = [typeof(Delegate), typeof(Stream), typeof(TextReader), typeof(TextWriter), typeof(Task), typeof(ValueTask), typeof(CancellationToken), typeof(MemberInfo), typeof(Assembly), typeof(Exception), typeof(nint), typeof(nuint), typeof(IServiceProvider)];

    /// <summary>The problems of a type, each with the path of its member.</summary>
    public static IReadOnlyList<(string Where, LocalizedText What)> Problems(Type type)
    {
        var found = new List<(string, LocalizedText)>();
        Visit(type, "", [], found);
        return found;
    }

    private static void Visit(Type type, string path, HashSet<Type> seen, List<(string Where, LocalizedText What)> found)
    {
        if (type.IsPointer || type.IsByRef || Local.Any(local => local.IsAssignableFrom(type)))
        {
            found.Add((path, new($"类型 {type.Name} 无法变成 JSON", $"a {type.Name} cannot become JSON")));
            return;
        }

        if (!seen.Add(type))
        {
            return;
        }

        var contract = Contract.Of(type);
        if (contract.Item is { } item)
        {
            Visit(item.Type, path + "[]", seen, found);
        }

        foreach (var member in contract.Members)
        {
            var where = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            var before = found.Count;
            Visit(member.Contract.Type, where, seen, found);
            if (found.Count == before)
            {
                Judge(member, where, found);
            }
        }
    }

    private static void Judge(ContractMember member, string where, List<(string Where, LocalizedText What)> found)
    {
        if (member.Unit is { } unit)
        {
            if (!Units.IsKnown(unit))
            {
                found.Add((where, new($"单位 '{unit}' 不是 UCUM 单位、CNY 或计数单位", $"the unit '{unit}' is no UCUM code, CNY or counted thing")));
            }
            else if (!IsNumeric(member.Contract))
            {
                found.Add((where, new("只有数值有单位", "only numbers have a unit")));
            }
        }

        foreach (var example in member.Examples)
        {
            if (!TryParse(example, out var value))
            {
                found.Add((where, new($"示例 {example} 不是 JSON", $"the example {example} is not JSON")));
            }
            else if (value.ValueKind != JsonValueKind.Null && InputCheck.Of(value, member, where) is { } failure)
            {
                found.Add((where, new($"示例 {example} 不合要求：{failure.Message.Zh}", $"the example {example} does not fit: {failure.Message.En}")));
            }
        }
    }

    private static bool IsNumeric(Contract contract) =>
        contract.Kind is ContractKind.Number or ContractKind.Integer or ContractKind.Any || (contract.Item is { } item && IsNumeric(item));

    private static bool TryParse(string json, out JsonElement value)
    {
        try
        {
            value = JsonElement.Parse(json);
            return true;
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }
    }
}
