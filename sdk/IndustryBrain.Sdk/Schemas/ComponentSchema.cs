using System.Text.Json;
using System.Text.Json.Nodes;

namespace IndustryBrain.Sdk.Schemas;

/// <summary>Writes the JSON Schema (2020-12) of a typed record: Chinese <c>title</c> and <c>description</c>, English in <c>x-en</c>, unit in <c>x-unit</c>, labels of an enumeration in <c>x-enum</c>, the editor that suits best in <c>x-editor</c>; members in the order they are declared.</summary>
public static class ComponentSchema
{
    /// <summary>The dialect that the schemas are written in.</summary>
    public const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>The schema of <paramref name="type"/> as a component reads or writes it.</summary>
    /// <param name="type">A record: the input or output of a component.</param>
    /// <returns>A schema object; equal types give equal text.</returns>
    public static JsonElement Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var schema = new JsonObject { ["$schema"] = Dialect };
        Describe(schema, Contract.Of(type), member: null, path: "#", open: []);
        return JsonSerializer.SerializeToElement(schema, ComponentJson.Options);
    }

    private static void Describe(JsonObject schema, Contract contract, ContractMember? member, string path, List<(Contract Contract, string Path)> open)
    {
        if (member?.Label is { } label)
        {
            Name(schema, label.Zh, label.En, label.DescriptionZh, label.DescriptionEn);
        }

        Shape(schema, contract, member, path, open);
        if (member is null)
        {
            return;
        }

        if (member.Unit is not null)
        {
            schema["x-unit"] = member.Unit;
        }

        if (member.Editor is not null)
        {
            schema["x-editor"] = member.Editor;
        }

        // Nothing by default needs no word.
        if (member is { HasDefault: true, Default: not null })
        {
            schema["default"] = JsonSerializer.SerializeToNode(member.Default, contract.Type, ComponentJson.Options);
        }

        if (member.Examples.Count > 0)
        {
            schema["examples"] = new JsonArray([.. member.Examples.Select(e => JsonNode.Parse(e))]);
        }
    }

    private static void Name(JsonObject schema, string zh, string en, string descriptionZh, string descriptionEn)
    {
        schema["title"] = zh;
        var english = new JsonObject { ["title"] = en };
        if (descriptionZh.Length > 0)
        {
            schema["description"] = descriptionZh;
        }

        if (descriptionEn.Length > 0)
        {
            english["description"] = descriptionEn;
        }

        schema["x-en"] = english;
    }

    private static void Shape(JsonObject schema, Contract contract, ContractMember? member, string path, List<(Contract Contract, string Path)> open)
    {
        switch (contract.Kind)
        {
            case ContractKind.Boolean:
                schema["type"] = "boolean";
                break;
            case ContractKind.Integer or ContractKind.Number:
                schema["type"] = contract.Kind == ContractKind.Integer ? "integer" : "number";
                Bounds(schema, member);
                break;
            case ContractKind.Text:
                schema["type"] = "string";
                Lengths(schema, member, "minLength", "maxLength");
                break;
            case ContractKind.Choice:
                Choices(schema, contract);
                break;
            case ContractKind.File:
                schema["type"] = "object";
                schema["format"] = "file";
                schema["properties"] = new JsonObject { ["file"] = new JsonObject { ["type"] = "string" }, ["name"] = new JsonObject { ["type"] = "string" } };
                schema["required"] = new JsonArray("file");
                break;
            case ContractKind.Array:
                schema["type"] = "array";
                Lengths(schema, member, "minItems", "maxItems");
                schema["items"] = Item(contract, member, path + "/items", open);
                break;
            case ContractKind.Map:
                schema["type"] = "object";
                schema["additionalProperties"] = Item(contract, member, path + "/additionalProperties", open);
                break;
            case ContractKind.Object:
                Members(schema, contract, path, open);
                break;
            case ContractKind.Any:
                break;
            default:
                schema["type"] = "string";
                schema["format"] = Format(contract.Kind);
                break;
        }
    }

    private static string Format(ContractKind kind) => kind switch
    {
        ContractKind.Date => "date",
        ContractKind.Time => "time",
        ContractKind.Moment => "date-time",
        ContractKind.Duration => "x-duration",
        ContractKind.Identifier => "uuid",
        _ => "byte",
    };

    private static JsonObject Item(Contract contract, ContractMember? member, string path, List<(Contract Contract, string Path)> open)
    {
        var item = new JsonObject();
        Shape(item, contract.Item!, contract.Item!.Kind is ContractKind.Number or ContractKind.Integer ? member : null, path, open);
        if (contract.ItemMayBeNull && item["type"] is { } type)
        {
            item["type"] = new JsonArray(type.DeepClone(), "null");
        }

        return item;
    }

    private static void Members(JsonObject schema, Contract contract, string path, List<(Contract Contract, string Path)> open)
    {
        // Only a type within itself is written as a reference: everywhere else the reader of a schema finds all in place.
        if (open.Find(o => ReferenceEquals(o.Contract, contract)) is { Path: { } above })
        {
            schema["$ref"] = above;
            return;
        }

        open.Add((contract, path));
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var member in contract.Members)
        {
            var property = new JsonObject();
            Describe(property, member.Contract, member, $"{path}/properties/{member.Name}", open);
            properties[member.Name] = property;
            if (member.IsRequired)
            {
                required.Add(member.Name);
            }
        }

        open.RemoveAt(open.Count - 1);
        schema["type"] = "object";
        schema["properties"] = properties;
        if (required.Count > 0)
        {
            schema["required"] = required;
        }
    }

    private static void Choices(JsonObject schema, Contract contract)
    {
        schema["type"] = "string";
        schema["enum"] = new JsonArray([.. contract.Choices.Select(c => JsonValue.Create(c.Value))]);
        if (contract.Choices.Any(c => c.Label is not null))
        {
            schema["x-enum"] = new JsonArray([.. contract.Choices.Select(c => new JsonObject { ["value"] = c.Value, ["zh"] = c.Label?.Zh ?? c.Value, ["en"] = c.Label?.En ?? c.Value })]);
        }
    }

    private static void Bounds(JsonObject schema, ContractMember? member)
    {
        if (member?.Minimum is { } minimum)
        {
            schema[member.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = Number(minimum);
        }

        if (member?.Maximum is { } maximum)
        {
            schema[member.MaximumIsExclusive ? "exclusiveMaximum" : "maximum"] = Number(maximum);
        }
    }

    private static void Lengths(JsonObject schema, ContractMember? member, string minimum, string maximum)
    {
        if (member?.MinimumLength is { } low)
        {
            schema[minimum] = low;
        }

        if (member?.MaximumLength is { } high)
        {
            schema[maximum] = high;
        }
    }

    private static JsonValue Number(double value) => value == Math.Floor(value) && Math.Abs(value) < 1e15 ? JsonValue.Create((long)value) : JsonValue.Create(value);
}
