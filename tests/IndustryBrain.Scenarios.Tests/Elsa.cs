namespace IndustryBrain.Scenarios.Tests;

/// <summary>Writes Elsa documents briefly.</summary>
internal static class Elsa
{
    public static string Definition(string root, string more = "") =>
        $$"""{"id":"v1","definitionId":"d1","name":"Test","version":1,"toolVersion":"3.7.0.0",{{(more.Length == 0 ? "" : more + ",")}}"root":{{root}}}""";

    public static string Node(string type, string id, string more = "") =>
        $$$"""{"type":"Elsa.{{{type}}}","id":"{{{id}}}","version":1,"customProperties":{},"metadata":{}{{{(more.Length == 0 ? "" : "," + more)}}}}""";

    public static string Write(string id, string text) => Node("WriteLine", id, $"\"text\":{Literal(text)}");

    public static string WriteJs(string id, string source) => Node("WriteLine", id, $"\"text\":{Js(source)}");

    public static string Sequence(params string[] activities) => Node("Sequence", "s1", $"\"activities\":[{string.Join(',', activities)}]");

    public static string Flowchart(string connections, params string[] activities) => Node("Flowchart", "f1", $"\"activities\":[{string.Join(',', activities)}],\"connections\":[{connections}]");

    /// <summary>Connections written as <c>a>b a:True>c</c>.</summary>
    public static string Connect(string text) => string.Join(',', text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c =>
    {
        var (source, target) = (c.Split('>')[0], c.Split('>')[1]);
        var parts = source.Split(':');
        return $$$"""{"source":{"activity":"{{{parts[0]}}}","port":"{{{(parts.Length > 1 ? parts[1] : "Done")}}}"},"target":{"activity":"{{{target}}}","port":"In"}}""";
    }));

    public static string Literal(string text, string type = "String") => Wrap(type, "Literal", text);

    public static string Js(string source, string type = "String") => Wrap(type, "JavaScript", source);

    public static string Wrap(string type, string kind, string value) =>
        $$$"""{"typeName":"{{{type}}}","expression":{"type":"{{{kind}}}","value":{{{System.Text.Json.JsonSerializer.Serialize(value)}}}}}""";

    public static string Variable(string name, string type, string? value = null, bool survives = true) =>
        $$"""{"id":"{{name}}","name":"{{name}}","typeName":"{{type}}","isArray":false,"value":{{(value is null ? "null" : System.Text.Json.JsonSerializer.Serialize(value))}},"storageDriverTypeName":{{(survives ? "\"WorkflowInstanceStorageDriver\"" : "null")}}}""";

    public static string Set(string id, string variable, string value) => Node("SetVariable", id, $$"""
        "variable":{"id":"{{variable}}","name":"{{variable}}"},"value":{{value}}
        """);

    public static string Output(string name, string target) => $$$"""
        "{{{name}}}":{"typeName":"Object","memoryReference":{"id":"{{{target}}}"}}
        """;
}
