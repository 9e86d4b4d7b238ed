using System.Globalization;
using System.Threading.RateLimiting;
using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.Limits;

/// <summary>Counts the requests of each caller to the API, and to what scenarios serve, in windows of a minute; pages, their connection, assets and health are not counted.</summary>
public static class RateLimits
{
    /// <summary>The policy of what starts a run.</summary>
    public const string Starts = "starts";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    internal static void AddRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RateOptions>().Bind(configuration.GetSection(RateOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateOptions>>((limiter, rates) =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => ProgramAddress.Is(context.Request.Path)
                ? IsRead(context) ? Counted(context, rates.Value.ReadsPerMinute, "reads/") : Counted(context, rates.Value.RequestsPerMinute)
                : RateLimitPartition.GetNoLimiter(""));
            limiter.AddPolicy(Starts, context => Counted(context, rates.Value.StartsPerMinute));
            limiter.OnRejected = async (context, _) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? left : Window;
                var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
                context.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
                await IdentityFailures.TooManyRequests(seconds).ToProblem().ExecuteAsync(context.HttpContext);
            };
        });
    }

    private static bool IsRead(HttpContext context) => HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);

    private static RateLimitPartition<string> Counted(HttpContext context, int permits, string kind = "") =>
        RateLimitPartition.GetFixedWindowLimiter(kind + Name(context), _ => new() { PermitLimit = permits, Window = Window, QueueLimit = 0 });

    private static string Name(HttpContext context) => CallerClaims.Read(context.User) is { } caller
        ? $"{caller.Organization}/{caller.Actor.Kind}/{caller.Actor.Id}"
        : $"address/{context.Connection.RemoteIpAddress}";
}
