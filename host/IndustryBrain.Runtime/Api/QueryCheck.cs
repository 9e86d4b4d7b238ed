using System.Globalization;
using IndustryBrain.Identity.Http;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace IndustryBrain.Runtime.Api;

/// <summary>Judges query parameters: one that nobody knows, or one given twice, is refused rather than passed over; a value names its range when it lies outside.</summary>
internal static class QueryCheck
{
    private const int MaxText = 200;

    /// <summary>The query parameters that an endpoint knows; without it none.</summary>
    public static RouteHandlerBuilder TakesQuery(this RouteHandlerBuilder endpoint, params string[] names) => endpoint.WithMetadata(new QueryNames(names));

    /// <summary>Refuses what the endpoint does not know (IB3026), or knows and has twice (IB3009).</summary>
    public static ValueTask<object?> RefuseUnknownAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var known = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<QueryNames>()?.Names ?? [];
        foreach (var (name, values) in context.HttpContext.Request.Query)
        {
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
                return ValueTask.FromResult<object?>(RuntimeFailures.QueryUnknown(name, known).ToProblem());
            if (values.Count > 1)
                return ValueTask.FromResult<object?>(Invalid(name, new("最多一次", "at most once")).ToProblem());
        }

        return next(context);
    }

    /// <summary>A text to compare with: composed as the names that are kept; empty counts as none.</summary>
    public static Failure? Text(string name, string? given, out string? text)
    {
        text = string.IsNullOrEmpty(given) ? null : Storable.Composed(given);
        return given is null || given.Length <= MaxText && !given.Contains('\0', StringComparison.Ordinal)
            ? null
            : Invalid(name, new($"最多 {MaxText} 个字符，不含 U+0000", $"at most {MaxText} characters, none of them U+0000"));
    }

    public static Failure? OneOf(string name, string? text, string[] known) =>
        string.IsNullOrEmpty(text) || known.Contains(text, StringComparer.Ordinal) ? null : Invalid(name, LocalizedText.Same(string.Join(" | ", known)));

    public static Failure? Id(string name, string? text, out Guid? id)
    {
        id = Guid.TryParse(text, out var parsed) ? parsed : null;
        return string.IsNullOrEmpty(text) || id is not null ? null : Invalid(name, new("运行的标识（UUID）", "the id of a run (UUID)"));
    }

    public static Failure? Moment(string name, string? text, out DateTimeOffset? moment)
    {
        moment = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed) ? parsed : null;
        return string.IsNullOrEmpty(text) || moment is not null ? null : Invalid(name, new("日期或日期时间，如 2026-01-31 或 2026-01-31T08:30:00Z", "a date or a date and time, such as 2026-01-31 or 2026-01-31T08:30:00Z"));
    }

    public static Failure? Number(string name, string? text, int least, int most, int otherwise, out int number)
    {
        number = otherwise;
        return string.IsNullOrEmpty(text) || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most
            ? null
            : Invalid(name, new($"{least} 至 {most} 的整数", $"a whole number from {least} to {most}"));
    }

    public static Failure Invalid(string name, LocalizedText expected) =>
        RuntimeFailures.BadRequest(name, new($"查询参数 {name} 的值无效，应为：{expected.Zh}。", $"The query parameter {name} has no valid value; expected: {expected.En}."));

    private sealed record QueryNames(string[] Names);
}
