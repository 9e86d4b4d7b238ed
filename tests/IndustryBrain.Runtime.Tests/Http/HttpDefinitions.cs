using System.Text.Json;

namespace IndustryBrain.Runtime.Tests.Http;

/// <summary>Activities that serve and send requests.</summary>
internal static class HttpDefinitions
{
    /// <summary>An endpoint that starts runs.</summary>
    public static string Endpoint(string id, string path, string methods = "[\"POST\"]", string more = "") => Endpoint(id, Literal("String", path), methods, more, canStart: true);

    /// <summary>An endpoint in the middle of a run.</summary>
    public static string Await(string id, string path, string methods = "[\"POST\"]", string more = "") => Endpoint(id, Literal("String", path), methods, more, canStart: false);

    public static string Endpoint(string id, string path, string methods, string more, bool canStart) => $$"""
        { "type": "Elsa.HttpEndpoint", "id": "{{id}}", "version": 1, "customProperties": { "canStartWorkflow": {{(canStart ? "true" : "false")}} }, "metadata": {},
          "path": {{path}}, "supportedMethods": {{Object("String[]", methods)}}{{(more.Length == 0 ? "" : "," + more)}} }
        """;

    public static string Respond(string id, string content, string more = "") => $$"""
        { "type": "Elsa.WriteHttpResponse", "id": "{{id}}", "version": 1, "customProperties": {}, "metadata": {}, "content": {{Js("Object", content)}}{{(more.Length == 0 ? "" : "," + more)}} }
        """;

    public static string RespondFile(string id, string content, string more = "") => $$"""
        { "type": "Elsa.WriteFileHttpResponse", "id": "{{id}}", "version": 1, "customProperties": {}, "metadata": {}, "content": {{Js("Object", content)}}{{(more.Length == 0 ? "" : "," + more)}} }
        """;

    public static string Correlate(string id, string expression) => $$"""
        { "type": "Elsa.Correlate", "id": "{{id}}", "version": 1, "customProperties": {}, "metadata": {}, "correlationId": {{Js("String", expression)}} }
        """;

    public static string Literal(string type, string text) => $$"""{ "typeName": "{{type}}", "expression": { "type": "Literal", "value": {{JsonSerializer.Serialize(text)}} } }""";

    public static string Js(string type, string source) => $$"""{ "typeName": "{{type}}", "expression": { "type": "JavaScript", "value": {{JsonSerializer.Serialize(source)}} } }""";

    public static string Object(string type, string json) => $$"""{ "typeName": "{{type}}", "expression": { "type": "Object", "value": {{JsonSerializer.Serialize(json)}} } }""";

    public static string Yes => """{ "typeName": "Boolean", "expression": { "type": "Literal", "value": true } }""";
}
