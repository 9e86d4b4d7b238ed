using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using IndustryBrain.Scenarios.Definitions.Model;

namespace IndustryBrain.Scenarios.Definitions;

/// <summary>
/// The JSON Schema (2020-12) of definitions, made from the activities that the engine runs. Whatever is read without an error satisfies it;
/// what only the reader can see, such as two activities with one id, it does not refuse.
/// </summary>
public static class ScenarioSchema
{
    /// <summary>Where a host serves it.</summary>
    public const string Path = "/schemas/scenario.json";

    private static readonly JsonSerializerOptions Writing = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), NewLine = "\n" };
    private static readonly Lazy<ReadOnlyMemory<byte>> Made = new(() => JsonSerializer.SerializeToUtf8Bytes(Create(), Writing));

    /// <summary>The schema, as UTF-8.</summary>
    public static ReadOnlyMemory<byte> Document => Made.Value;

    private static JsonObject Create() => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["$id"] = Path,
        ["title"] = "Scenario",
        ["description"] = "An Elsa 3 workflow definition, with the activities that this engine adds.",
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["$schema"] = Text("Elsa's name of the format; ignored."),
            ["id"] = TextOrNull("Id of this version."),
            ["definitionId"] = TextOrNull("Logical id."),
            ["name"] = TextOrNull("Name for people."),
            ["description"] = TextOrNull("What it is for."),
            ["version"] = new JsonObject { ["description"] = "Number of this version.", ["type"] = Types("integer", "string", "null"), ["pattern"] = "^\\s*[-+]?[0-9]+\\s*$" },
            ["toolVersion"] = new JsonObject { ["description"] = "Version of Elsa that wrote it: two to four numbers.", ["type"] = Types("string", "null"), ["pattern"] = "^\\s*\\+?[0-9]+\\s*(\\.\\s*\\+?[0-9]+\\s*){1,3}$" },
            ["variables"] = ListOf("variable"),
            ["inputs"] = ListOf("port"),
            ["outputs"] = ListOf("port"),
            ["outcomes"] = new JsonObject { ["description"] = "Outcomes of the definition when it is used as an activity." },
            ["customProperties"] = new JsonObject { ["type"] = Types("object", "null") },
            ["options"] = new JsonObject
            {
                ["type"] = Types("object", "null"),
                ["properties"] = new JsonObject
                {
                    ["usableAsActivity"] = new JsonObject { ["description"] = "True when other definitions may use it as an activity." },
                    ["activationStrategyType"] = Described("Who may start while another run goes on."),
                    ["incidentStrategyType"] = Described("What a fault does to the run."),
                },
            },
            ["root"] = new JsonObject { ["anyOf"] = new JsonArray(Reference("activity"), new JsonObject { ["type"] = "null" }) },
        },
        ["$defs"] = Definitions(),
    };

    private static JsonObject Definitions() => new()
    {
        ["variable"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["id"] = new JsonObject { ["description"] = "What references use." },
                ["name"] = new JsonObject { ["description"] = "What scripts use." },
                ["typeName"] = new JsonObject { ["description"] = "Elsa's alias of its type, such as Int32 or ObjectDictionary." },
                ["isArray"] = new JsonObject { ["description"] = "True for a list of that type." },
                ["value"] = TextOrNull("Its value at the start, as text; a list or an object as JSON text."),
            },
        },
        // Of a container: its value may be any JSON.
        ["containerVariable"] = new JsonObject { ["type"] = "object" },
        ["port"] = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["name"] = new JsonObject(), ["type"] = new JsonObject { ["description"] = "Elsa's alias of its type." } } },
        ["input"] = new JsonObject
        {
            ["description"] = "A wrapper with typeName and expression, or a bare value.",
            ["type"] = Types("object", "string", "number", "boolean", "array", "null"),
            ["properties"] = new JsonObject { ["typeName"] = new JsonObject { ["description"] = "Without it the value counts as null." }, ["expression"] = Reference("expression") },
        },
        ["expression"] = new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["type"] = new JsonObject { ["examples"] = Types("Literal", "Object", "JavaScript", "CSharp", "Liquid", "Variable", "Input") },
                ["value"] = new JsonObject { ["description"] = "A literal, JSON text, source text, or what names a variable or an input." },
            },
        },
        ["output"] = new JsonObject
        {
            ["description"] = "Where an output goes besides the record of outputs; null for nowhere.",
            ["type"] = Types("object", "null"),
            ["if"] = new JsonObject { ["properties"] = new JsonObject { ["typeName"] = Text("Its type.") }, ["required"] = Types("typeName"), ["type"] = "object" },
            ["then"] = new JsonObject { ["required"] = Types("memoryReference"), ["properties"] = new JsonObject { ["memoryReference"] = new JsonObject { ["type"] = "object" } } },
        },
        ["activity"] = Activity(),
        ["children"] = new JsonObject { ["type"] = Types("array", "null"), ["items"] = ActivityOrNull() },
    };

    private static JsonObject Activity() => new()
    {
        ["type"] = "object",
        ["required"] = Types("type"),
        ["properties"] = new JsonObject
        {
            ["type"] = Text("Activity type: Elsa.Name, IndustryBrain.component, or the name of a workflow used as an activity."),
            ["id"] = new JsonObject { ["description"] = "Unique among its siblings." },
            ["name"] = TextOrNull("What scripts call it."),
            ["version"] = new JsonObject { ["type"] = "integer", ["description"] = "Version of the activity type." },
            ["customProperties"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["canStartWorkflow"] = Described("True when it starts runs."),
                    ["timeZone"] = Described("Of Cron: an IANA name; UTC by default."),
                    ["missed"] = Described("Of a trigger by time: what becomes of missed firings; once, skip or all."),
                    ["concurrency"] = Described("Of a trigger: what becomes of a start while as many runs go on as may; allow, queue, drop or cancelPrevious."),
                    ["maxConcurrent"] = Described("Of a trigger: runs of one key that may go on at the same time; 1 by default."),
                    ["concurrencyKey"] = Described("Of a trigger: path of the member whose value is the key, such as content.orderId; one key for the scenario by default."),
                    ["rateLimit"] = Described("Of a trigger: runs of one key that may start within ratePeriod."),
                    ["ratePeriod"] = Described("Of a trigger: a time such as 00:01:00."),
                    ["repeatKey"] = Described("Of a trigger: path of the member by which the same is recognised when it comes again."),
                },
            },
        },
        ["allOf"] = new JsonArray([.. BuiltInActivities.Descriptors.Select(d => new JsonObject
        {
            ["if"] = new JsonObject { ["properties"] = new JsonObject { ["type"] = new JsonObject { ["const"] = d.Type } } },
            ["then"] = new JsonObject { ["properties"] = Members(d) },
        })]),
    };

    private static JsonObject Members(ActivityDescriptor descriptor)
    {
        var members = new JsonObject();
        foreach (var input in descriptor.Inputs)
            members[input.Name] = Reference("input");
        foreach (var output in descriptor.Outputs.Select(o => char.ToLowerInvariant(o[0]) + o[1..]).Where(o => !members.ContainsKey(o)))
            members[output] = Reference("output");
        foreach (var port in descriptor.Ports)
            members[port] = ActivityOrNull();
        foreach (var (name, schema) in Children(descriptor.Kind))
            members[name] = schema;
        return members;
    }

    private static IEnumerable<(string Name, JsonObject Schema)> Children(ActivityKind kind) => kind switch
    {
        ActivityKind.Sequence or ActivityKind.Parallel => [("activities", Reference("children")), ("variables", ListOf("containerVariable"))],
        ActivityKind.Fork => [("branches", Reference("children"))],
        ActivityKind.Flowchart =>
        [
            ("activities", new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["anyOf"] = new JsonArray(Required("id"), new JsonObject { ["type"] = "null" }) } }),
            ("connections", new JsonObject { ["description"] = "Each {source:{activity,port},target:{activity,port}}, or all of them flat.", ["type"] = Types("array", "object", "null") }),
            ("variables", ListOf("containerVariable")),
            ("metadata", new JsonObject { ["type"] = "object" }),
        ],
        ActivityKind.Switch or ActivityKind.FlowSwitch => [("cases", ObjectsOf(("condition", Reference("expression")), ("activity", kind == ActivityKind.Switch ? ActivityOrNull() : [])))],
        ActivityKind.SendHttpRequest => [("expectedStatusCodes", ObjectsOf(("statusCode", new JsonObject { ["type"] = "integer" }), ("activity", ActivityOrNull())))],
        ActivityKind.StateMachine =>
        [
            ("states", ObjectsOf(("entry", ActivityOrNull()), ("exit", ActivityOrNull()))),
            ("transitions", ObjectsOf(("trigger", ActivityOrNull()), ("action", ActivityOrNull()))),
        ],
        _ => [],
    };

    private static JsonObject ObjectsOf(params (string Name, JsonObject Schema)[] members) => new()
    {
        ["type"] = Types("array", "null"),
        ["items"] = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject(members.Select(m => KeyValuePair.Create(m.Name, (JsonNode?)m.Schema))) },
    };

    private static JsonObject ActivityOrNull() => new() { ["anyOf"] = new JsonArray(Reference("activity"), new JsonObject { ["type"] = "null" }) };

    private static JsonObject Required(string member)
    {
        var activity = Reference("activity");
        activity["required"] = Types(member);
        activity["properties"] = new JsonObject { [member] = new JsonObject { ["type"] = "string", ["minLength"] = 1 } };
        return activity;
    }

    private static JsonObject ListOf(string name) => new()
    {
        ["type"] = Types("array", "null"),
        ["items"] = Reference(name),
    };

    private static JsonObject Text(string description) => new() { ["description"] = description, ["type"] = "string" };

    private static JsonObject TextOrNull(string description) => new() { ["description"] = description, ["type"] = Types("string", "null") };

    private static JsonObject Described(string description) => new() { ["description"] = description };

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/$defs/{name}" };

    private static JsonArray Types(params string[] names) => [.. names.Select(n => (JsonNode)n)];
}
