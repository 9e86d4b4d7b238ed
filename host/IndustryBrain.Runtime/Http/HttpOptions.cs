using System.ComponentModel.DataAnnotations;
using IndustryBrain.Plugins.Capabilities.Http;

namespace IndustryBrain.Runtime.Http;

/// <summary>Limits of the requests that scenarios serve and send; section <c>Http</c> of the configuration.</summary>
public sealed class HttpOptions : IValidatableObject
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Http";

    /// <summary>Bytes of a request that a scenario serves, its files not counted; an endpoint may allow less. Default 1 048 576.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxRequestBytes { get; set; } = 1024 * 1024;

    /// <summary>Files in such a request. Default 20.</summary>
    [Range(0, 1000)]
    public int MaxFiles { get; set; } = 20;

    /// <summary>Seconds that such a request waits for its answer; then it is answered 202 and the run goes on. An endpoint may say less. Default 60.</summary>
    [Range(1, 3600)]
    public int WaitSeconds { get; set; } = 60;

    /// <summary>Hours in which a request with the same <c>Idempotency-Key</c> is the same request: it starts no second run. Default 24.</summary>
    [Range(1, 8760)]
    public int RepeatHours { get; set; } = 24;

    /// <summary>Whom scenarios may send requests to: methods and an origin as in the permissions of plugins, such as <c>GET,POST https://*.acme.com</c>; GET and HEAD where no method stands. Default none.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Likewise for hosts inside the enterprise, each by its full name: none but these may have an address that is not public. Default none.</summary>
    public IList<string> PrivateHosts { get; } = [];

    /// <summary>Seconds for a request that a scenario sends, with its redirects. Default 30.</summary>
    [Range(1, 600)]
    public int SendSeconds { get; set; } = 30;

    /// <summary>Seconds to connect to its host. Default 10.</summary>
    [Range(1, 300)]
    public int ConnectSeconds { get; set; } = 10;

    /// <summary>Bytes of a response that a run holds as text, decompressed; what is no text becomes a file and is limited by Files:MaxBytes. Default 1 048 576.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxResponseBytes { get; set; } = 1024 * 1024;

    /// <summary>Redirects that are followed, each judged anew. Default 5.</summary>
    [Range(0, 20)]
    public int MaxRedirects { get; set; } = 5;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
    [
        .. AllowedHosts.Where(h => HttpTarget.Parse(h) is null).Select(h => new ValidationResult($"{Section}:{nameof(AllowedHosts)} '{h}' is no origin such as 'GET,POST https://*.acme.com'.", [nameof(AllowedHosts)])),
        .. PrivateHosts.Where(h => HttpTarget.Parse(h) is not { IsExact: true }).Select(h => new ValidationResult($"{Section}:{nameof(PrivateHosts)} '{h}' is no origin with the full name of a host, such as 'GET,POST http://erp.intern:8080'.", [nameof(PrivateHosts)])),
    ];
}
