using System.Text.Encodings.Web;
using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Running;

/// <summary>Writes results as JSON. By hand: the serializer would double the time that a small run takes.</summary>
internal static class RunDocument
{
    public static Utf8JsonWriter Open(Stream stream) => new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" });

    /// <summary>Writes a document of a batch, with its id.</summary>
    public static void Write(Utf8JsonWriter writer, RunResult result, string? id)
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        Members(writer, result);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, RunResult result)
    {
        writer.WriteStartObject();
        Members(writer, result);
        writer.WriteEndObject();
    }

    private static void Members(Utf8JsonWriter writer, RunResult result)
    {
        writer.WriteString("status", result.Status);
        writer.WriteString("subStatus", result.SubStatus);
        writer.WriteStartArray("lines");
        foreach (var line in result.Lines)
        {
            writer.WriteStringValue(line);
        }

        writer.WriteEndArray();
        writer.WritePropertyName("output");
        result.Output.WriteTo(writer);
        writer.WriteString("correlationId", result.CorrelationId);
        writer.WriteString("name", result.Name);
        writer.WriteStartArray("incidents");
        foreach (var incident in result.Incidents)
        {
            writer.WriteStartObject();
            writer.WriteString("activityId", incident.ActivityId);
            writer.WriteString("activityNodeId", incident.NodeId);
            writer.WriteString("activityType", incident.ActivityType);
            Members(writer, incident.Failure);
            writer.WriteString("timestamp", incident.At);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (result.Status == RunResult.Rejected)
        {
            Refusal(writer, result);
        }
    }

    private static void Refusal(Utf8JsonWriter writer, RunResult result)
    {
        writer.WriteStartArray("findings");
        foreach (var finding in result.Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("rule", finding.Rule);
            writer.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
            Text(writer, "message", finding.Message);
            writer.WriteString("nodeId", finding.NodeId);
            writer.WriteString("where", finding.Where);
            Text(writer, "action", finding.Action);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (result.Failure is { } failure)
        {
            writer.WriteStartObject("failure");
            Members(writer, failure);
            writer.WriteEndObject();
        }
    }

    /// <summary>Writes the members of a failure into the object that is open.</summary>
    public static void Members(Utf8JsonWriter writer, Failure failure)
    {
        writer.WriteString("code", failure.Code);
        Text(writer, "message", failure.Message);
        writer.WriteString("where", failure.Where);
        Text(writer, "action", failure.Action);
    }

    private static void Text(Utf8JsonWriter writer, string name, LocalizedText? text)
    {
        if (text is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteString("zh", text.Zh);
        writer.WriteString("en", text.En);
        writer.WriteEndObject();
    }
}
