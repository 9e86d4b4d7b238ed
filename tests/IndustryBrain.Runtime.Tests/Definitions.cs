namespace IndustryBrain.Runtime.Tests;

/// <summary>Builds definitions; each test changes one thing.</summary>
internal static class Definitions
{
    public static string Sequence(string id, params string[] activities) => Document(id, "{\"type\":\"object\"}", activities);

    public static string Document(string id, string inputSchema, params string[] activities) => $$$"""
        {
          "definitionId": "{{{id}}}", "name": "{{{id}}}", "version": 1, "toolVersion": "3.7.0.0",
          "variables": [],
          "inputs": [
            { "type": "Double", "name": "value", "displayName": "Value", "storageDriverType": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" },
            { "type": "String", "name": "gate", "displayName": "Gate", "storageDriverType": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" },
            { "type": "Object", "name": "file", "displayName": "File", "storageDriverType": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" }
          ],
          "outputs": [ { "type": "Object", "name": "result", "displayName": "Result" } ], "outcomes": [],
          "customProperties": { "industryBrain": { "name": { "zh": "测试", "en": "Test" }, "summary": { "zh": "测试", "en": "Test" }, "inputSchema": {{{inputSchema}}} } },
          "options": {},
          "root": { "type": "Elsa.Sequence", "id": "root", "version": 1, "customProperties": {}, "metadata": {}, "variables": [], "activities": [ {{{string.Join(",", activities)}}} ] }
        }
        """;

    public static string Line(string id, string text) => $$$"""
        { "type": "Elsa.WriteLine", "id": "{{{id}}}", "version": 1, "customProperties": {}, "metadata": {}, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "{{{text}}}" } } }
        """;

    public static string Delay(string id, string span) => $$$"""
        { "type": "Elsa.Delay", "id": "{{{id}}}", "version": 1, "customProperties": {}, "metadata": {}, "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "{{{span}}}" } } }
        """;

    public static string Event(string id, string name) => $$$"""
        { "type": "Elsa.Event", "id": "{{{id}}}", "version": 1, "customProperties": {}, "metadata": {}, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "{{{name}}}" } } }
        """;

    public static string PublishEvent(string id, string name, string payload = "null", string? correlation = null) => $$$"""
        { "type": "Elsa.PublishEvent", "id": "{{{id}}}", "version": 1, "customProperties": {}, "metadata": {},
          "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "{{{name}}}" } },
          "correlationId": { "typeName": "String", "expression": { "type": "JavaScript", "value": "{{{(correlation is null ? "null" : $"'{correlation}'")}}}" } },
          "payload": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "{{{payload}}}" } } }
        """;

    public static string Correlate(string id, string correlation) => $$$"""
        { "type": "Elsa.Correlate", "id": "{{{id}}}", "version": 1, "customProperties": {}, "metadata": {}, "correlationId": { "typeName": "String", "expression": { "type": "Literal", "value": "{{{correlation}}}" } } }
        """;

    public static string StartsRun(string type, string id, string definition, bool waits, string input = "({})") => $$$"""
        { "type": "Elsa.{{{type}}}", "id": "{{{id}}}", "version": 1, "customProperties": {}, "metadata": {},
          "workflowDefinitionId": { "typeName": "String", "expression": { "type": "Literal", "value": "{{{definition}}}" } },
          "waitForCompletion": { "typeName": "Boolean", "expression": { "type": "Literal", "value": {{{(waits ? "true" : "false")}}} } },
          "input": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "{{{input}}}" } } }
        """;

    public static string SetOutput(string id, string expression) => $$$"""
        { "type": "Elsa.SetOutput", "id": "{{{id}}}", "version": 1, "customProperties": {}, "metadata": {},
          "outputName": { "typeName": "String", "expression": { "type": "Literal", "value": "result" } },
          "outputValue": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "{{{expression}}}" } } }
        """;

    public static string Probe(string id, string component) => $$$"""
        { "type": "IndustryBrain.probe.{{{component}}}", "id": "{{{id}}}", "version": 1, "customProperties": {}, "metadata": {},
          "value": { "typeName": "Double", "expression": { "type": "JavaScript", "value": "getInput('value')" } },
          "gate": { "typeName": "String", "expression": { "type": "JavaScript", "value": "getInput('gate')" } } }
        """;

    public static string ReadFile(string id) => $$$"""
        { "type": "IndustryBrain.probe.read", "id": "{{{id}}}", "version": 1, "customProperties": {}, "metadata": {},
          "file": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "getInput('file')" } } }
        """;

    public static string Output(string id, string from) => $$$"""
        { "type": "Elsa.SetOutput", "id": "{{{id}}}", "version": 1, "customProperties": {}, "metadata": {},
          "outputName": { "typeName": "String", "expression": { "type": "Literal", "value": "result" } },
          "outputValue": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "getOutputFrom('{{{from}}}', 'value')" } } }
        """;
}
