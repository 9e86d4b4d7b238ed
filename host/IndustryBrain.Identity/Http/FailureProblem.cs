using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.Http;

/// <summary>A failure as an HTTP answer: RFC 9457 with <c>code</c>, <c>where</c>, <c>action</c>, and both languages under <c>texts</c>.</summary>
public sealed class FailureProblem : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Failure _failure;
    private readonly Dictionary<string, object?> _members = [];

    internal FailureProblem(Failure failure, int? status)
    {
        _failure = failure;
        StatusCode = status;
    }

    /// <summary>The status, when it does not follow from the code.</summary>
    public int? StatusCode { get; }

    /// <summary>Adds a member of the room that answers, such as the findings about a definition.</summary>
    public FailureProblem With(string member, object? value)
    {
        _members[member] = value;
        return this;
    }

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var status = StatusCode ?? httpContext.RequestServices.GetRequiredService<IOptions<FailureStatusOptions>>().Value.StatusOf(_failure.Code);
        var culture = RequestLanguage.Of(httpContext);
        var problem = new Dictionary<string, object?>
        {
            ["type"] = $"urn:industrybrain:failure:{_failure.Code}",
            ["title"] = _failure.Message.In(culture),
            ["status"] = status,
            ["code"] = _failure.Code,
        };
        if (_failure.Where is not null)
        {
            problem["where"] = _failure.Where;
        }

        if (_failure.Action is not null)
        {
            problem["action"] = _failure.Action.In(culture);
        }

        problem["texts"] = new Dictionary<string, object?> { ["zh"] = Texts(_failure.Message.Zh, _failure.Action?.Zh), ["en"] = Texts(_failure.Message.En, _failure.Action?.En) };
        foreach (var (member, value) in _members)
        {
            problem[member] = value;
        }

        httpContext.Response.StatusCode = status;
        httpContext.Response.Headers.CacheControl = "no-store";
        return httpContext.Response.WriteAsJsonAsync(problem, Json, "application/problem+json", httpContext.RequestAborted);
    }

    /// <inheritdoc />
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var status in new[] { 400, 401, 403, 404, 422 })
        {
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
        }
    }

    private static Dictionary<string, string> Texts(string title, string? action)
    {
        var texts = new Dictionary<string, string> { ["title"] = title };
        if (action is not null)
        {
            texts["action"] = action;
        }

        return texts;
    }
}

/// <summary>Turns failures into answers.</summary>
public static class FailureAnswers
{
    /// <summary>The answer of a failure; its status follows from the code (see <see cref="FailureStatusOptions"/>) unless one is given.</summary>
    public static FailureProblem ToProblem(this Failure failure, int? status = null)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new FailureProblem(failure, status);
    }
}
