using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Definitions.Model;

/// <summary>The activities that answer and send HTTP requests.</summary>
internal static class HttpActivities
{
    public static IReadOnlyList<ActivityDescriptor> All { get; } =
    [
        new(
            "Elsa.HttpEndpoint",
            ActivityKind.HttpEndpoint,
            [new("path", TypeRef.String), new("supportedMethods", TypeRef.StringList)],
            ["Result", "ParsedContent", "Files", "File", "RouteData", "QueryStringData", "Headers"],
            []),
        new(
            "Elsa.WriteHttpResponse",
            ActivityKind.WriteHttpResponse,
            [new("statusCode", TypeRef.Object, "OK", NullIsDefault: true), new("content", TypeRef.Object), new("contentType", TypeRef.String), new("responseHeaders", TypeRef.JsonObject)],
            [],
            []),
        new(
            "Elsa.WriteFileHttpResponse",
            ActivityKind.WriteFileHttpResponse,
            [new("contentType", TypeRef.String), new("filename", TypeRef.String), new("entityTag", TypeRef.String), new("content", TypeRef.Object), new("enableResumableDownloads", TypeRef.Boolean, false)],
            [],
            []),
        new(
            "Elsa.SendHttpRequest",
            ActivityKind.SendHttpRequest,
            [.. Request("contentType")],
            ["Result", "StatusCode", "ParsedContent", "ResponseHeaders"],
            ["unmatchedStatusCode", "failedToConnect", "timeout"]),
        new(
            "Elsa.FlowSendHttpRequest",
            ActivityKind.FlowSendHttpRequest,
            [.. Request("contentType"), new("expectedStatusCodes", TypeRef.Object, "[200]")],
            ["Result", "StatusCode", "ParsedContent", "ResponseHeaders"],
            []),
        new(
            "Elsa.DownloadHttpFile",
            ActivityKind.DownloadHttpFile,
            [.. Request("requestContentType"), new("expectedStatusCodes", TypeRef.Object, "[200]")],
            ["Result", "Response", "StatusCode", "ResponseContentStream", "ResponseContentBytes", "ResponseHeaders", "ResponseContentHeaders"],
            []),
    ];

    private static IEnumerable<InputDescriptor> Request(string contentType) =>
    [
        new("url", TypeRef.String),
        new("method", TypeRef.String, "GET", NullIsDefault: true),
        new("content", TypeRef.Object),
        new(contentType, TypeRef.String),
        new("authorization", TypeRef.String),
        new("requestHeaders", TypeRef.JsonObject),
    ];
}
