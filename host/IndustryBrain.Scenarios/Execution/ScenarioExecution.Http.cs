using System.Net;
using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Execution;

/// <content>HTTP: requests that start or resume the run, and how it answers them.</content>
public sealed partial class ScenarioExecution
{
    private static readonly (string Output, string Member)[] RequestParts =
        [("ParsedContent", "content"), ("Files", "files"), ("RouteData", "routeData"), ("QueryStringData", "query"), ("Headers", "headers")];

    // True from the request on until the run waits for something else: afterwards nobody is there to be answered.
    private bool _servesRequest;

    private async ValueTask StartEndpointAsync(ActivityRecord record, CancellationToken ct)
    {
        if (IsTrigger(record))
        {
            await TakeRequestAsync(record, TriggerPayload, ct);
            return;
        }

        var path = await TextAsync(record, "path", ct) ?? "";
        var methods = ValueConverter.ToItems(await InputAsync(record, "supportedMethods", ct)) is { Count: > 0 } given ? given : ["GET"];
#pragma warning disable CA1308 // Elsa compares both in lower case, and so do hashes of such bookmarks.
        Wait(record, payload: ValueJson.Object([
            new("path", path.ToLowerInvariant()), new("methods", ValueJson.Array(methods.Select(m => (object?)ValueConverter.ToText(m)?.ToLowerInvariant())))]));
#pragma warning restore CA1308
    }

    private async ValueTask TakeRequestAsync(ActivityRecord record, object? payload, CancellationToken ct)
    {
        var request = payload is JsonElement { ValueKind: JsonValueKind.Object } given ? given : default;
        SetOutput(record, "Result", payload);
        foreach (var (output, member) in RequestParts)
            SetOutput(record, output, PartOf(request, member));
        if (PartOf(request, "files") is JsonElement { ValueKind: JsonValueKind.Array } files && files.GetArrayLength() > 0)
            SetOutput(record, "File", ValueJson.FromElement(files[0]));
        _servesRequest = request.ValueKind == JsonValueKind.Object;
        await CompleteAsync(record, ct, MemberOf(request, "outcome") is { } outcome ? [outcome] : null);
    }

    private static object? PartOf(JsonElement o, string name) => o.ValueKind == JsonValueKind.Object && o.TryGetProperty(name, out var part) ? ValueJson.FromElement(part) : null;

    private async ValueTask WriteResponseAsync(ActivityRecord record, CancellationToken ct)
    {
        if (!_servesRequest)
            throw new ActivityFaultException(ScenarioFailures.NoRequest());
        var status = StatusOf(await InputAsync(record, "statusCode", ct));
        var content = await InputAsync(record, "content", ct);
        var type = await TextAsync(record, "contentType", ct);
        var headers = await InputAsync(record, "responseHeaders", ct);
        if (string.IsNullOrEmpty(type))
            type = content switch { null => null, string => "text/plain", byte[] => "application/octet-stream", _ => "application/json" };
        Report(Weight(content));
        _events.Add(new ResponseWritten(record.StepId, record.Node!.NodeId, Now, status, type, headers is JsonElement h ? h : null, content is null ? null : ValueJson.ToElement(content)));
        await CompleteAsync(record, ct);
    }

    private async ValueTask WriteFileResponseAsync(ActivityRecord record, CancellationToken ct)
    {
        if (!_servesRequest)
            throw new ActivityFaultException(ScenarioFailures.NoRequest());
        var content = await InputAsync(record, "content", ct);
        JsonElement[] files = content switch
        {
            null => [],
            JsonElement { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray()],
            _ => [ValueJson.ToElement(content)],
        };
        Report(Weight(content));
        _events.Add(new ResponseWritten(record.StepId, record.Node!.NodeId, Now, files.Length == 0 ? 204 : 200, await TextAsync(record, "contentType", ct), null, null)
        {
            Files = files,
            FileName = await TextAsync(record, "filename", ct),
            EntityTag = await TextAsync(record, "entityTag", ct),
            AcceptsRanges = await InputAsync(record, "enableResumableDownloads", ct) is true,
        });
        await CompleteAsync(record, ct);
    }

    private static int StatusOf(object? value)
    {
        var text = ValueConverter.ToText(value) ?? "";
        return Enum.TryParse<HttpStatusCode>(text, out var code) && (int)code is >= 100 and <= 999 ? (int)code : throw new ActivityFaultException(ScenarioFailures.BadEnum("statusCode", text));
    }
}
