using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace IndustryBrain.Identity.Http;

/// <summary>What nobody expected becomes IB0900 with a number: the log has the rest under it, the answer never a stack trace.</summary>
internal sealed class UnexpectedFailure : IExceptionHandler
{
    private const string RetryAfterSeconds = "5";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var failure = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => IdentityFailures.TooLarge,
            BadHttpRequestException => IdentityFailures.BadRequest,
            _ => IdentityFailures.Of(exception, FailureNumber.Of(httpContext)),
        };
        if (failure.IsTransient)
            httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        await failure.ToProblem().ExecuteAsync(httpContext);
        return true;
    }
}
