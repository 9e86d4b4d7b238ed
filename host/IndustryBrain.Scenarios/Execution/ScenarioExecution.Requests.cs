using System.Globalization;
using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Values;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Execution;

/// <content>HTTP requests that the run sends: the shell performs them.</content>
public sealed partial class ScenarioExecution
{
    private async ValueTask SendRequestAsync(ActivityRecord record, CancellationToken ct)
    {
        var node = record.Node!;
        var url = await TextAsync(record, "url", ct) ?? "";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var target) || target.Scheme is not ("http" or "https"))
            throw new ActivityFaultException(ScenarioFailures.BadUrl(url));
        var method = await TextAsync(record, "method", ct) ?? "GET";
        var content = await InputAsync(record, "content", ct);
        var type = await TextAsync(record, node.Kind == ActivityKind.DownloadHttpFile ? "requestContentType" : "contentType", ct);
        var headers = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        if (await InputAsync(record, "requestHeaders", ct) is JsonElement { ValueKind: JsonValueKind.Object } given)
        {
            foreach (var header in given.EnumerateObject())
                headers[header.Name] = header.Value.ValueKind == JsonValueKind.Array ? header.Value : ValueJson.Array([ValueConverter.ToText(header.Value)]);
        }

        if (await TextAsync(record, "authorization", ct) is { Length: > 0 } authorization)
            headers["Authorization"] = ValueJson.Array([authorization]);

        // As in Elsa, a body is sent only with its type.
        var hasBody = content is not null && !string.IsNullOrEmpty(type);
        List<KeyValuePair<string, object?>> members =
            [new("url", url), new("method", method), new("headers", ValueJson.Object(headers)), new("contentType", hasBody ? type : null), new("content", hasBody ? BodyOf(content!, type!) : null)];
        if (node.Kind == ActivityKind.DownloadHttpFile)
            members.Add(new("isDownload", true));
        var input = ValueJson.Object(members);
        var hasEffects = !(method.Equals("GET", StringComparison.OrdinalIgnoreCase) || method.Equals("HEAD", StringComparison.OrdinalIgnoreCase));
        _calls.Add(new Waiting<ComponentCall>(record, new ComponentCall(record.StepId, node.NodeId, HttpCall.ComponentId, input, hasEffects) { EarlierAttempts = record.Attempt - 1 }));
    }

    private static string BodyOf(object content, string type)
    {
        if (content is string text)
            return text;
        return type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) && content is JsonElement { ValueKind: JsonValueKind.Object } form
            ? string.Join('&', form.EnumerateObject().Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(ValueConverter.ToText(f.Value) ?? "")}"))
            : ValueJson.ToElement(content) is var json && json.ValueKind == JsonValueKind.String ? json.GetString()! : ValueJson.Compact(json);
    }

    private async ValueTask TakeResponseAsync(ActivityRecord record, Result<JsonElement> result, CancellationToken ct)
    {
        var isEmbedded = record.Node!.Kind == ActivityKind.SendHttpRequest;
        if (!result.TryGet(out var response, out var failure))
        {
            var (port, outcome) = failure.Code switch
            {
                HttpCall.FailedToConnect => ("failedToConnect", "Failed to connect"),
                HttpCall.TimedOut => ("timeout", "Timeout"),
                _ => throw new ActivityFaultException(failure),
            };
            if (isEmbedded)
                await StartOneAsync(record, record.Node.Port(port), ct);
            else
                await CompleteAsync(record, ct, [outcome]);
            return;
        }

        response = response.ValueKind == JsonValueKind.Undefined ? ValueJson.Null : response.Clone();
        var status = ValueConverter.Convert(PartOf(response, "statusCode"), TypeRef.Int32) is int code ? code : 0;
        SetResponse(record, response, status);
        var label = status.ToString(CultureInfo.InvariantCulture);
        if (isEmbedded)
        {
            var expected = Array.Find(record.Node.Cases, c => c.Label == label);
            await StartOneAsync(record, expected is null ? record.Node.Port("unmatchedStatusCode") : expected.Activity, ct);
            return;
        }

        var codes = ValueConverter.ToItems(await InputAsync(record, "expectedStatusCodes", ct));
        await CompleteAsync(record, ct, codes is not { Count: > 0 } ? null : [codes.Any(c => ValueConverter.ToText(c) == label) ? label : "Unmatched status code", "Done"]);
    }

    private void SetResponse(ActivityRecord record, JsonElement response, int status)
    {
        var content = PartOf(response, "content");
        var headers = PartOf(response, "headers");
        SetOutput(record, "Result", response);
        SetOutput(record, "StatusCode", status);
        SetOutput(record, "ResponseHeaders", headers);
        if (record.Node!.Kind == ActivityKind.DownloadHttpFile)
        {
            SetOutput(record, "Response", response);
            SetOutput(record, "ResponseContentBytes", content);
            SetOutput(record, "ResponseContentStream", content);
            SetOutput(record, "ResponseContentHeaders", headers);
            return;
        }

        SetOutput(record, "ParsedContent", ParsedContent(content));
    }

    // JSON as what it says, anything else as text, and nothing as null.
    private static object? ParsedContent(object? content)
    {
        if (content is not string text || text.Length == 0)
            return content is string ? null : content;
        try
        {
            return text.TrimStart() is ['{' or '[', ..] ? ValueJson.FromElement(ValueJson.Parse(text)) : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
