using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Definitions.Reading;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Definitions;

/// <summary>An HttpEndpoint activity as whoever serves it needs it: what can be told without a run.</summary>
/// <param name="NodeId">Its node.</param>
/// <param name="Id">Its id: that of the trigger.</param>
/// <param name="CanStart">True when a request starts a run with it.</param>
public sealed record HttpEndpointNode(string NodeId, string Id, bool CanStart)
{
    /// <summary>Its path, a route template; null when an expression gives it.</summary>
    public string? Path { get; init; }

    /// <summary>Its methods in upper case; GET when the definition names none.</summary>
    public IReadOnlyList<string> Methods { get; init; } = ["GET"];

    /// <summary>True when only known callers may use it.</summary>
    public bool Authorize { get; init; }

    /// <summary>What such a caller must be permitted, or null.</summary>
    public string? Policy { get; init; }

    /// <summary>How many runs its requests may start at the same time and within a period; null for as many as come.</summary>
    public StartLimits? Limits { get; init; }

    /// <summary>How long the caller waits for an answer, or null.</summary>
    public TimeSpan? RequestTimeout { get; init; }

    /// <summary>Bytes of a request, or null.</summary>
    public long? RequestSizeLimit { get; init; }

    /// <summary>Bytes of a file, or null.</summary>
    public long? FileSizeLimit { get; init; }

    /// <summary>Extensions that files must have; empty for any.</summary>
    public IReadOnlyList<string> AllowedFileExtensions { get; init; } = [];

    /// <summary>Extensions that files must not have.</summary>
    public IReadOnlyList<string> BlockedFileExtensions { get; init; } = [];

    /// <summary>Media types that files must have; empty for any.</summary>
    public IReadOnlyList<string> AllowedMimeTypes { get; init; } = [];

    /// <summary>Refusals that the scenario takes itself: the outcomes that go on in place of an answer.</summary>
    public IReadOnlyList<string> ExposedOutcomes { get; init; } = [];

    /// <summary>Inputs that an expression gives, and that nobody can tell before a run evaluates it.</summary>
    public IReadOnlyList<string> OpenInputs { get; init; } = [];

    private static readonly (string Member, string Outcome)[] Exposures =
    [
        ("exposeRequestTooLargeOutcome", TooLarge), ("exposeFileTooLargeOutcome", FileTooLarge), ("exposeInvalidFileExtensionOutcome", BadExtension), ("exposeInvalidFileMimeTypeOutcome", BadMediaType),
    ];

    /// <summary>Outcome of a request that is larger than it may be.</summary>
    public const string TooLarge = "Request too large";

    /// <summary>Outcome of a file that is larger than it may be.</summary>
    public const string FileTooLarge = "File too large";

    /// <summary>Outcome of a file with an extension that it may not have.</summary>
    public const string BadExtension = "Invalid file extension";

    /// <summary>Outcome of a file with a media type that it may not have.</summary>
    public const string BadMediaType = "Invalid file MIME type";

    /// <summary>The endpoints of a definition, in document order.</summary>
    public static IReadOnlyList<HttpEndpointNode> Of(ScenarioDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return [.. definition.Activities.Where(n => n.Kind == ActivityKind.HttpEndpoint).Select(Read)];
    }

    private static HttpEndpointNode Read(ActivityNode node)
    {
        var inputs = new FixedInputs(node);
        IReadOnlyList<string> Texts(string name) => [.. (ValueConverter.ToItems(inputs.Find(name, TypeRef.StringList)) ?? []).Select(ValueConverter.ToText).OfType<string>()];
        var methods = Texts("supportedMethods");
        return new HttpEndpointNode(node.NodeId, node.Id, node.CanStartWorkflow)
        {
            Path = inputs.Find("path", TypeRef.String) is string path ? path : inputs.Open.Contains("path") ? null : "",
            Methods = methods.Count == 0 ? ["GET"] : [.. methods.Select(m => m.ToUpperInvariant()).Distinct()],
            Authorize = inputs.Find("authorize", TypeRef.Boolean) is true,
            Policy = inputs.Find("policy", TypeRef.String) is string { Length: > 0 } policy ? policy : null,
            RequestTimeout = inputs.Find("requestTimeout", TypeRef.TimeSpan) is TimeSpan time && time > TimeSpan.Zero ? time : null,
            RequestSizeLimit = inputs.Find("requestSizeLimit", Long) is long size && size > 0 ? size : null,
            FileSizeLimit = inputs.Find("fileSizeLimit", Long) is long fileSize && fileSize > 0 ? fileSize : null,
            AllowedFileExtensions = Texts("allowedFileExtensions"),
            BlockedFileExtensions = Texts("blockedFileExtensions"),
            AllowedMimeTypes = Texts("allowedMimeTypes"),
            ExposedOutcomes = [.. Exposures.Where(e => ReadingContext.Flag(node.Json, e.Member)).Select(e => e.Outcome)],
            OpenInputs = inputs.Open,
            Limits = StartLimits.Read(node),
        };
    }

    private static TypeRef Long { get; } = new(ValueKind.Int64);
}
